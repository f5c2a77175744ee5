import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

/// `reference/kmeans.json`: best known inertia and scikit-learn's indices of that partition.
struct KMeansReference: Decodable {
  struct DataSet: Decodable {
    var k: [String: Entry]
  }
  struct Entry: Decodable {
    var inertia: Double
    var sizes_desc: [Int]
    var silhouette: Double
    var calinski_harabasz: Double
    var davies_bouldin: Double
  }
  var datasets: [String: DataSet]
}

/// `reference/pca.json`: scikit-learn's principal components.
struct AxesReference: Decodable {
  var explained_variance_ddof1: [Double]?
  var explained_variance_ratio: [Double]?
  var abs_components: [[Double]]?
}

@Suite("Figures of scikit-learn and R")
struct ReferenceTests {
  @Test(
    "the best known inertia and its indices are reached with default settings",
    .enabled(if: SharedFolder.has("reference/kmeans.json")),
    arguments: ReferenceMatrices.smallNames + [ReferenceMatrices.onlineRetail])
  func bestKnown(name: String) throws {
    let reference = try SharedFolder.json("reference/kmeans.json", as: KMeansReference.self)
    let points = try ReferenceMatrices.load(name)
    let entries = try #require(reference.datasets[name]?.k)
    for (k, expected) in entries.sorted(by: { $0.key < $1.key }) {
      let model = try fit(points, k: Int(k)!)
      let ratio = model.inertia / expected.inertia
      #expect(ratio <= 1 + 1e-6, "k = \(k) reaches \(model.inertia) instead of \(expected.inertia)")
      #expect(ratio >= 1 - 1e-9, "k = \(k) is better than the best known: \(model.inertia)")
      // Optima of equal inertia but for the sixth digit are other partitions; their indices differ.
      guard (ratio - 1).magnitude < 1e-10 else { continue }
      #expect(model.sizes == expected.sizes_desc)
      let quality = ClusterQuality(points, labels: model.labels, clusterCount: model.k)
      #expect((quality.silhouette.mean - expected.silhouette).magnitude < 1e-6)
      #expect((quality.calinskiHarabasz / expected.calinski_harabasz - 1).magnitude < 1e-6)
      #expect((quality.daviesBouldin - expected.davies_bouldin).magnitude < 1e-6)
    }
  }

  @Test(
    "principal axes are those of scikit-learn", .enabled(if: SharedFolder.has("reference/pca.json")),
    arguments: ["iris_raw", "iris_z", "wholesale_z", "mall_age_income_score_z", "online_retail_rfm_logz"])
  func axes(name: String) throws {
    let reference = try SharedFolder.json("reference/pca.json", as: [String: AxesReference].self)
    let expected = try #require(reference[name])
    let axes = try PrincipalAxes(try ReferenceMatrices.load(name))
    for (value, exact) in zip(axes.explainedVariance, expected.explained_variance_ddof1 ?? []) {
      #expect((value - exact).magnitude < 1e-8)
    }
    for (value, exact) in zip(axes.explainedVarianceRatio, expected.explained_variance_ratio ?? []) {
      #expect((value - exact).magnitude < 1e-8)
    }
    for (axis, exact) in (expected.abs_components ?? []).enumerated() {
      for (value, exact) in zip(axes.loadings.row(axis), exact) {
        #expect((value.magnitude - exact).magnitude < 1e-8)
      }
    }
  }

  @Test(
    "the scan's answers on data that analysts know",
    .enabled(if: SharedFolder.has("data/mall_customers.csv")),
    arguments: [
      ("mall_income_score_raw", 5, SegmentCountChoice.Verdict.clustered), ("faithful_z", 2, .clustered),
      ("iris_z", 2, .clustered), ("wholesale_log1p_z", 2, .noClusters),
    ])
  func scan(name: String, k: Int, verdict: SegmentCountChoice.Verdict) throws {
    let choice = try SegmentCountScan(try ReferenceMatrices.load(name), options: .quick).choice
    #expect(choice.k == k, "\(choice.reason)")
    #expect(choice.verdict == verdict, "\(choice.reason)")
  }
}
