public import SegueCore

/// Options with the origin of each value: what the manifest records and the report prints.
public struct ResolvedOptions: Sendable {
  public enum Origin: String, Sendable, Codable {
    case `default`
    case file
    case flag
  }

  public private(set) var options = StudyOptions()
  /// By key; a setting that is not here has its default.
  public private(set) var origins: [String: Origin] = [:]

  public init() {}

  /// - Throws: ``SegueError`` `options.value` with what may be said instead.
  public mutating func set(
    _ key: String, to text: String, origin: Origin, at location: Diagnostic.Location? = nil
  ) throws {
    guard let setting = StudyOptions.setting(key) else {
      preconditionFailure("\(key) is not a setting")
    }
    guard setting.write(&options, text) else {
      let name = origin == .flag ? "--\(setting.flag)" : setting.key
      throw SegueError.usage(
        Diagnostic(
          "options.value", "\"\(text)\" is not a value of \(name)", at: location,
          hint: "choose \(setting.allowed)"))
    }
    origins[key] = origin
  }

  public func origin(_ key: String) -> Origin { origins[key] ?? .default }

  /// The options file with every setting, its default and its meaning.
  public static func template(_ options: StudyOptions = StudyOptions()) -> String {
    var text = "# Segue options. Every setting stands here with its default; keep the lines you change.\n"
    var section = ""
    for setting in StudyOptions.settings {
      let parts = setting.key.split(separator: ".").map(String.init)
      if parts.count == 2, parts[0] != section {
        section = parts[0]
        text += "\n\(section):\n"
      }
      let indent = parts.count == 2 ? "  " : ""
      if parts.count == 1 { text += "\n" }
      text += "\(indent)# \(setting.meaning) (\(setting.allowed); flag: --\(setting.flag))\n"
      text += "\(indent)\(parts[parts.count - 1]): \(yaml(setting, options))\n"
    }
    return text
  }

  private static func yaml(_ setting: Setting, _ options: StudyOptions) -> String {
    let value = setting.read(options)
    if let entries = setting.entries?(options).sorted(by: { $0.key < $1.key }) {
      return "{" + entries.map { "\(quoted($0.key)): \(quoted($0.value))" }.joined(separator: ", ") + "}"
    }
    return value.allSatisfy { $0.isLetter || $0.isNumber || "-+/_ ,".contains($0) } && value.first != ","
      ? value : quoted(value)
  }

  /// Headers and file names may hold anything.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
      + "\""
  }
}
