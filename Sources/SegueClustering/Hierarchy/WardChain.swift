internal import SegueNumerics

/// Builds the tree: follows nearest neighbours until two are each other's, merges them, goes on.
///
/// A merge never brings a cluster closer to the others than its parts were, so what is merged early is
/// what the greedy order would merge later, and sorting by height restores that order (Murtagh 1983,
/// doi:10.1093/comjnl/26.4.354).
struct WardChain {
  private var pool: ClusterPool
  private let weights: [Double]
  /// What heights have to be multiplied by.
  private let unit: Double

  /// - Precondition: m ≥ 1, d ≥ 1, finite values up to `PointChecks.largestMagnitude`, positive weights.
  init(_ points: Matrix, weights: [Double]) {
    let center = columnMeans(points)
    var centered = points
    for row in 0..<points.rowCount {
      for column in 0..<points.columnCount { centered[row, column] -= center[column] }
    }
    // A power of two moves no digit, and squares of tiny and of huge coordinates stay in range.
    let largest = centered.elements.reduce(0) { max($0, $1.magnitude) }
    let exponent = largest > 0 ? max(-1000, Int(largest.exponent)) : 0
    let factor = Double(sign: .plus, exponent: -exponent, significand: 1)
    for index in centered.elements.indices { centered.elements[index] *= factor }
    unit = Double(sign: .plus, exponent: exponent, significand: 1)
    pool = ClusterPool(centered, weights: weights)
    self.weights = weights
  }

  /// Two clusters by a leaf of each.
  private struct Edge {
    var a: Int
    var b: Int
    var cost: Double
  }

  consuming func merges() -> [Ward.Merge] {
    let edges = chainEdges()
    let order = edges.indices.sorted { (edges[$0].cost, $0) < (edges[$1].cost, $1) }
    let m = weights.count
    var parent = Array(0..<2 * m - 1)
    var sizes = weights
    func root(_ leaf: Int) -> Int {
      var node = leaf
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    return order.enumerated().map { index, edge in
      let (a, b) = (root(edges[edge].a), root(edges[edge].b))
      (parent[a], parent[b]) = (m + index, m + index)
      sizes.append(sizes[a] + sizes[b])
      return Ward.Merge(
        first: min(a, b), second: max(a, b), height: edges[edge].cost.squareRoot() * unit,
        size: sizes[m + index])
    }
  }

  /// The merges in the order the chains find them. The slot of a cluster is always one of its leaves.
  private mutating func chainEdges() -> [Edge] {
    var edges: [Edge] = []
    var isMerged = [Bool](repeating: false, count: pool.slotCount)
    var chain: [Int] = []
    var first = 0
    while edges.count < pool.slotCount - 1 {
      if chain.isEmpty {
        while isMerged[first] { first += 1 }
        chain = [first]
      }
      let tip = chain[chain.count - 1]
      guard var next = pool.nearest(to: tip) else { break }
      if chain.count > 1 {
        let previous = chain[chain.count - 2]
        // On a tie the chain closes; otherwise equal distances could lead it in circles.
        if pool.cost(tip, previous) <= next.cost { next.slot = previous }
        if next.slot == previous {
          let (kept, gone) = (min(tip, previous), max(tip, previous))
          edges.append(Edge(a: kept, b: gone, cost: next.cost))
          pool.merge(gone, into: kept)
          isMerged[gone] = true
          chain.removeLast(2)
          continue
        }
        // Rounding alone can bring a merged cluster next to an early link. A fresh chain has none.
        if chain.contains(next.slot) {
          chain = [tip]
          continue
        }
      }
      chain.append(next.slot)
    }
    return edges
  }
}
