public import SegueCore
public import SegueIngest

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

  /// Entries that flags gave, such as `orders.csv=orders`, by key of the setting.
  private var flagEntries: [(key: String, name: String)] = []

  public init() {}

  /// - Throws: ``SegueError`` `options.value` with what may be said instead; for a segment table what is wrong with it.
  public mutating func set(
    _ key: String, to text: String, origin: Origin, at location: Diagnostic.Location? = nil
  ) throws {
    guard let setting = StudyOptions.setting(key) else {
      preconditionFailure("\(key) is not a setting")
    }
    guard try setting.write(&options, text) else {
      let name = origin == .flag ? "--\(setting.flag)" : setting.key
      throw SegueError.usage(
        Diagnostic(
          "options.value", "\"\(text)\" is not a value of \(name)", at: location,
          hint: "choose \(setting.allowed)"))
    }
    origins[key] = origin
    if origin == .flag, let entries = setting.entries?(options) {
      flagEntries += entries.keys.filter { text.hasPrefix("\($0)=") }.map { (key, $0) }
    }
  }

  /// Options files may speak of files that are not read this time; a flag that does is a slip.
  ///
  /// - Throws: ``SegueError`` `options.file` for a flag that names a file which is no input.
  public func check(against inputs: [Input]) throws {
    let paths = inputs.map(\.path)
    let known = Set(paths + paths.map(Study.baseName) + (paths.contains("-") ? ["-"] : []))
    var problems: [Diagnostic] = []
    for (key, name) in flagEntries.sorted(by: { ($0.key, $0.name) < ($1.key, $1.name) })
    where key.hasPrefix("ingest.") {
      let colon = name.lastIndex(of: ":")
      guard let file = key == "ingest.kinds" ? name : colon.map({ String(name[..<$0]) }) else { continue }
      guard !known.contains(file), let setting = StudyOptions.setting(key) else { continue }
      problems.append(
        Diagnostic(
          "options.file", "--\(setting.flag) speaks of \(file), which is no input",
          hint: "inputs are \(paths.joined(separator: ", "))"))
    }
    if !problems.isEmpty { throw SegueError(.usage, problems) }
  }

  /// Takes over the definitions of a model.
  ///
  /// - Throws: ``SegueError`` `options.model` for settings that were given and say something else.
  public mutating func adopt(_ model: RFMModel) throws {
    var defined = options
    model.define(&defined)
    let problems = RFMModel.definitions.compactMap { setting -> Diagnostic? in
      let (given, saved) = (setting.read(options), setting.read(defined))
      let origin = origin(setting.key)
      // What a table is called says little of what it says.
      let differs =
        setting.key == "rfm.segments"
        ? options.rfm.segmentTable?.lookup != defined.rfm.segmentTable?.lookup : given != saved
      guard origin != .default, differs else { return nil }
      let name = origin == .flag ? "--\(setting.flag)" : setting.key
      let other = given == saved ? "holds another table of that name" : "says \(saved)"
      return Diagnostic(
        "options.model", "\(name) is \(given), and \(model.file) \(other)",
        hint: "leave \(name) out, or score without --model")
    }
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    options = defined
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
    "\""
      + text.unicodeScalars.map { scalar in
        switch scalar {
        case "\\", "\"": "\\\(scalar)"
        case _
        where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
          || scalar.value == 0x2029:
          "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
            + String(scalar.value, radix: 16)
        default: String(scalar)
        }
      }.joined() + "\""
  }
}
