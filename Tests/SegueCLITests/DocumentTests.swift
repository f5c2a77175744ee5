import Foundation
import Testing

/// Documents are run: a block marked `sh` must work as it stands.
///
/// A block under the line `<!-- not run -->` is one that installs, clones or builds.
@Suite("Documents", .enabled(if: Command.isBuilt, "segue was not built"))
struct DocumentTests {
  @Test(
    "the commands they show do what they say",
    arguments: ["README.md", "CONTRIBUTING.md", "datasets/README.md"]
      + ["Personas", "Identity", "Assigning", "Privacy"].map { "Sources/Segue/Segue.docc/\($0).md" })
  func blocks(document: String) throws {
    let file = Package.root.appending(path: document)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return }
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      at: folder.file("datasets"), withDestinationURL: Package.root.appending(path: "datasets"))
    try FileManager.default.copyItem(
      at: Package.root.appending(path: "datasets/cdnow/orders.csv"), to: folder.file("orders.csv"))
    let program = try #require(Command.program)
    for block in DocumentTests.blocks(text) {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/bash")
      shell.arguments = ["-euo", "pipefail", "-c", block]
      shell.currentDirectoryURL = folder.url
      shell.environment = [
        "PATH": "\(program.deletingLastPathComponent().path):/usr/local/bin:/usr/bin:/bin",
        "HOME": folder.url.path,
      ]
      shell.standardInput = FileHandle.nullDevice
      let log = folder.file("log")
      try Data().write(to: log)
      let handle = try FileHandle(forWritingTo: log)
      shell.standardOutput = handle
      shell.standardError = handle
      try shell.run()
      shell.waitUntilExit()
      let said = try String(contentsOf: log, encoding: .utf8)
      #expect(shell.terminationStatus == 0, "\(block)\n\(said)")
    }
  }

  @Test(
    "what they link to in the repository is there",
    arguments: ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
  func links(document: String) throws {
    let text = try String(contentsOf: Package.root.appending(path: document), encoding: .utf8)
    for match in text.matches(of: /\]\((?<target>[^)#]+)[^)]*\)/) {
      let target = String(match.target)
      if target.contains("://") || target.hasSuffix(".png") { continue }
      #expect(FileManager.default.fileExists(atPath: Package.root.appending(path: target).path), "\(target)")
    }
  }

  private static func blocks(_ text: String) -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    var isExempt = false
    var before = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if var lines = current {
        if line == "```" {
          if !isExempt { blocks.append(lines.joined(separator: "\n")) }
          current = nil
        } else {
          lines.append(line)
          current = lines
        }
      } else if line == "```sh" {
        isExempt = before == "<!-- not run -->"
        current = []
      }
      if !line.isEmpty { before = String(line) }
    }
    return blocks
  }
}
