/// From scores to names. First match wins; codes nobody names are "Others".
public struct SegmentTable: Sendable, Identifiable {
  public struct Entry: Sendable {
    public var name: String
    /// Codes such as 543, or ranges per dimension.
    var matches: @Sendable (_ recency: Int, _ frequency: Int, _ monetary: Int) -> Bool
  }

  public static let others = "Others"

  public var id: String
  public var title: String
  /// Where it was published.
  public var source: String
  public var bins: Int
  public var entries: [Entry]

  /// The name of every code: `[((r − 1)·bins + f − 1)·bins + m − 1]`.
  public var lookup: [String] {
    var names: [String] = []
    for recency in 1...bins {
      for frequency in 1...bins {
        for monetary in 1...bins {
          names.append(
            entries.first { $0.matches(recency, frequency, monetary) }?.name ?? SegmentTable.others)
        }
      }
    }
    return names
  }

  /// What is wrong with a table: codes without a name, names that can never be given, overlaps.
  public struct Lint: Sendable, Hashable {
    public var unnamedCodes: [String] = []
    public var deadNames: [String] = []
    /// Codes that more than one entry matches.
    public var overlappingCodes: [String] = []
  }

  public func lint() -> Lint {
    var result = Lint()
    var given: Set<String> = []
    for recency in 1...bins {
      for frequency in 1...bins {
        for monetary in 1...bins {
          let matching = entries.filter { $0.matches(recency, frequency, monetary) }
          let code = "\(recency)\(frequency)\(monetary)"
          if matching.isEmpty { result.unnamedCodes.append(code) }
          if matching.count > 1 { result.overlappingCodes.append(code) }
          if let first = matching.first { given.insert(first.name) }
        }
      }
    }
    result.deadNames = entries.map(\.name).filter { !given.contains($0) }
    return result
  }

  public static func named(_ id: String) -> SegmentTable? { all.first { $0.id == id } }

  /// The spelling that asks for scores without names.
  public static let none = "none"

  /// What `segments` may be.
  public static var ids: [String] { all.map(\.id) + [none] }

  /// The table for that many scores per dimension; nil if there is no such table.
  public static func named(_ id: String, bins: Int) -> SegmentTable? {
    if id == none { return unnamed(bins: bins) }
    return named(id).flatMap { $0.bins == bins ? $0 : nil }
  }

  /// Every code is its own name: `R4 F1 M3`.
  private static func unnamed(bins: Int) -> SegmentTable {
    var entries: [Entry] = []
    for recency in 1...bins {
      for frequency in 1...bins {
        for monetary in 1...bins {
          entries.append(
            Entry(name: "R\(recency) F\(frequency) M\(monetary)") {
              $0 == recency && $1 == frequency && $2 == monetary
            })
        }
      }
    }
    return SegmentTable(id: none, title: "Scores only", source: "the scores", bins: bins, entries: entries)
  }
}

extension SegmentTable {
  public static let all = [standard, klaviyo, rfmPackage, recencyFrequency]

  private static func codes(_ name: String, _ codes: Int...) -> Entry {
    let set = Set(codes)
    return Entry(name: name) { set.contains($0 * 100 + $1 * 10 + $2) }
  }

  private static func ranges(
    _ name: String, _ recency: ClosedRange<Int>, _ frequency: ClosedRange<Int>, _ monetary: ClosedRange<Int>
  ) -> Entry {
    Entry(name: name) { recency.contains($0) && frequency.contains($1) && monetary.contains($2) }
  }

  /// Names all 125 codes once.
  public static let standard = SegmentTable(
    id: "standard", title: "125 codes", source: "Squeezely and Spotler help centres", bins: 5,
    entries: [
      codes("Champions", 555, 554, 544, 545, 454, 455, 445),
      codes("Loyal", 543, 444, 435, 355, 354, 345, 344, 335),
      codes(
        "Potential Loyalist", 553, 551, 552, 541, 542, 533, 532, 531, 452, 451, 442, 441, 431, 453, 433, 432,
        423,
        353, 352, 351, 342, 341, 333, 323),
      codes("New Customers", 512, 511, 422, 421, 412, 411, 311),
      codes("Promising", 525, 524, 523, 522, 521, 515, 514, 513, 425, 424, 413, 414, 415, 315, 314, 313),
      codes("Need Attention", 535, 534, 443, 434, 343, 334, 325, 324),
      codes("About To Sleep", 331, 321, 312, 221, 213, 231, 241, 251),
      codes(
        "At Risk", 255, 254, 245, 244, 253, 252, 243, 242, 235, 234, 225, 224, 153, 152, 145, 143, 142, 135,
        134,
        133, 125, 124),
      codes("Cannot Lose Them", 155, 154, 144, 214, 215, 115, 114, 113),
      codes("Hibernating", 332, 322, 233, 232, 223, 222, 132, 123, 122, 212, 211),
      codes("Lost", 111, 112, 121, 131, 141, 151),
    ])

  /// Three scores per dimension.
  public static let klaviyo = SegmentTable(
    id: "klaviyo", title: "27 codes", source: "Klaviyo help centre, article 17797937793179", bins: 3,
    entries: [
      codes("Champions", 333, 332, 323),
      codes("Loyal", 321, 322, 331, 232, 233),
      codes("Recent", 312, 313, 311, 222, 223),
      codes("Needs attention", 213, 221, 123, 132, 133),
      codes("At risk", 231, 212, 122, 131, 211),
      codes("Inactive", 111, 112, 113, 121),
    ])

  /// The example of the R package rfm 0.3.0; ten codes stay unnamed.
  public static let rfmPackage = SegmentTable(
    id: "rfmPackage", title: "Example of the R package rfm", source: "R package rfm 0.3.0, rfm_segment",
    bins: 5,
    entries: [
      ranges("Champions", 5...5, 5...5, 5...5),
      ranges("Potential Loyalist", 3...5, 3...5, 2...5),
      ranges("Loyal Customers", 2...4, 2...4, 2...4),
      ranges("Promising", 3...4, 1...3, 3...5),
      ranges("New Customers", 4...5, 1...3, 1...5),
      ranges("Can't Lose Them", 1...2, 3...4, 4...5),
      ranges("At Risk", 1...2, 2...5, 4...5),
      ranges("Need Attention", 1...3, 3...5, 3...5),
      ranges("About To Sleep", 2...3, 1...3, 1...4),
      ranges("Lost", 1...1, 1...5, 1...5),
    ])

  /// Recency and frequency only.
  public static let recencyFrequency = SegmentTable(
    id: "recencyFrequency", title: "Recency × frequency grid", source: "widely copied Python recipe", bins: 5,
    entries: [
      ranges("Hibernating", 1...2, 1...2, 1...5),
      ranges("At risk", 1...2, 3...4, 1...5),
      ranges("Can't lose", 1...2, 5...5, 1...5),
      ranges("About to sleep", 3...3, 1...2, 1...5),
      ranges("Need attention", 3...3, 3...3, 1...5),
      ranges("Loyal", 3...4, 4...5, 1...5),
      ranges("Promising", 4...4, 1...1, 1...5),
      ranges("New", 5...5, 1...1, 1...5),
      ranges("Potential loyalist", 4...5, 2...3, 1...5),
      ranges("Champions", 5...5, 4...5, 1...5),
    ])
}
