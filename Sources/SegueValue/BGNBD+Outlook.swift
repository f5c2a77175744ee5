internal import SegueCore
internal import SegueNumerics

extension BGNBD {
  /// Orders expected of a new customer within `time` after the first one.
  ///
  /// Σ P(NBD > n) (b)ₙ/(a + b)ₙ over n: the chance that the rate brings the order after next n in time, and
  /// that none before it was the last. Unlike the form with ₂F₁ it is free of cancellation, also where
  /// a = 1.
  public func expectedOrders(within time: Double) -> Double {
    outlook(Outlook.Question(horizon: time, rate: 0, leastTail: 1)).expected
  }

  /// Probability that a new customer orders `count` times again within `time`.
  public func probability(of count: Int, within time: Double) -> Double {
    guard count >= 0 else { return 0 }
    let base = Elementary.log1p(time / alpha)
    let share = time / (alpha + time)
    var (q, more, survival) = (Elementary.exp(-r * base), -Elementary.expm1(-r * base), 1.0)
    // P(exactly n orders): n came and the customer went on, or more would have come and the n-th was the
    // last.
    var last = 0.0
    for n in 0..<count {
      let k = Double(n)
      last = survival * more * (a / (a + b + k))
      survival *= (b + k) / (a + b + k)
      q *= share * (r + k) / (k + 1)
      more = max(0, more - q)
    }
    return survival * q + last
  }

  /// The sum above at 15 times inside the horizon and at its end together, one in each lane, with
  /// its derivatives with respect to r, alpha, a, b.
  ///
  /// Discounting is integrated by parts, e^(−rate·t) E(t) + rate ∫ e^(−rate·u) E(u) du, by the rule of
  /// Gauss and Legendre in ln(1 + u/alpha), where E is smooth: to 1e-9, and to 1e-6 where
  /// the horizon is thousands of times alpha.
  ///
  /// - Complexity: O(orders that one in 10¹³ would place).
  package func outlook(_ question: Outlook.Question) -> Outlook {
    var outlook = Outlook()
    guard question.horizon > 0 else { return outlook }
    let whole = Elementary.log1p(question.horizon / alpha)
    let w = SIMD16.each { $0 == 15 ? whole : whole * Self.rule.nodes[$0] }
    let share = SIMD16.each { -Elementary.expm1(-w[$0]) }
    var q = SIMD16.each { Elementary.exp(-r * w[$0]) }
    // P(NBD > n), and its derivative with respect to r.
    var more = SIMD16.each { -Elementary.expm1(-r * w[$0]) }
    var moreR = w * q
    var survival = 1.0
    var (digamma, fallA, riseB) = (0.0, 0.0, 0.0)
    var (e, eR, eTime, eA, eB) = (
      SIMD16<Double>.zero, SIMD16<Double>.zero, SIMD16<Double>.zero, SIMD16<Double>.zero, SIMD16<Double>.zero
    )
    for n in 0..<Self.mostTerms {
      let k = Double(n)
      let term = survival * more
      e += term
      eR += survival * moreR
      eA -= fallA * term
      eB += riseB * term
      if question.leastTail < 1, outlook.tails.last ?? 1 > question.leastTail {
        outlook.tails.append(term[15])
      }
      q *= share * ((r + k) / (k + 1))
      eTime += (survival * (k + 1)) * q
      if n & 3 == 3 {
        // What is left falls at least as fast as powers of `ratio`, once that is below 1.
        let ratio = share[15] * (r + k + 1) / (k + 2)
        if ratio < 1, term[15] <= 1e-14 * e[15] * (1 - ratio) || more[15] <= 2e-16 * k { break }
        q.replace(with: 0, where: q .< 1e-250)
      }
      digamma += 1 / (r + k)
      more -= q
      moreR -= q * (digamma - w)
      let inverse = 1 / (a + b + k)
      fallA += inverse
      riseB += 1 / (b + k) - inverse
      survival *= (b + k) * inverse
    }
    let discount = SIMD16.each { lane in
      let time = alpha * Elementary.expm1(w[lane])
      let decay = Elementary.exp(-question.rate * time)
      guard lane < 15 else { return decay }
      return decay * question.rate * (alpha + time) * whole * Self.rule.weights[lane]
    }
    outlook.expected = e[15]
    outlook.expectedSlopes = SIMD4(eR[15], -eTime[15] / alpha, eA[15], eB[15])
    outlook.discounted = (discount * e).sum()
    outlook.discountedSlopes = SIMD4(
      (discount * eR).sum(), -(discount * eTime).sum() / alpha, (discount * eA).sum(),
      (discount * eB).sum())
    return outlook
  }

  private static let rule = GaussLegendre(15)
  private static let mostTerms = 4_000_000
}
