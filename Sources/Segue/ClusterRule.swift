public import SegueClustering
import SegueCore
import SegueNumerics

/// Which cluster a row belongs to that the method has not seen, decided as it decided over those it saw.
///
/// Exactly one of the three is there; none where all rows are one cluster.
public struct ClusterRule: Sendable, Codable, Hashable {
  /// A cluster that was cut in two: split i of ``BisectingKMeans`` makes the nodes 2i + 1 and 2i + 2.
  public struct Split: Sendable, Codable, Hashable {
    public var node: Int
    /// Centroids of the two nodes it makes; a row goes to the nearer, ties to the first.
    public var halves: [[Double]]
  }

  /// k-means and batches: the cluster of the nearest of these, ties to the first.
  public var places: [[Double]]?
  /// Cut after cut: the splits, and the node each cluster is.
  public var splits: [Split]?
  public var nodes: [Int]?
  /// Gaussian mixtures: the component most likely to have made the row. Without what it says of single rows.
  public var mixture: MixtureModel?

  init() {}

  init(_ split: SegmentSplit) {
    if let mixture = split.mixture?.model {
      var model = mixture
      (model.labels, model.logLikelihoodHistory) = ([], [])
      self.mixture = model
    } else if let tree = split.tree {
      let centers = ClusterRule.centers(tree)
      splits = tree.splits.enumerated().map { index, split in
        Split(node: split.node, halves: [centers[2 * index + 1], centers[2 * index + 2]])
      }
      nodes = tree.nodes
    } else {
      places = (0..<split.model.k).map { Array(split.model.centroids.row($0)) }
    }
  }

  /// The centroid of every node: that of its cluster, or the mean of its two parts.
  private static func centers(_ tree: BisectingModel) -> [[Double]] {
    let count = 2 * tree.splits.count + 1
    var centers = [[Double]](repeating: [], count: count)
    var sizes = [Double](repeating: 0, count: count)
    for (cluster, node) in tree.nodes.enumerated() {
      centers[node] = Array(tree.model.centroids.row(cluster))
      sizes[node] = Double(tree.model.sizes[cluster])
    }
    for (index, split) in tree.splits.enumerated().reversed() {
      let (first, second) = (2 * index + 1, 2 * index + 2)
      sizes[split.node] = sizes[first] + sizes[second]
      centers[split.node] = zip(centers[first], centers[second]).map {
        ($0 * sizes[first] + $1 * sizes[second]) / sizes[split.node]
      }
    }
    return centers
  }

  /// Whether it parts `clusters` clusters in `columns` columns, as a rule of ours would.
  func isSound(clusters: Int, columns: Int) -> Bool {
    func fits(_ points: [[Double]]) -> Bool {
      points.allSatisfy { $0.count == columns && $0.allSatisfy(\.isFinite) }
    }
    if let places { return places.count == clusters && fits(places) }
    if let splits, let nodes {
      let isTree = splits.indices.allSatisfy {
        (0...2 * $0).contains(splits[$0].node) && splits[$0].halves.count == 2 && fits(splits[$0].halves)
      }
      let leaves = Set(0...2 * splits.count).subtracting(splits.map(\.node))
      return isTree && nodes.count == clusters && Set(nodes) == leaves && leaves.count == clusters
    }
    if let mixture {
      return mixture.k == clusters && mixture.means.columnCount == columns
        && mixture.means.rowCount == clusters && mixture.means.firstNonFinite == nil
    }
    return clusters == 1
  }
}
