package import SegueCore
package import Yams

/// A YAML text whose mistakes are told with file, line and column.
package struct YAMLDocument {
  package let file: String
  /// Nil if there is nothing in it.
  package let root: Node?

  /// - Parameters:
  ///   - file: how diagnostics call it.
  ///   - code: of the diagnostic for what is no YAML.
  /// - Throws: ``SegueError`` of that kind.
  package init(_ text: String, file: String, code: String, kind: SegueError.Kind) throws {
    self.file = file
    do {
      let root = try Yams.compose(yaml: text)
      self.root = root == Node("") ? nil : root
    } catch let error as YamlError {
      throw SegueError(kind, [YAMLDocument.diagnostic(for: error, file, code)])
    }
  }

  package func location(of node: Node) -> Diagnostic.Location {
    Diagnostic.Location(file: file, line: node.mark?.line, column: node.mark?.column)
  }

  private static func diagnostic(for error: YamlError, _ file: String, _ code: String) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Diagnostic(code, problem, at: .init(file: file, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let keys, let context):
      Diagnostic(
        code, "\(keys.map { "\"\($0)\"" }.joined(separator: ", ")) stands twice in one place",
        at: .init(file: file, line: context.mark.line, column: context.mark.column),
        hint: "keep one of them")
    default:
      Diagnostic(code, "this is not YAML: \(error)", at: .init(file: file))
    }
  }
}
