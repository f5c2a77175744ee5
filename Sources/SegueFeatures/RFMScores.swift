import SegueCore
import SegueNumerics

/// Scores 1…bins per dimension, with the cut points that made them.
///
/// A score depends on the customer's own figures and on the cut points alone: not on the order of rows, nor on how
/// many threads there are.
public struct RFMScores: Sendable {
  public let bins: Int
  public let binning: RFMOptions.Binning
  public let cutPoints: CutPoints
  /// The highest score is the most recent, the most frequent, the most spent.
  public private(set) var recency: [UInt8] = []
  public private(set) var frequency: [UInt8] = []
  public private(set) var monetary: [UInt8] = []
  /// Segment of each customer by the table of names.
  public private(set) var segments: Segments
  /// What a reader should know of the scores: sentences that want a capital letter and a full stop.
  public private(set) var remarks: [String] = []

  /// - Parameter names: from scores to segments; the table of the options if nil.
  /// - Throws: ``SegueError`` for options that cannot be used.
  /// - Complexity: O(n), on all cores; O(n log n) for natural breaks.
  public init(_ table: RFMTable, _ options: RFMOptions, names: SegmentTable? = nil) throws {
    let problems = options.diagnostics
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    try self.init(table, cutPoints: CutPoints(table, options), options, names: names)
  }

  /// Scores by cut points that are known already, so that customers of another day are measured alike.
  ///
  /// - Throws: ``SegueError`` for options that cannot be used; `rfm.cadence` for cut points in usual gaps where
  ///   nobody has one.
  /// - Complexity: O(n), on all cores.
  public init(
    _ table: RFMTable, cutPoints: CutPoints, _ options: RFMOptions, names: SegmentTable? = nil
  ) throws {
    let problems = options.diagnostics
    guard problems.isEmpty, let names = names ?? options.segmentTable, names.bins == options.bins else {
      throw SegueError(.usage, problems)
    }
    guard cutPoints.recencyCadence == nil || table.recencyCadence != nil else {
      throw SegueError.data(
        Diagnostic(
          "rfm.cadence", "the cut points are in usual gaps, and nobody here ordered on two days",
          hint: "score these customers by cut points in days"))
    }
    bins = options.bins
    binning = options.binning
    self.cutPoints = cutPoints
    segments = Segments(names.lookup)
    let rows = RFMRows(table, cutPoints, bins: bins, binning)
    let parts = Chunks(rowCount: rows.count, size: 1 << 15).parallelMap(rows.scores)
    recency.reserveCapacity(rows.count)
    frequency.reserveCapacity(rows.count)
    monetary.reserveCapacity(rows.count)
    segments.reserveCapacity(rows.count)
    for part in parts {
      recency += part.recency
      frequency += part.frequency
      monetary += part.monetary
      segments.append(part.codes)
    }
    remarks = RFMRemarks(table, options, cutPoints, parts).sentences
  }

  /// `543`: recency, frequency, monetary.
  public func code(_ row: Int) -> String { "\(recency[row])\(frequency[row])\(monetary[row])" }

  /// The name of each customer's segment, held as an index into few names.
  public struct Segments: RandomAccessCollection, Sendable, Hashable {
    /// Distinct, in the order of the codes they name first; nobody may have some of them.
    public private(set) var names: [String] = []
    /// Of each customer, into `names`.
    public private(set) var numbers: [UInt16] = []
    private var numberOfCode: [UInt16] = []

    /// - Parameter lookup: the name of every code.
    init(_ lookup: [String]) {
      var known: [String: UInt16] = [:]
      for name in lookup {
        let number = known[name] ?? UInt16(names.count)
        if known.updateValue(number, forKey: name) == nil { names.append(name) }
        numberOfCode.append(number)
      }
    }

    fileprivate mutating func reserveCapacity(_ count: Int) { numbers.reserveCapacity(count) }

    fileprivate mutating func append(_ codes: [UInt16]) {
      for code in codes { numbers.append(numberOfCode[Int(code)]) }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { numbers.count }
    public subscript(row: Int) -> String { names[Int(numbers[row])] }
  }
}
