internal import SegueCore
internal import SegueNumerics

extension ParetoNBD {
  /// Orders expected of a new customer within `time` after the first one.
  public func expectedOrders(within time: Double) -> Double {
    let life = Elementary.log1p(time / beta)
    return r / alpha * beta * life * Special.meanDecay((s - 1) * life)
  }

  /// Orders expected of a new customer ever after, each discounted to the first one.
  ///
  /// r/alpha ∫ e^(−rate·u) (1 + u/beta)⁻ˢ du, by the double-exponential rule (Takahasi & Mori 1974,
  /// doi:10.2977/prims/1195192451), which no singularity at either end can spoil.
  ///
  /// - Parameter rate: of continuous discounting per unit of time, positive.
  public func discountedOrders(atRate rate: Double) -> Double {
    let step = 1.0 / 32
    var sum = 0.0
    for index in -128...128 {
      let place = step * Double(index)
      let (up, down) = (Elementary.exp(place), Elementary.exp(-place))
      // In units of 1/rate.
      let time = Elementary.exp(.pi / 4 * (up - down))
      let height = Elementary.exp(-time - s * Elementary.log1p(time / (rate * beta)))
      sum += height * time * .pi / 4 * (up + down)
    }
    return r / alpha * step * sum / rate
  }

  /// Probability that a new customer orders `count` times again within `time`.
  public func probability(of count: Int, within time: Double) -> Double {
    guard count >= 0 else { return 0 }
    let lifetimes = lifetimes(within: time)
    return zip(lifetimes.times, lifetimes.weights).reduce(0) { sum, life in
      let (u, weight) = life
      let log =
        Special.logRising(r, Double(count)) - Special.logGamma(Double(count) + 1)
        - (r + Double(count)) * Elementary.log1p(u / alpha)
        + (count == 0 ? 0 : Double(count) * Elementary.log(u / alpha))
      return sum + weight * Elementary.exp(log)
    }
  }

  /// Times of dropout within the horizon and the horizon for those who stay beyond it, with their
  /// probabilities.
  ///
  /// By the rule of Gauss and Legendre in w = ln(1 + u/beta), which is exponential of rate s.
  private func lifetimes(within time: Double) -> (times: [Double], logs: [Double], weights: [Double]) {
    let whole = Elementary.log1p(time / beta)
    let logs = Self.rule.nodes.map { $0 * whole } + [whole]
    let times = logs.dropLast().map { beta * Elementary.expm1($0) } + [time]
    let weights = zip(logs, Self.rule.weights).map { s * whole * $1 * Elementary.exp(-s * $0) }
    return (times, logs, weights + [Elementary.exp(-s * whole)])
  }

  /// Expected orders in closed form; discounted ones, derivatives and tails by the rule of 31 nodes over
  /// the time of dropout. Derivatives are with respect to r, alpha, s, beta.
  package func outlook(_ question: Outlook.Question) -> Outlook {
    var outlook = Outlook()
    guard question.horizon > 0 else { return outlook }
    let (times, logs, weights) = lifetimes(within: question.horizon)
    let pace = r / alpha * beta * logs[31]
    outlook.expected = expectedOrders(within: question.horizon)
    var (expected, discounted) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
    for node in 0..<31 {
      let height = pace * Self.rule.weights[node] * Elementary.exp((1 - s) * logs[node])
      let slopes = SIMD2(-logs[node], -s / beta * Elementary.expm1(-logs[node]))
      let decay = Elementary.exp(-question.rate * times[node])
      expected += height * slopes
      discounted += height * decay * slopes
      outlook.discounted += height * decay
    }
    outlook.expectedSlopes = SIMD4(
      outlook.expected / r, -outlook.expected / alpha, expected[0], expected[1])
    outlook.discountedSlopes = SIMD4(
      outlook.discounted / r, -outlook.discounted / alpha, discounted[0], discounted[1])
    if question.leastTail < 1 { outlook.tails = tails(times, weights, downTo: question.leastTail) }
    return outlook
  }

  private func tails(_ times: [Double], _ weights: [Double], downTo least: Double) -> [Double] {
    var tails: [Double] = []
    let logs = times.map { Elementary.log1p($0 / alpha) }
    let shares = (0..<2).map { half in SIMD16.each { -Elementary.expm1(-logs[16 * half + $0]) } }
    var chances = (0..<2).map { half in
      SIMD16.each { weights[16 * half + $0] * Elementary.exp(-r * logs[16 * half + $0]) }
    }
    var more = (0..<32).reduce(0) { $0 - weights[$1] * Elementary.expm1(-r * logs[$1]) }
    for n in 0..<Self.mostTerms {
      tails.append(max(0, more))
      if more <= least { break }
      let ratio = (r + Double(n)) / Double(n + 1)
      chances[0] *= shares[0] * ratio
      chances[1] *= shares[1] * ratio
      more -= (chances[0] + chances[1]).sum()
      if n & 15 == 15 {
        chances[0].replace(with: 0, where: chances[0] .< 1e-250)
        chances[1].replace(with: 0, where: chances[1] .< 1e-250)
      }
    }
    return tails
  }

  private static let rule = GaussLegendre(31)
  private static let mostTerms = 4_000_000
}
