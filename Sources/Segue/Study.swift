
/// From exports to segments, personas and journey maps: the whole pipeline over settings that are fixed.
public struct Study: Sendable {
  public let settings: ResolvedOptions
  public var options: StudyOptions { settings.options }

  public init(_ settings: ResolvedOptions = ResolvedOptions()) {
    self.settings = settings
  }

  static func baseName(_ path: String) -> String {
    path == "-" ? "standard input" : path.split(separator: "/").last.map(String.init) ?? path
  }
}
