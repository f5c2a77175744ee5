public import SegueCore
public import SegueNumerics

/// Which mixtures are tried, and how hard.
public struct MixtureScanOptions: Hashable, Sendable, Codable {
  /// Numbers of components. The default is 1...9; cut to what the distinct rows allow.
  public var range = 1...9
  /// The default is all four.
  public var covariances = MixtureCovariance.allCases
  /// How each mixture is fitted; its `k` and `covariance` are ignored.
  public var mixture = MixtureOptions()

  public init() {}
}

/// Every mixture tried, with its criteria. The choice is a reading of it: ``choice``.
public struct MixtureScan: Hashable, Sendable, Codable {
  public struct Candidate: Hashable, Sendable, Codable {
    public var k: Int
    public var covariance: MixtureCovariance
    public var logLikelihood: Double
    public var parameterCount: Int
    /// Lower is better, as are the others.
    public var bic: Double
    public var aic: Double
    public var icl: Double
    /// Share of the rows that no component is responsible for to 0.8 or more.
    public var unsureShare: Double
    public var isConverged: Bool
    /// Whether every start ended with a collapsed component, so that the figures are not to be compared.
    public var isCollapsed: Bool
  }

  public var totalWeight: Double
  /// By kind of covariance in the order asked for, then by rising k.
  public var candidates: [Candidate]
  /// The model of ``choice``. The others come back, bit for bit, from ``GaussianMixture`` with the same seed.
  public var model: MixtureModel

  public subscript(k: Int, covariance: MixtureCovariance) -> Candidate? {
    candidates.first { $0.k == k && $0.covariance == covariance }
  }

  /// Fits every k of the range with every kind of covariance. Mixtures with more free numbers than rows are left out,
  /// but for one component.
  ///
  /// - Parameters:
  ///   - points: n×d, scaled as for ``GaussianMixture``.
  ///   - weights: how many rows each row stands for, or nil for one each.
  ///   - monitor: told before each fit.
  /// - Throws: ``SegueError`` as ``GaussianMixture/fit(_:weights:monitor:)``, `scan.range` if the range starts below
  ///   1, `scan.covariances` if there is no kind; `CancellationError` if cancelled.
  /// - Complexity: a fit for every k and kind.
  public init(
    _ points: Matrix, weights: [Double]? = nil, options: MixtureScanOptions = MixtureScanOptions(),
    seed: Seed = Seed(0), monitor: Monitor = .silent
  ) throws {
    try options.validate()
    var single = options.mixture
    single.k = options.range.lowerBound
    try single.validate(points, weights: weights)
    let distinct = PointChecks.distinctRows(points, upTo: options.range.upperBound)
    let range = options.range.clamped(to: 1...distinct)
    totalWeight = weights.map { $0.reduce(0, +) } ?? Double(points.rowCount)
    candidates = []
    var best: MixtureModel?
    for (index, covariance) in options.covariances.enumerated() {
      for k in range {
        let numbers =
          k - 1 + k * points.columnCount
          + covariance.parameterCount(components: k, columns: points.columnCount)
        guard k == range.lowerBound || Double(numbers) <= totalWeight else { continue }
        let done = Double(index * range.count + k - range.lowerBound)
        try monitor.checkpoint(
          "trying k = \(k), \(covariance.rawValue)", done / Double(range.count * options.covariances.count))
        var mixture = options.mixture
        (mixture.k, mixture.covariance) = (k, covariance)
        let model = try GaussianMixture(mixture, seed: seed).fit(points, weights: weights, monitor: monitor)
        candidates.append(Candidate(model))
        // The earliest of the equally good, which is the one with the fewest components.
        if best.map({ Candidate(model).isBetter(than: Candidate($0), by: \.bic) }) ?? true { best = model }
      }
    }
    model = best!
  }
}

extension MixtureScanOptions {
  fileprivate func validate() throws {
    guard range.lowerBound >= 1 else {
      throw SegueError.usage(
        Diagnostic(
          "scan.range", "\(range.lowerBound) is no number of components", hint: "start the range at 1 or more"
        ))
    }
    guard !covariances.isEmpty else {
      throw SegueError.usage(
        Diagnostic(
          "scan.covariances", "there is no kind of covariance to try",
          hint: "choose among \(MixtureCovariance.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
  }
}

extension MixtureScan.Candidate {
  init(_ model: MixtureModel) {
    self.init(
      k: model.k, covariance: model.covariance, logLikelihood: model.logLikelihood,
      parameterCount: model.parameterCount, bic: model.bic, aic: model.aic, icl: model.icl,
      unsureShare: model.unsureShare, isConverged: model.isConverged, isCollapsed: !model.collapsed.isEmpty)
  }

  /// What collapsed is worse than anything that did not.
  func isBetter(than other: Self, by criterion: KeyPath<Self, Double>) -> Bool {
    if isCollapsed != other.isCollapsed { return !isCollapsed }
    return self[keyPath: criterion] < other[keyPath: criterion]
  }
}
