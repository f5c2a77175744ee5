internal import SegueCore
internal import SegueNumerics

/// Where an ascent of EM stands.
struct MixtureAscent: Sendable {
  var parameters: MixtureParameters
  /// At each parameters that the ascent went on from, in standard coordinates; it never falls beyond rounding.
  var history: [Double] = []
  var isConverged = false
  /// Components that make the likelihood meaningless, if any.
  var collapsed: [Int] = []

  var logLikelihood: Double { history.last ?? -.infinity }

  init(from parameters: MixtureParameters) { self.parameters = parameters }

  /// Up to `iterations` more steps of EM (Dempster, Laird & Rubin 1977), unless little more can be gained.
  ///
  /// - Parameter abandoning: whether to stop as soon as a component has collapsed.
  mutating func climb(
    _ points: BlockedRows, iterations: Int, options: MixtureOptions, abandoning: Bool = false
  ) throws {
    let enough = options.tolerance * points.totalWeight
    for _ in 0..<iterations where !isConverged {
      guard let (logLikelihood, moments) = parameters.expect(points) else { return }
      history.append(logLikelihood)
      isConverged = expectedGain <= enough
      if isConverged { return }
      maximize(moments, points, options)
      if abandoning, !collapsed.isEmpty { return }
    }
  }

  /// The same in leaps, for tables where every pass over the rows counts: two steps of EM and a leap, which is
  /// taken back if it lands lower.
  mutating func leap(
    _ points: BlockedRows, iterations: Int, options: MixtureOptions, monitor: Monitor
  ) throws {
    let enough = options.tolerance * points.totalWeight
    var path: [MixtureParameters] = []
    // Where to go on from if the leap was for nothing.
    var safe: MixtureParameters?
    for iteration in 1...iterations {
      try monitor.checkpoint("k = \(options.k), iteration \(iteration)")
      guard let (logLikelihood, moments) = parameters.expect(points) else { break }
      if let last = safe {
        safe = nil
        guard logLikelihood >= self.logLikelihood else {
          parameters = last
          continue
        }
      }
      history.append(logLikelihood)
      path.append(parameters)
      maximize(moments, points, options)
      guard path.count == 2 else { continue }
      let next = MixtureLeap((path[0], path[1], parameters), floor: options.varianceFloor)
      // Gains shrink with the square of the steps.
      let gain = history[history.count - 1] - history[history.count - 2]
      let squared = next.rate * next.rate
      let isRounding = gain <= 1e-15 * logLikelihood.magnitude
      if isRounding || (squared < 1 && gain * max(1, squared / (1 - squared)) <= enough) {
        (parameters, isConverged) = (path[1], true)
        return
      }
      if let target = next.target { (safe, parameters) = (parameters, target) }
      path = []
    }
    parameters = safe ?? parameters
  }

  /// Brings the log-likelihood up to the parameters, where the limit of iterations left it one step behind.
  mutating func settle(_ points: BlockedRows) {
    guard !isConverged, let (logLikelihood, _) = parameters.expect(points) else { return }
    history.append(logLikelihood)
  }

  private mutating func maximize(_ moments: [Double], _ points: BlockedRows, _ options: MixtureOptions) {
    parameters.maximize(moments, floor: options.varianceFloor)
    collapsed = parameters.collapsed(totalWeight: points.totalWeight)
  }

  /// What is still to be gained if gains keep falling as they last did (Aitken's extrapolation; Böhning et al.
  /// 1994, doi:10.1007/BF01720593), and not less than the last gain.
  private var expectedGain: Double {
    guard history.count >= 3 else { return .infinity }
    let last = Array(history.suffix(3))
    let (before, gain) = (last[1] - last[0], last[2] - last[1])
    // What is left is rounding.
    if gain <= 1e-15 * logLikelihood.magnitude { return 0 }
    guard gain < before else { return .infinity }
    return max(gain, gain * gain / (before - gain))
  }
}

extension MixtureParameters {
  /// The E step: the log-likelihood and the moments that `maximize` takes, folded in the order of the chunks.
  func expect(_ points: BlockedRows) -> (logLikelihood: Double, moments: [Double])? {
    guard let density = density() else { return nil }
    let partials = points.chunks.parallelMap { mixtureStep($0, of: points, under: density) }
    var total = partials[0]
    for partial in partials.dropFirst() {
      total.logLikelihood += partial.logLikelihood
      for index in total.moments.indices { total.moments[index] += partial.moments[index] }
    }
    return total
  }
}
