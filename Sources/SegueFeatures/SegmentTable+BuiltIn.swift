import SegueCore

extension SegmentTable {
  /// The files of the built-in tables, in the order people are told of them.
  private static let files: [(id: String, bytes: [UInt8])] = [
    ("standard", PackageResources.standard_yaml), ("klaviyo", PackageResources.klaviyo_yaml),
    ("rfmPackage", PackageResources.rfmPackage_yaml),
    ("recencyFrequency", PackageResources.recencyFrequency_yaml),
  ]

  public static let all = files.map { file in
    do {
      return try SegmentTable(yaml: String(decoding: file.bytes, as: UTF8.self), file: file.id)
    } catch {
      preconditionFailure("a built-in table cannot be read: \(error)")
    }
  }

  /// Names all 125 codes once.
  public static let standard = all[0]

  public static func named(_ id: String) -> SegmentTable? { all.first { $0.id == id } }

  /// The file of a built-in table: something to start an own one from.
  public static func yaml(of id: String) -> [UInt8]? { files.first { $0.id == id }?.bytes }

  /// The spelling that asks for scores without names.
  public static let none = "none"

  /// What `segments` may be, beside a file.
  public static let ids = files.map(\.id) + [none]

  /// The table for that many scores per dimension; nil if there is no such table.
  public static func named(_ id: String, bins: Int) -> SegmentTable? {
    if id == none { return scoresOnly(bins: bins) }
    return named(id).flatMap { $0.bins == bins ? $0 : nil }
  }

  /// Every code is its own name, `R4 F1 M3`: a rule for any number of scores rather than a list in a file.
  public static func scoresOnly(bins: Int) -> SegmentTable {
    SegmentTable(
      id: none, title: "Scores only", source: "the scores", bins: bins,
      segments: codes(bins: bins).map { code in
        Segment(name: "R\(code / 100) F\(code / 10 % 10) M\(code % 10)", codes: [code])
      })
  }
}
