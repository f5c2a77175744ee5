/// From scores to names. The built-in tables are files of the same kind as a user's.
public struct SegmentTable: Sendable, Codable, Hashable, Identifiable {
  public struct Segment: Sendable, Codable, Hashable {
    public var name: String
    /// Scores of recency, frequency and monetary as the digits of a number, such as 543.
    public var codes: [Int]
    /// Where it stands in its file, from 1.
    public var line: Int?

    public init(name: String, codes: [Int], line: Int? = nil) {
      self.name = name
      self.codes = codes
      self.line = line
    }
  }

  /// Of a built-in table; of others the file, as the user named it.
  public var id: String
  public var title: String
  /// Where it was published.
  public var source: String
  /// Scores per dimension, 2 to 9.
  public var bins: Int
  /// A name may stand several times; it has the codes of all its entries.
  public var segments: [Segment]
  /// The name of codes that no segment takes; nil where each must have one.
  public var others: String?
  /// Whether segments share codes on purpose.
  public var firstMatchWins: Bool

  public init(
    id: String, title: String, source: String, bins: Int, segments: [Segment], others: String? = nil,
    firstMatchWins: Bool = false
  ) {
    precondition((2...9).contains(bins), "a code has a digit per score")
    self.id = id
    self.title = title
    self.source = source
    self.bins = bins
    self.segments = segments
    self.others = others
    self.firstMatchWins = firstMatchWins
  }

  /// Every code of so many scores, ascending: the order of ``lookup``.
  public static func codes(bins: Int) -> [Int] {
    (0..<bins * bins * bins).map { place in
      (place / (bins * bins) + 1) * 100 + (place / bins % bins + 1) * 10 + place % bins + 1
    }
  }

  /// The position of a code among all codes.
  static func place(of code: Int, bins: Int) -> Int {
    ((code / 100 - 1) * bins + code / 10 % 10 - 1) * bins + code % 10 - 1
  }

  /// Whether scores and codes are such as there can be, which a table that was decoded need not be.
  package var isWellFormed: Bool {
    guard (2...9).contains(bins) else { return false }
    let known = Set(SegmentTable.codes(bins: bins))
    return segments.allSatisfy { $0.codes.allSatisfy(known.contains) }
  }

  /// The segment that gets each code, `[((r − 1)·bins + f − 1)·bins + m − 1]`: the first that takes it.
  var firstSegments: [Int?] {
    var first = [Int?](repeating: nil, count: bins * bins * bins)
    for (index, segment) in segments.enumerated() {
      for code in segment.codes {
        let place = SegmentTable.place(of: code, bins: bins)
        if first[place] == nil { first[place] = index }
      }
    }
    return first
  }

  /// The name of every code: `[((r − 1)·bins + f − 1)·bins + m − 1]`.
  public var lookup: [String] {
    firstSegments.map { $0.map { segments[$0].name } ?? others ?? SegmentTable.unnamed }
  }

  /// What a code is called in a table that should have been refused.
  static let unnamed = "Others"
}
