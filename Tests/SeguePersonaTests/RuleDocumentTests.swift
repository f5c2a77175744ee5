import Foundation
import SeguePersona
import Testing

@Suite("Rules in the documentation")
struct RuleDocumentTests {
  @Test("the article says of every rule what the personas say of it")
  func article() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "Sources/Segue/Segue.docc/Rules.md"), encoding: .utf8)
    for rule in PersonaRule.all {
      #expect(text.contains("| `\(rule.id)` | \(rule.basis.rawValue) | \(rule.text) |\n"))
    }
  }
}
