internal import SegueCore

/// What likelihood and forecasts of BG/BB share at one set of parameters, up to a number of opportunities.
///
/// Slopes are derivatives by ln α, ln β, ln γ, ln δ in that order.
struct BGBBTerms {
  typealias Slopes = SIMD4<Double>

  private let parameters: Slopes
  private let logGamma: Double
  private let a, b, ab, d, cd: RisingFactorials

  init(_ model: BGBB, upTo opportunities: Int) {
    parameters = Slopes(model.alpha, model.beta, model.gamma, model.delta)
    logGamma = Elementary.log(model.gamma)
    let count = opportunities + 1
    a = RisingFactorials(model.alpha, upTo: count)
    b = RisingFactorials(model.beta, upTo: count)
    ab = RisingFactorials(model.alpha + model.beta, upTo: count)
    d = RisingFactorials(model.delta, upTo: count)
    cd = RisingFactorials(model.gamma + model.delta, upTo: count)
  }

  /// ln of x purchases at certain of n opportunities: B(α + x, β + n − x)/B(α, β).
  private func logPurchases(_ x: Int, _ n: Int) -> Double { a.logs[x] + b.logs[n - x] - ab.logs[n] }

  /// ln of staying for n opportunities: B(γ, δ + n)/B(γ, δ).
  private func logStay(_ n: Int) -> Double { d.logs[n] - cd.logs[n] }

  /// ln of leaving after exactly n opportunities: B(γ + 1, δ + n)/B(γ, δ).
  private func logLeave(_ n: Int) -> Double { logGamma + d.logs[n] - cd.logs[n + 1] }

  private func purchaseSlopes(_ x: Int, _ n: Int) -> Slopes {
    Slopes(a.slopes[x] - ab.slopes[n], b.slopes[n - x] - ab.slopes[n], 0, 0)
  }

  private func staySlopes(_ n: Int) -> Slopes {
    Slopes(0, 0, -cd.slopes[n], d.slopes[n] - cd.slopes[n])
  }

  /// Equation 5 of the paper: still active after all n, or left after one of t … n − 1.
  func logLikelihood(x: Int, t: Int, n: Int) -> (value: Double, slopes: Slopes) {
    let stayed = logPurchases(x, n) + logStay(n)
    var largest = stayed
    for k in t..<n { largest = max(largest, logPurchases(x, k) + logLeave(k)) }
    var total = Elementary.exp(stayed - largest)
    var slopes = total * (purchaseSlopes(x, n) + staySlopes(n))
    for k in t..<n {
      let share = Elementary.exp(logPurchases(x, k) + logLeave(k) - largest)
      let leave = Slopes(0, 0, 1 / parameters[2] - cd.slopes[k + 1], d.slopes[k] - cd.slopes[k + 1])
      total += share
      slopes += share * (purchaseSlopes(x, k) + leave)
    }
    return (largest + Elementary.log(total), slopes / total * parameters)
  }

  /// Equation 11 of the paper for `ahead` = 1, with the slopes of its logarithm.
  func alive(x: Int, t: Int, n: Int, ahead: Int) -> (probability: Double, slopes: Slopes) {
    let likelihood = logLikelihood(x: x, t: t, n: n)
    let log = logPurchases(x, n) + logStay(n + ahead) - likelihood.value
    let slopes = (purchaseSlopes(x, n) + staySlopes(n + ahead)) * parameters - likelihood.slopes
    return (min(1, Elementary.exp(log)), slopes)
  }

  /// Σ B(γ, δ + n + k)/B(γ, δ)·(1 + discount)⁻ᵏ over k = 1 … next, which all customers of the same n share.
  func survival(n: Int, next: Int, discount: Double) -> (log: Double, slopes: Slopes) {
    // Relative to the first term, so that nothing underflows however long a customer was watched.
    let first = logStay(n)
    let step = -Elementary.log1p(discount)
    var total = 0.0
    var slopes = Slopes.zero
    for k in stride(from: 1, through: next, by: 1) {
      let share = Elementary.exp(logStay(n + k) - first + Double(k) * step)
      total += share
      slopes += share * staySlopes(n + k)
    }
    guard total > 0 else { return (-.infinity, .zero) }
    return (first + Elementary.log(total), slopes / total * parameters)
  }

  /// Equation 13 of the paper as the sum it stands for, which also holds at γ = 1; slopes of its logarithm.
  func expected(
    x: Int, t: Int, n: Int, _ survival: (log: Double, slopes: Slopes)
  ) -> (value: Double, slopes: Slopes) {
    let likelihood = logLikelihood(x: x, t: t, n: n)
    let log = logPurchases(x + 1, n + 1) + survival.log - likelihood.value
    let slopes = purchaseSlopes(x + 1, n + 1) * parameters + survival.slopes - likelihood.slopes
    return (Elementary.exp(log), slopes)
  }

  /// Equation 12 of the paper; with n = 0 its equation 7.
  func distribution(x: Int, t: Int, n: Int, next: Int) -> [Double] {
    let likelihood = logLikelihood(x: x, t: t, n: n).value
    let factorials = RisingFactorials(1, upTo: next).logs
    func share(_ k: Int, of j: Int, _ fate: Double) -> Double {
      let choices = factorials[j] - factorials[k] - factorials[j - k]
      return Elementary.exp(choices + logPurchases(x + k, n + j) + fate - likelihood)
    }
    var chances = (0...next).map { k in
      (k..<next).reduce(share(k, of: next, logStay(n + next))) { $0 + share(k, of: $1, logLeave(n + $1)) }
    }
    chances[0] += max(0, 1 - alive(x: x, t: t, n: n, ahead: 0).probability)
    return chances
  }
}
