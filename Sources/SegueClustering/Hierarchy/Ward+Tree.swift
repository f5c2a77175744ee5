internal import SegueCore
public import SegueNumerics

extension Ward {
  /// The clusters that are left when the last k − 1 merges are undone.
  ///
  /// - Returns: For each leaf a label in `0..<k`; clusters are numbered by falling size, equal ones by
  ///   their first leaf.
  /// - Throws: ``SegueError`` `ward.k` if `k` is not in `1...m`.
  /// - Complexity: O(m).
  public func labels(k: Int) throws -> [Int32] {
    guard (1...leafCount).contains(k) else {
      throw SegueError.usage(
        Diagnostic(
          "ward.k", "a tree of \(leafCount) leaves cannot be cut into \(k) clusters",
          hint: leafCount == 1 ? "choose k = 1" : "choose k between 1 and \(leafCount)"))
    }
    // Downwards from the last node kept, each node takes the cluster of the node above it.
    var cluster = Array(0..<leafCount + leafCount - k)
    for (index, merge) in merges.prefix(leafCount - k).enumerated().reversed() {
      cluster[merge.first] = cluster[leafCount + index]
      cluster[merge.second] = cluster[leafCount + index]
    }
    var firstLeaf: [Int: Int] = [:]
    for leaf in (0..<leafCount).reversed() { firstLeaf[cluster[leaf]] = leaf }
    let order = firstLeaf.sorted { a, b in
      (-size(of: a.key), a.value) < (-size(of: b.key), b.value)
    }
    var label = [Int32](repeating: 0, count: cluster.count)
    for (number, entry) in order.enumerated() { label[entry.key] = Int32(number) }
    return (0..<leafCount).map { label[cluster[$0]] }
  }

  /// The leaves from left to right such that no two branches cross.
  ///
  /// - Parameter largestFirst: draws the heavier branch of each merge on the left; otherwise the one with
  ///   the lower id, as scipy does.
  /// - Complexity: O(m).
  public func leaves(largestFirst: Bool = false) -> [Int] {
    drawn { largestFirst ? -size(of: $0) : Double($0) }
  }

  /// The leaves from left to right such that no two branches cross, and of each two branches the one
  /// with the lower weighted mean of `values` comes first.
  ///
  /// - Parameter values: one number for each leaf, such as its spending.
  /// - Throws: ``SegueError`` `ward.values` if there are not as many values as leaves.
  /// - Complexity: O(m).
  public func leaves(ascending values: [Double]) throws -> [Int] {
    guard values.count == leafCount else {
      throw SegueError.data(
        Diagnostic(
          "ward.values", "\(values.count) values do not fit \(leafCount) leaves",
          hint: "bring one value for each leaf"))
    }
    var means = values
    for merge in merges {
      let share = size(of: merge.second) / merge.size
      means.append(means[merge.first] * (1 - share) + means[merge.second] * share)
    }
    return drawn { means[$0] }
  }

  /// The height at which two leaves come together; 0 for a leaf and itself.
  ///
  /// - Precondition: both are in `0..<leafCount`.
  /// - Complexity: O(m).
  public func copheneticDistance(_ a: Int, _ b: Int) -> Double {
    guard a != b else { return 0 }
    var (x, y) = (a, b)
    for (index, merge) in merges.enumerated() {
      let id = leafCount + index
      let holds = (merge.first == x || merge.second == x, merge.first == y || merge.second == y)
      if holds.0 && holds.1 { return merge.height }
      if holds.0 { x = id }
      if holds.1 { y = id }
    }
    preconditionFailure("a tree joins all its leaves")
  }

  /// How faithfully the tree keeps the distances between its leaves: the correlation of the Euclidean
  /// distances with the heights at which pairs come together (Sokal & Rohlf 1962, doi:10.2307/1217208).
  /// Weights do not enter. Nil if either side does not vary.
  ///
  /// - Parameter points: the table that the tree was made of.
  /// - Throws: ``SegueError`` `ward.rows` if the table is too short to hold the leaves.
  /// - Complexity: O(m²·d) time, O(m·d) memory.
  public func copheneticCorrelation(with points: Matrix) throws -> Double? {
    guard let last = rows.last, last < points.rowCount else {
      throw SegueError.data(
        Diagnostic(
          "ward.rows", "the tree has leaves beyond the \(points.rowCount) rows given",
          hint: "bring the table that the tree was made of"))
    }
    let drawn = leaves()
    let placed = points.selecting(rows: drawn.map { rows[$0] })
    // In drawing order every node is a range of leaves: where it starts and where it ends.
    var spans = [Range<Int>](repeating: 0..<0, count: leafCount)
    for (place, leaf) in drawn.enumerated() { spans[leaf] = place..<place + 1 }
    func forEachPair(_ body: (_ distance: Double, _ height: Double) -> Void) {
      for (index, merge) in merges.enumerated() {
        if spans.count == leafCount + index {
          spans.append(spans[merge.first].lowerBound..<spans[merge.second].upperBound)
        }
        for left in spans[merge.first] {
          for right in spans[merge.second] {
            body(squaredDistance(placed.row(left), placed.row(right)).squareRoot(), merge.height)
          }
        }
      }
    }
    var (distances, heights) = (0.0, 0.0)
    forEachPair { distance, height in
      distances += distance
      heights += height
    }
    let pairs = Double(leafCount) * Double(leafCount - 1) / 2
    let (meanDistance, meanHeight) = (distances / pairs, heights / pairs)
    var (both, first, second) = (0.0, 0.0, 0.0)
    forEachPair { distance, height in
      let (x, y) = (distance - meanDistance, height - meanHeight)
      both += x * y
      first += x * x
      second += y * y
    }
    let spread = first.squareRoot() * second.squareRoot()
    return spread > 0 && spread.isFinite ? both / spread : nil
  }

  private func size(of node: Int) -> Double {
    node < leafCount ? weights[node] : merges[node - leafCount].size
  }

  /// Leaves in the order of a walk that takes the branch with the smaller key first.
  private func drawn(_ key: (Int) -> Double) -> [Int] {
    var order: [Int] = []
    var pending = [leafCount + merges.count - 1]
    while let node = pending.popLast() {
      guard node >= leafCount else {
        order.append(node)
        continue
      }
      let merge = merges[node - leafCount]
      let swapped = key(merge.second) < key(merge.first)
      pending.append(swapped ? merge.first : merge.second)
      pending.append(swapped ? merge.second : merge.first)
    }
    return order
  }
}

/// ‖a − b‖².
private func squaredDistance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
  var sum = 0.0
  for (x, y) in zip(a, b) { sum += (x - y) * (x - y) }
  return sum
}
