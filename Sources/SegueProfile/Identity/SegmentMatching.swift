import SegueClustering
public import SegueFeatures
import SegueNumerics

/// Which segments of two runs are the same, by the customers they share and, where too few are shared, by where their
/// centres lie.
///
/// 1. Shared customers: segments i of the old and j of the new run overlap by the Jaccard index over customers who are
///    in both runs. A pair can be one segment if that reaches ``floor``, or if i has split and j is an heir, or if j
///    was merged from several and i is one of them. The optimal assignment over these pairs decides; pairs above one
///    half, of which each segment has one at most, come before all others, and pairs of equal overlap are told
///    apart by their centres. Of the heirs of a split the largest is the one that stays.
/// 2. Centres: of what is left, segments with too few shared customers to tell are the same where each is the other's
///    nearest of all.
///
/// Segments that hold customers of different lifecycle groups are never the same. Segments are compared in an order
/// of their own (by the first id among their customers), so numbering changes nothing.
public struct SegmentMatching: Sendable {
  /// One of the runs.
  public struct Side: Sendable {
    /// An id of each customer, each once.
    public var customers: [String]
    /// The segment of each, `0..<count`.
    public var labels: [Int32]
    public var count: Int
    /// By segment: the lifecycle groups its customers are of; empty where they were not parted.
    public var groups: [Set<LifecycleGroups.Group>]

    public init(
      customers: [String], labels: [Int32], count: Int, groups: [Set<LifecycleGroups.Group>] = []
    ) {
      (self.customers, self.labels, self.count) = (customers, labels, count)
      self.groups = groups.isEmpty ? Array(repeating: [], count: count) : groups
    }
  }

  /// What a pair was recognised by.
  public enum Basis: String, Sendable, Codable {
    case customers
    case centroids
  }

  /// The least Jaccard index of a segment that stays: two of one size that share half their customers.
  public static let floor = 1.0 / 3
  /// A segment of which fewer customers and less than half, or a smaller part, is in both runs is not told by its
  /// customers.
  public static let fewest = 10
  public static let leastPart = 0.1
  /// The least part of an old segment that makes an heir.
  public static let leastHeir = 0.2

  /// Customers in both runs: [old][new].
  public let overlap: [[Int]]
  /// By old segment: its customers who are not in the new run.
  public let left: [Int]
  /// By new segment: its customers who were not in the old run.
  public let joined: [Int]
  /// By old segment: the new one that is the same, and what tells.
  public let successors: [Int?]
  public let bases: [Basis?]
  /// By old segment: the new ones it has split into, the largest first; empty where it has not.
  public let heirs: [[Int]]
  /// By old segment: the new one that holds most of its customers and is another; nil where there is none.
  public let mergedInto: [Int?]
  /// New segments in an order that numbering does not touch.
  let order: [Int]

  /// By new segment: the old one that is the same.
  public var predecessors: [Int?] {
    var found = [Int?](repeating: nil, count: joined.count)
    for (old, new) in successors.enumerated() { if let new { found[new] = old } }
    return found
  }

  /// Customers of an old and a new segment who are in both runs.
  public func shared(old: Int) -> Int { overlap[old].reduce(0, +) }
  public func shared(new: Int) -> Int { overlap.reduce(0) { $0 + $1[new] } }

  /// Over customers in both runs; nil where there are none.
  public func jaccard(_ old: Int, _ new: Int) -> Double? {
    let union = shared(old: old) + shared(new: new) - overlap[old][new]
    return union > 0 ? Double(overlap[old][new]) / Double(union) : nil
  }

  /// - Parameter distances: between centres, [old][new], in the old run's scaled features; nil where none compare.
  /// - Complexity: O(customers) and O(k³) for k segments.
  public init(old: Side, new: Side, distances: [[Double]]?) {
    let rows = SegmentMatching.order(old)
    let columns = SegmentMatching.order(new)
    let counts = SegmentMatching.counts(old, new)
    let pairs = SegmentPairs(
      overlap: rows.map { row in columns.map { counts.overlap[row][$0] } },
      left: rows.map { counts.left[$0] },
      joined: columns.map { counts.joined[$0] },
      compatible: rows.map { row in
        columns.map { SegmentMatching.agree(old.groups[row], new.groups[$0]) }
      }, distances: distances.map { all in rows.map { row in columns.map { all[row][$0] } } })
    let found = pairs.assigned()
    order = columns
    (overlap, left, joined) = (counts.overlap, counts.left, counts.joined)
    var successors = [Int?](repeating: nil, count: old.count)
    var bases = [Basis?](repeating: nil, count: old.count)
    var heirs = [[Int]](repeating: [], count: old.count)
    var merged = [Int?](repeating: nil, count: old.count)
    for (place, row) in rows.enumerated() {
      successors[row] = found[place].map { columns[$0.new] }
      bases[row] = found[place]?.basis
      heirs[row] = pairs.heirs(of: place).map { columns[$0] }
      merged[row] = pairs.host(of: place).map { columns[$0] }.flatMap { $0 == successors[row] ? nil : $0 }
    }
    (self.successors, self.bases, self.heirs, self.mergedInto) = (successors, bases, heirs, merged)
  }

  private static func agree(_ a: Set<LifecycleGroups.Group>, _ b: Set<LifecycleGroups.Group>) -> Bool {
    a.isEmpty || b.isEmpty || !a.isDisjoint(with: b)
  }

  /// Segments by the first of their customers' ids, empty ones last.
  private static func order(_ side: Side) -> [Int] {
    var first = [String?](repeating: nil, count: side.count)
    for (customer, label) in zip(side.customers, side.labels) {
      if let known = first[Int(label)], known <= customer { continue }
      first[Int(label)] = customer
    }
    return first.indices.sorted { a, b in
      switch (first[a], first[b]) {
      case (let x?, let y?): x < y
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): a < b
      }
    }
  }

  private static func counts(_ old: Side, _ new: Side) -> (overlap: [[Int]], left: [Int], joined: [Int]) {
    var known: [String: Int32] = Dictionary(minimumCapacity: old.customers.count)
    for (customer, label) in zip(old.customers, old.labels) { known[customer] = label }
    var left = [Int](repeating: 0, count: old.count)
    for label in known.values { left[Int(label)] += 1 }
    var overlap = [[Int]](repeating: Array(repeating: 0, count: new.count), count: old.count)
    var joined = [Int](repeating: 0, count: new.count)
    for (customer, label) in zip(new.customers, new.labels) {
      guard let before = known[customer] else {
        joined[Int(label)] += 1
        continue
      }
      overlap[Int(before)][Int(label)] += 1
      left[Int(before)] -= 1
    }
    return (overlap, left, joined)
  }
}
