import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

func fitMixture(
  _ points: Matrix, k: Int, _ covariance: MixtureCovariance = .full, weights: [Double]? = nil,
  starts: Int? = nil,
  seed: Seed = Seed(0)
) throws -> MixtureModel {
  var options = MixtureOptions()
  (options.k, options.covariance, options.starts) = (k, covariance, starts)
  return try GaussianMixture(options, seed: seed).fit(points, weights: weights)
}

/// `reference/gmm.json`: log-likelihoods of scikit-learn and R's mclust.
private struct FitReference: Decodable {
  struct Fit: Decodable {
    var status: String
    var loglik_best: Double
    var loglik_accept_from: Double
    var bic_lower_is_better: Double?
    var n_parameters: Int
  }
  var fits: [String: Fit]?
}

/// `reference/choose_k.json`: BIC of R's mclust, higher is better, by number of components.
private struct ScanReference: Decodable {
  struct Criteria: Decodable {
    var bic_VVV: [String: Double?]
    var bic_VII: [String: Double?]
    var bic_EEE: [String: Double?]
    var bic_VVI: [String: Double?]
  }
  var mclust: Criteria?
}

@Suite("Mixtures of scikit-learn and mclust")
struct MixtureReferenceTests {
  @Test(
    "the likelihoods that two programs found are reached with default settings",
    .enabled(if: SharedFolder.has("reference/gmm.json")),
    arguments: [
      "iris_raw", "faithful_raw", "faithful_z", "mall_income_score_raw", "mall_age_income_score_z",
      ReferenceMatrices.onlineRetail,
    ])
  func likelihoods(name: String) throws {
    let reference = try SharedFolder.json("reference/gmm.json", as: [String: FitReference].self)
    let points = try ReferenceMatrices.load(name)
    for (key, expected) in try #require(reference[name]?.fits).sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: ":")
      let covariance: MixtureCovariance = parts[0] == "diag" ? .diagonal : .full
      let model = try fitMixture(points, k: Int(parts[1])!, covariance)
      #expect(model.parameterCount == expected.n_parameters)
      #expect(model.isConverged)
      if expected.status == "confirmed" {
        #expect(
          (model.logLikelihood - expected.loglik_best).magnitude < 0.01, "\(key): \(model.logLikelihood)")
        #expect((model.bic - expected.bic_lower_is_better!).magnitude < 0.02, "\(key): \(model.bic)")
        #expect(model.collapsed.isEmpty)
      } else {
        #expect(model.logLikelihood >= expected.loglik_accept_from, "\(key): \(model.logLikelihood)")
      }
    }
  }

  @Test(
    "BIC is at least as good as mclust's for every covariance up to nine components",
    .enabled(if: SharedFolder.has("reference/choose_k.json")),
    arguments: ["iris_raw", "faithful_raw", "mall_income_score_raw"])
  func criteria(name: String) throws {
    let reference = try SharedFolder.json("reference/choose_k.json", as: [String: ScanReference].self)
    let points = try ReferenceMatrices.load(name)
    let expected = try #require(reference[name]?.mclust)
    let tables: [(MixtureCovariance, [String: Double?])] = [
      (.full, expected.bic_VVV), (.spherical, expected.bic_VII), (.tied, expected.bic_EEE),
      (.diagonal, expected.bic_VVI),
    ]
    for (covariance, table) in tables {
      for (k, bic) in table {
        guard let bic else { continue }
        let model = try fitMixture(points, k: Int(k)!, covariance)
        #expect(model.bic <= -bic + 0.01, "\(covariance) \(k): \(model.bic)")
        #expect(model.collapsed.isEmpty, "\(covariance) \(k)")
      }
    }
  }

  @Test(
    "customers who bought exactly once make a component without spread, and the model says so",
    .enabled(if: SharedFolder.has("data/online_retail.csv.gz")))
  func collapse() throws {
    let points = try ReferenceMatrices.load(ReferenceMatrices.onlineRetail)
    let model = try fitMixture(points, k: 2)
    #expect(!model.collapsed.isEmpty)
    #expect(model.notes.map(\.code) == ["mixture.collapsed"])
    #expect(model.startsSetAside > 0)
    #expect(model.logLikelihood.isFinite)
    // With diagonal covariance there are ends with and without; the higher one has collapsed and must not win.
    #expect(try fitMixture(points, k: 2, .diagonal).collapsed.isEmpty)
  }
}
