import SegueCore
import SegueNumerics

/// Groups under ten customers are told with the nearest group that is large enough.
///
/// They are not described; but the totals of a study stand to the cent elsewhere, in the ledger for one, so a total
/// less all described segments would describe them. With their customers in the figures of a larger group, nothing
/// that is told depends on where the small group ends. See the decision "Small groups".
struct SmallGroups {
  /// By group: itself, or the one its customers are told with.
  let hosts: [Int]
  let sizes: [Int]

  /// - Parameters:
  ///   - labels: the group of each row of `points`.
  ///   - points: what distances between the groups' means are measured in.
  /// - Complexity: O(n·d) where a group is small, else O(n).
  init(_ labels: [Int32], _ count: Int, points: Matrix) {
    var sizes = [Int](repeating: 0, count: count)
    for label in labels { sizes[Int(label)] += 1 }
    self.sizes = sizes
    let isLarge = sizes.map { $0 >= TraitFinder.smallestGroup }
    guard isLarge.contains(true), isLarge.contains(false) else {
      hosts = Array(0..<count)
      return
    }
    let columns = points.columnCount
    var means = [Double](repeating: 0, count: count * columns)
    for (row, label) in labels.enumerated() {
      for column in 0..<columns {
        means[Int(label) * columns + column] += points[row, column] / Double(sizes[Int(label)])
      }
    }
    func distance(_ a: Int, _ b: Int) -> Double {
      (0..<columns).reduce(0.0) { sum, column in
        let difference = means[a * columns + column] - means[b * columns + column]
        return sum + difference * difference
      }
    }
    hosts = (0..<count).map { group in
      guard !isLarge[group] else { return group }
      return (0..<count).filter { isLarge[$0] }.min { (distance($0, group), $0) < (distance($1, group), $1) }!
    }
  }

  /// Which groups of a table with a total can be told: those of ten and more; but where the others together are
  /// fewer, theirs would be the total less those told, so the smallest is withheld with them.
  static func told(_ sizes: [Int]) -> [Bool] {
    let smallest = TraitFinder.smallestGroup
    var isTold = sizes.map { $0 >= smallest }
    let left = sizes.filter { $0 < smallest }.reduce(0, +)
    if left > 0, left < smallest,
      let next = sizes.indices.filter({ isTold[$0] }).min(by: { (sizes[$0], $0) < (sizes[$1], $1) })
    {
      isTold[next] = false
    }
    return isTold
  }

  /// The group that each row is told with.
  func told(_ labels: [Int32]) -> [Int32] {
    labels.map { Int32(hosts[Int($0)]) }
  }
}

extension StudyProfile {
  /// The position of the segment whose figures each customer is part of, from that of the customer's segment.
  package func told(_ labels: [Int32]) -> [Int32] {
    var host = segments.indices.map(Int32.init)
    for (index, segment) in segments.enumerated() {
      for id in segment.includes ?? [] {
        if let hidden = segments.firstIndex(where: { $0.segment.id == id }) { host[hidden] = Int32(index) }
      }
    }
    return labels.map { host[Int($0)] }
  }

  /// What to know of figures that include segments too small to describe.
  public var smallGroupRemarks: [String] {
    segments.compactMap { host in
      guard let ids = host.includes else { return nil }
      let small = segments.filter { ids.contains($0.segment.id) }.map(\.segment)
      let names = small.map { "\($0.name) (\($0.customers))" }.joined(separator: ", ")
      return
        "Segments of fewer than 10 customers are not described. The figures of \(host.segment.name) include theirs, "
        + "so that nobody can work them out from the totals: \(names)."
    }
  }
}
