/// Customers in the order in which a method expects the most of them, known at the cut.
///
/// Customers of one group are tied, and so are groups of equal score.
public struct Ranking: Sendable {
  /// What customers were put in order by.
  public enum Method: String, Sendable, Codable, CaseIterable {
    case clv
    case rfmScore
    case rfmSegments
    case clusters
    case recency
    case frequency
    case monetary
  }

  public var method: Method
  /// Of each customer: index into `scores`.
  public var groups: [Int32]
  /// One per group: the higher, the more is expected.
  public var scores: [Double]
  /// Of groups that have one; empty where every score is a group.
  public var names: [String]

  /// - Parameter scores: one per customer; those without (NaN) come last, together.
  /// - Complexity: O(n log n).
  public init(_ method: Method, scores: [Double]) {
    self.method = method
    let known = scores.map { $0.isNaN ? -.infinity : $0 }
    self.scores = known.sorted()
    self.scores.removeRepeats()
    let distinct = self.scores
    groups = known.map { Int32(distinct.place(of: $0)) }
    names = []
  }

  /// Groups by the mean of what their customers had spent by the cut.
  ///
  /// - Parameters:
  ///   - labels: one per customer, `0..<names.count`.
  ///   - spent: one per customer.
  public init(_ method: Method, labels: [Int32], names: [String], spent: [Double]) {
    self.method = method
    self.names = names
    groups = labels
    var sums = [Double](repeating: 0, count: names.count)
    var counts = sums
    for (label, value) in zip(labels, spent) {
      sums[Int(label)] += value
      counts[Int(label)] += 1
    }
    scores = zip(sums, counts).map { $1 > 0 ? $0 / $1 : -.infinity }
  }

  /// As above, for labels that are names.
  public init(_ method: Method, names labels: [String], spent: [Double]) {
    let names = Set(labels).sorted()
    let place = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    self.init(method, labels: labels.map { place[$0]! }, names: names, spent: spent)
  }

  public var count: Int { groups.count }
}

extension [Double] {
  /// Of ascending values.
  fileprivate mutating func removeRepeats() {
    var kept = 0
    for index in indices where index == 0 || self[index] != self[kept - 1] {
      self[kept] = self[index]
      kept += 1
    }
    removeLast(count - kept)
  }

  /// The first of ascending values that is not below.
  fileprivate func place(of value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
