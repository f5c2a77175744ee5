internal import SegueCore
internal import SegueNumerics

/// How likely a Pareto/NBD customer of x repeat orders has stopped since the last of them.
///
/// The odds against being alive are ∫ s (alpha + T)ʳ⁺ˣ (beta + T)ˢ (alpha + u)⁻ʳ⁻ˣ (beta + u)⁻ˢ⁻¹ du from
/// t_x to T: the difference of two tails, each s/(r + s + x) · H with H(u) = ₂F₁(r + x, 1; r + s + x + 1;
/// (alpha − beta)/(alpha + u)). H depends on x and one time only, so it is computed for each such pair, not
/// for each history. Where both tails are nearly equal, the integral itself is computed.
package struct ParetoDropout {
  /// ln of s/(r + s + x) · H, and derivatives with respect to the logarithms of r, alpha, s, beta.
  package struct Tail: Sendable {
    var log: Double
    var slopes: SIMD4<Double>
  }

  private let model: ParetoNBD
  private let x: Double
  private var function: Hypergeometric

  package init(_ model: ParetoNBD, _ x: Double) {
    (self.model, self.x) = (model, x)
    function =
      model.alpha > model.beta
      ? Hypergeometric(p: model.s + 1, q: model.r + x) : Hypergeometric(p: model.r + x, q: model.s + 1)
  }

  package mutating func tail(_ time: Double) -> Tail {
    let (r, alpha, s, beta) = (model.r, model.alpha, model.s, model.beta)
    let whole = r + s + x
    // ln of s/(r + s + x)
    var log = Elementary.log(s / whole)
    var slopes = SIMD4(-r / whole, 0, (r + x) / whole, 0)
    if alpha > beta {
      // Pfaff's transformation, so that the argument is not positive.
      let y = (alpha - beta) / (beta + time)
      let f = function(y)
      log += Elementary.log((1 + y) * f.value)
      let slope = 1 / (1 + y) + f.y / f.value
      slopes += SIMD4(
        r * f.q / f.value, alpha / (beta + time) * slope, s * f.p / f.value,
        -beta * (1 + y) / (beta + time) * slope)
    } else {
      let y = (beta - alpha) / (alpha + time)
      let f = function(y)
      log += Elementary.log(f.value)
      let slope = f.y / f.value
      slopes += SIMD4(
        r * f.p / f.value, -alpha * (1 + y) / (alpha + time) * slope, s * f.q / f.value,
        beta / (alpha + time) * slope)
    }
    return Tail(log: log, slopes: slopes)
  }

  /// Log odds of having stopped between the last order and the end of observation.
  package func logOdds(_ last: Tail, _ end: Tail, _ btydRecency: Double, _ age: Double) -> LogOdds {
    guard age > btydRecency else { return LogOdds(value: -.infinity, slopes: .zero) }
    let decay = decay(from: btydRecency, to: age)
    let first = last.log + decay.value
    if first - end.log < 0.7 { return integral(from: btydRecency, to: age) }
    // ln(e^first − e^end)
    let ratio = Elementary.exp(end.log - first)
    let share = 1 / (1 - ratio)
    return LogOdds(
      value: first + Elementary.log1p(-ratio),
      slopes: share * (last.slopes + decay.slopes) - (share * ratio) * end.slopes)
  }

  /// ln of ((alpha + T)/(alpha + t))ʳ⁺ˣ ((beta + T)/(beta + t))ˢ.
  private func decay(from: Double, to: Double) -> LogOdds {
    let (r, alpha, s, beta) = (model.r, model.alpha, model.s, model.beta)
    let orders = Elementary.log1p((to - from) / (alpha + from))
    let life = Elementary.log1p((to - from) / (beta + from))
    let (n, span) = (r + x, to - from)
    return LogOdds(
      value: n * orders + s * life,
      slopes: SIMD4(
        r * orders, -n * alpha * span / ((alpha + from) * (alpha + to)), s * life,
        -s * beta * span / ((beta + from) * (beta + to))))
  }

  /// By a rule of 20 nodes in ln(c + u), where c is the smaller of alpha and beta: there the integrand is
  /// smooth however far t_x and T are apart.
  private func integral(from: Double, to: Double) -> LogOdds {
    let least = min(model.alpha, model.beta)
    let span = Elementary.log1p((to - from) / (least + from))
    var (sum, slopes) = (0.0, SIMD4<Double>.zero)
    for (node, weight) in zip(Self.rule.nodes, Self.rule.weights) {
      let time = min(to, from + (least + from) * Elementary.expm1(node * span))
      let decay = decay(from: time, to: to)
      let height = weight * Elementary.exp(decay.value) * (least + time) / (model.beta + time)
      sum += height
      slopes += height * (decay.slopes - SIMD4(0, 0, 0, model.beta / (model.beta + time)))
    }
    return LogOdds(
      value: Elementary.log(model.s * span * sum), slopes: slopes / sum + SIMD4(0, 0, 1, 0))
  }

  private static let rule = GaussLegendre(20)
}
