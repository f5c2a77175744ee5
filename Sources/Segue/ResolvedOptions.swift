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
      text +=
        "\(indent)# \(setting.meaning) \(setting.allowed.prefix(1).uppercased())\(setting.allowed.dropFirst()). Flag: --\(setting.flag)\n"
      text += "\(indent)\(parts[parts.count - 1]): \(yaml(setting, options))\n"
    }
    return text
  }

  private static func yaml(_ setting: Setting, _ options: StudyOptions) -> String {
    guard setting.isList, setting.read(options) != "auto" else { return scalar(setting.read(options)) }
    let entries = setting.entries(options)
    guard setting.key.hasPrefix("ingest.") else {
      return "[" + entries.map(scalar).joined(separator: ", ") + "]"
    }
    let pairs = entries.map { entry in
      entry.split(separator: "=", maxSplits: 1).map { scalar(String($0)) }.joined(separator: ": ")
    }
    return "{" + pairs.joined(separator: ", ") + "}"
  }

  /// In quotes unless it is a plain word to every YAML reader.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter || $0.isNumber } == true && text.last != " "
      && text.allSatisfy { $0.isLetter || $0.isNumber || "_-/. ".contains($0) }
    if isPlain { return text }
    var quoted = ""
    for character in text {
      switch character {
      case "\"", "\\": quoted += "\\\(character)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default: quoted.append(character)
      }
    }
    return "\"\(quoted)\""
  }
}
