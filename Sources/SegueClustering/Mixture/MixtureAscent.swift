internal import SegueCore
internal import SegueNumerics

/// Where an ascent of EM stands.
struct MixtureAscent: Sendable {
  var parameters: MixtureParameters
  /// After each E step, in standard coordinates; it never falls beyond rounding.
  var history: [Double] = []
  var isConverged = false
  /// Components that make the likelihood meaningless, if any.
  var collapsed: [Int] = []

  /// That of `parameters`.
  var logLikelihood: Double { history.last ?? -.infinity }

  init(from parameters: MixtureParameters) { self.parameters = parameters }

  /// Up to `iterations` more steps of EM (Dempster, Laird & Rubin 1977), unless little more can be gained.
  ///
  /// - Parameter abandoning: whether to stop as soon as a component has collapsed.
  mutating func climb(
    _ points: BlockedRows, iterations: Int, options: MixtureOptions, abandoning: Bool = false,
    monitor: Monitor = .silent
  ) throws {
    let chunks = points.chunks
    let enough = options.tolerance * points.totalWeight
    for _ in 0..<iterations where !isConverged {
      if chunks.count > 1 {
        try monitor.checkpoint("k = \(options.k), iteration \(history.count + 1)")
      }
      guard let density = parameters.density() else { return }
      let partials = chunks.parallelMap { mixtureStep($0, of: points, under: density) }
      history.append(partials.reduce(0) { $0 + $1.logLikelihood })
      isConverged = expectedGain <= enough
      if isConverged { return }
      var moments = partials[0].moments
      for partial in partials.dropFirst() {
        for index in moments.indices { moments[index] += partial.moments[index] }
      }
      parameters.maximize(moments, floor: options.varianceFloor)
      collapsed = parameters.collapsed(totalWeight: points.totalWeight)
      if abandoning, !collapsed.isEmpty { return }
    }
  }

  /// What is still to be gained if gains keep falling as they last did (Aitken's extrapolation; Böhning et al.
  /// 1994, doi:10.1007/BF01720593), and not less than the last gain.
  private var expectedGain: Double {
    guard history.count >= 3 else { return .infinity }
    let last = history.suffix(3)
    let (before, gain) = (
      last[last.startIndex + 1] - last[last.startIndex], last[last.startIndex + 2] - last[last.startIndex + 1]
    )
    // What is left is rounding.
    if gain <= 1e-15 * logLikelihood.magnitude { return 0 }
    guard gain < before else { return .infinity }
    return max(gain, gain * gain / (before - gain))
  }
}
