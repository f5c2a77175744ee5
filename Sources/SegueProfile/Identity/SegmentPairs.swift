import SegueClustering
import SegueNumerics

/// The pairs that ``SegmentMatching`` decides on, in an order that no numbering touches.
struct SegmentPairs {
  /// Customers in both runs, [old][new].
  let overlap: [[Int]]
  let left: [Int]
  let joined: [Int]
  /// Whether two can be one segment as far as lifecycle goes.
  let compatible: [[Bool]]
  let distances: [[Double]]?

  private var olds: Range<Int> { 0..<left.count }
  private var news: Range<Int> { 0..<joined.count }

  private func shared(old: Int) -> Int { overlap[old].reduce(0, +) }
  private func shared(new: Int) -> Int { overlap.reduce(0) { $0 + $1[new] } }

  private func jaccard(_ old: Int, _ new: Int) -> Double {
    let union = shared(old: old) + shared(new: new) - overlap[old][new]
    return union > 0 ? Double(overlap[old][new]) / Double(union) : 0
  }

  /// Segments that come mostly from this one and hold a good part of it, the largest first; fewer than two are no split.
  func heirs(of old: Int) -> [Int] {
    let whole = shared(old: old)
    let found = news.filter { new in
      let common = overlap[old][new]
      return compatible[old][new] && common >= SegmentMatching.fewest && 2 * common >= shared(new: new)
        && Double(common) >= SegmentMatching.leastHeir * Double(whole)
    }
    return found.count < 2 ? [] : found.sorted { (-overlap[old][$0], $0) < (-overlap[old][$1], $1) }
  }

  /// The segment that holds most of this one's customers.
  func host(of old: Int) -> Int? {
    news.first {
      overlap[old][$0] >= SegmentMatching.fewest && 2 * overlap[old][$0] > shared(old: old)
    }
  }

  func assigned() -> [(new: Int, basis: SegmentMatching.Basis)?] {
    var found: [(new: Int, basis: SegmentMatching.Basis)?] = byCustomers().map { $0.map { ($0, .customers) } }
    let taken = Set(found.compactMap { $0?.new })
    guard let distances else { return found }
    for old in olds where found[old] == nil {
      guard let new = nearest(news.filter { compatible[old][$0] }, { distances[old][$0] }),
        !taken.contains(new), isUnknown(old: old) || isUnknown(new: new),
        nearest(olds.filter { compatible[$0][new] }, { distances[$0][new] }) == old
      else { continue }
      found[old] = (new, .centroids)
    }
    return found
  }

  /// Whether too few of its customers are in both runs to tell.
  private func isUnknown(old: Int) -> Bool { isFew(shared(old: old), of: shared(old: old) + left[old]) }
  private func isUnknown(new: Int) -> Bool { isFew(shared(new: new), of: shared(new: new) + joined[new]) }

  private func isFew(_ shared: Int, of size: Int) -> Bool {
    shared < SegmentMatching.fewest && 2 * shared < size
      || Double(shared) < SegmentMatching.leastPart * Double(size)
  }

  /// The lowest of the nearest.
  private func nearest(_ candidates: [Int], _ distance: (Int) -> Double) -> Int? {
    candidates.filter { distance($0).isFinite }.min { (distance($0), $0) < (distance($1), $1) }
  }

  private func byCustomers() -> [Int?] {
    let heirs = olds.map(self.heirs)
    let hosts = olds.map(host)
    let weights = olds.map { old in
      news.map { new -> Double in
        guard compatible[old][new], overlap[old][new] > 0, !isUnknown(old: old), !isUnknown(new: new) else {
          return 0
        }
        let jaccard = jaccard(old, new)
        let isMerging = hosts[old] == new && hosts.count { $0 == new } > 1
        guard jaccard >= SegmentMatching.floor || heirs[old].contains(new) || isMerging else { return 0 }
        // Above one half there is no better pair for either, and two lesser ones together must not outdo it.
        let closeness = distances.map { 1 / (1 + $0[old][new]) } ?? 0
        return jaccard + (jaccard > 0.5 ? 1 : 0) + 1e-9 * closeness
      }
    }
    guard !olds.isEmpty, !news.isEmpty else { return olds.map { _ in nil } }
    let costs = Matrix(
      rowCount: left.count, columnCount: joined.count, elements: weights.flatMap { $0.map { -$0 } })
    var columns = OptimalAssignment.columns(minimizing: costs)
    for old in olds {
      if let new = columns[old], weights[old][new] == 0 { columns[old] = nil }
    }
    for old in olds where !heirs[old].isEmpty {
      let others = Set(olds.filter { $0 != old }.compactMap { columns[$0] })
      if let largest = heirs[old].first(where: { !others.contains($0) }),
        columns[old].map({ overlap[old][largest] > overlap[old][$0] }) ?? true
      {
        columns[old] = largest
      }
    }
    return columns
  }
}
