import SegueClustering
import SegueCore
import SegueNumerics

/// A split by a Gaussian mixture, with what only a mixture knows.
public struct MixtureSplit: Sendable {
  public var model: MixtureModel
  /// Every number and shape of components tried; empty where both were given.
  public var candidates: [MixtureScan.Candidate]
  /// How surely each row belongs to its segment, 0…1.
  public var probabilities: [Double]
  var choice: SegmentCountChoice
  /// Each row in the component it most likely comes from.
  var partition: KMeansModel

  /// - Parameter range: numbers of segments to try; one component is tried too where there are several.
  init(
    _ points: Matrix, _ range: ClosedRange<Int>, _ covariance: CovarianceChoice, seed: Seed, monitor: Monitor
  ) throws {
    var search = MixtureScanOptions()
    search.range = range.count > 1 ? 1...range.upperBound : range
    if let shape = MixtureCovariance(rawValue: covariance.rawValue) { search.covariances = [shape] }
    let scan = try MixtureScan(points, options: search, seed: seed, monitor: monitor)
    let found = scan.choice
    candidates = search.range.count * search.covariances.count > 1 ? scan.candidates : []
    choice = SegmentCountChoice(
      k: found.k, runnerUp: found.runnerUp?.k, verdict: .clustered, reason: found.reason)
    var model = scan.model
    if found.k < 2 {
      // One component says that there are no groups; two and more still cut it into bands.
      let bands = scan.candidates.filter { $0.k >= 2 && !$0.isCollapsed }
      var options = MixtureOptions()
      options.k = bands.min { $0.bic < $1.bic }?.k ?? 2
      options.covariance = bands.min { $0.bic < $1.bic }?.covariance ?? found.covariance
      model = try GaussianMixture(options, seed: seed).fit(points, monitor: monitor)
      choice = SegmentCountChoice(
        k: options.k, runnerUp: 1, verdict: .noClusters, reason: found.reason,
        advice: "One component describes the rows best; these \(options.k) are parts of one cloud.")
    }
    let memberships = try model.memberships(of: points)
    self.model = model
    probabilities = model.labels.indices.map { memberships[$0, Int(model.labels[$0])] }
    partition = KMeansModel(
      describing: points, labels: model.labels, places: model.means, iterations: model.iterations)
  }
}
