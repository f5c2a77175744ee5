import SegueCore
import SegueFeatures
import Yams

extension ResolvedOptions {
  /// Takes over what an options file says; settings it leaves out keep their value.
  ///
  /// - Parameter file: how diagnostics call it.
  /// - Throws: ``SegueError`` `options.yaml`, `options.key` (with the nearest key) or `options.value`, with
  ///   line and column.
  public mutating func read(yaml text: String, file: String) throws {
    let document = try YAMLDocument(text, file: file, code: "options.yaml", kind: .usage)
    guard let root = document.root else { return }
    guard case .mapping(let sections) = root else {
      throw SegueError.usage(
        Diagnostic(
          "options.yaml", "this is not a list of settings", at: .init(file: file, line: 1, column: 1),
          hint: "print a file to start from: segue options"))
    }
    for (key, value) in sections { try take(key, value, prefix: "", document) }
  }

  private mutating func take(_ keyNode: Node, _ value: Node, prefix: String, _ document: YAMLDocument) throws
  {
    let name = keyNode.string ?? ""
    let key = prefix + name
    if let setting = StudyOptions.setting(key) {
      try take(setting, value, document)
    } else if prefix.isEmpty, StudyOptions.settings.contains(where: { $0.key.hasPrefix(name + ".") }) {
      switch value {
      case .mapping(let inner):
        for (innerKey, innerValue) in inner { try take(innerKey, innerValue, prefix: name + ".", document) }
      case .scalar(let scalar) where scalar.string.isEmpty || scalar.string == "null":
        break
      default:
        throw SegueError.usage(
          Diagnostic(
            "options.yaml", "\(name) is a section with settings below it", at: document.location(of: value),
            hint: "print a file to start from: segue options"))
      }
    } else {
      let known = StudyOptions.settings.map(\.key).filter { $0.hasPrefix(prefix) }
      throw SegueError.usage(
        Diagnostic(
          "options.key", "there is no setting \"\(key)\"", at: document.location(of: keyNode),
          hint: key.nearest(among: known).map { "did you mean \($0)?" }))
    }
  }

  private mutating func take(_ setting: Setting, _ value: Node, _ document: YAMLDocument) throws {
    let place = document.location(of: value)
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
          at: document.location(of: entry))
      }
    case .alias:
      throw SegueError.usage(Diagnostic("options.yaml", "aliases are not understood here", at: place))
    }
  }
}

extension Node {
  /// The items of a list with commas between.
  fileprivate var listed: String { sequence?.compactMap(\.string).joined(separator: ",") ?? "" }
}
