internal import SegueCore
internal import SegueNumerics

/// The result of ``BisectingKMeans``: the clusters, and how they came about.
public struct BisectingModel: Hashable, Sendable, Codable {
  /// A cluster that became two.
  public struct Split: Hashable, Sendable, Codable {
    /// The node that was split: 0 is the whole table, split i makes the nodes 2i + 1 and 2i + 2.
    public var node: Int
    /// Rows of the two parts, the larger first.
    public var sizes: [Int]
    /// Inertia of the node before, in squared units of the points.
    public var inertia: Double
    /// Inertia of each of the two parts.
    public var partInertias: [Double]

    /// What the split takes off the inertia of the table.
    public var gain: Double { inertia - partInertias[0] - partInertias[1] }
  }

  /// The clusters that are left at the end; its history holds the inertia after each split.
  public var model: KMeansModel
  /// k − 1 splits in the order they were made.
  public var splits: [Split]
  /// The node that each cluster of `model` is.
  public var nodes: [Int]

  /// The clusters there were when there were only `k`: each is a union of clusters of `model`.
  ///
  /// - Returns: For each row a label in `0..<k`; clusters are numbered by falling size, equal ones by
  ///   their node.
  /// - Throws: ``SegueError`` `kmeans.k` if `k` is not in `1...model.k`.
  /// - Complexity: O(n + k²).
  public func labels(k: Int) throws -> [Int32] {
    guard (1...model.k).contains(k) else {
      throw SegueError.usage(
        Diagnostic(
          "kmeans.k", "\(model.k) clusters cannot be joined to \(k)",
          hint: "choose k between 1 and \(model.k)"))
    }
    let ancestors = nodes.map { node in
      var node = node
      // Nodes above 2(k − 1) came later.
      while node > 2 * (k - 1) { node = splits[(node - 1) / 2].node }
      return node
    }
    var sizes: [Int: Int] = [:]
    for (ancestor, size) in zip(ancestors, model.sizes) { sizes[ancestor, default: 0] += size }
    let order = sizes.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
    let number = ancestors.map { Int32(order.firstIndex(of: $0)!) }
    return model.labels.map { number[Int($0)] }
  }
}
