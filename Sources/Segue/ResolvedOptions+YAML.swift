import SegueCore
import Yams

extension ResolvedOptions {
  /// Takes over what an options file says; settings it leaves out keep their value.
  ///
  /// - Parameter file: how diagnostics call it.
  /// - Throws: ``SegueError`` `options.yaml`, `options.key` (with the nearest key) or `options.value`, with
  ///   line and column.
  public mutating func read(yaml text: String, file: String) throws {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw SegueError.usage(ResolvedOptions.diagnostic(for: error, file))
    }
    guard let root, root != Node("") else { return }
    guard case .mapping(let sections) = root else {
      throw SegueError.usage(
        Diagnostic(
          "options.yaml", "this is not a list of settings", at: .init(file: file, line: 1, column: 1),
          hint: "print a file to start from: segue options"))
    }
    for (key, value) in sections { try take(key, value, prefix: "", file) }
  }

  private mutating func take(_ keyNode: Node, _ value: Node, prefix: String, _ file: String) throws {
    let name = keyNode.string ?? ""
    let key = prefix + name
    if let setting = StudyOptions.setting(key) {
      try take(setting, value, file)
    } else if prefix.isEmpty, StudyOptions.settings.contains(where: { $0.key.hasPrefix(name + ".") }) {
      switch value {
      case .mapping(let inner):
        for (innerKey, innerValue) in inner { try take(innerKey, innerValue, prefix: name + ".", file) }
      case .scalar(let scalar) where scalar.string.isEmpty || scalar.string == "null":
        break
      default:
        throw SegueError.usage(
          Diagnostic(
            "options.yaml", "\(name) is a section with settings below it", at: location(of: value, file),
            hint: "print a file to start from: segue options"))
      }
    } else {
      let known = StudyOptions.settings.map(\.key).filter { $0.hasPrefix(prefix) }
      let nearest = known.min { (key.editDistance(to: $0), $0) < (key.editDistance(to: $1), $1) }
      throw SegueError.usage(
        Diagnostic(
          "options.key", "there is no setting \"\(key)\"", at: location(of: keyNode, file),
          hint: nearest.map { "did you mean \($0)?" }))
    }
  }

  private mutating func take(_ setting: Setting, _ value: Node, _ file: String) throws {
    let place = location(of: value, file)
    switch value {
    case .scalar(let scalar):
      try set(setting.key, to: scalar.string, origin: .file, at: place)
    case .sequence(let items):
      try set(
        setting.key, to: items.compactMap(\.string?.asListItem).joined(separator: ","), origin: .file,
        at: place)
    case .mapping(let entries):
      for (name, entry) in entries {
        try set(
          setting.key, to: "\(name.string ?? "")=\(entry.string ?? entry.listed)", origin: .file,
          at: location(of: entry, file))
      }
    case .alias:
      throw SegueError.usage(Diagnostic("options.yaml", "aliases are not understood here", at: place))
    }
  }

  private func location(of node: Node, _ file: String) -> Diagnostic.Location {
    Diagnostic.Location(file: file, line: node.mark?.line, column: node.mark?.column)
  }

  private static func diagnostic(for error: YamlError, _ file: String) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Diagnostic("options.yaml", problem, at: .init(file: file, line: mark.line, column: mark.column))
    default:
      Diagnostic("options.yaml", "this is not YAML: \(error)", at: .init(file: file))
    }
  }
}

extension String {
  /// Levenshtein distance over characters: O(a·b).
  func editDistance(to other: String) -> Int {
    let (a, b) = (Array(self), Array(other))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}

extension Node {
  /// The items of a list with commas between.
  fileprivate var listed: String { sequence?.compactMap(\.string).joined(separator: ",") ?? "" }
}
