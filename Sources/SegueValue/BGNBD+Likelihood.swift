internal import SegueCore
internal import SegueNumerics

/// Log-likelihood of BG/NBD over grouped histories, and its gradient.
///
/// In terms of ln(1 + T/alpha) rather than of ln(alpha + T), so that nothing cancels where r and alpha are
/// huge, and of the log odds of having stopped, so that nothing overflows.
package struct BGNBDLikelihood {
  private let states: PurchaseStates

  package init(_ states: PurchaseStates) { self.states = states }

  /// What depends on the frequency alone.
  private struct PerFrequency {
    var value: Double
    var r: Double
    var a: Double
    var b: Double
    /// ln a − ln(b + x − 1), and −b/(b + x − 1).
    var odds: Double
    var oddsB: Double
  }

  /// ln(1 + t/alpha) and t/(alpha + t).
  private struct PerTime {
    var log: Double
    var share: Double
  }

  /// - Parameter theta: logarithms of r, alpha, a, b.
  /// - Returns: the log-likelihood and its derivatives with respect to the logarithms.
  package func callAsFunction(_ theta: [Double]) -> (value: Double, gradient: [Double]) {
    let model = BGNBD(theta)
    let (r, alpha, a, b) = (model.r, model.alpha, model.a, model.b)
    let frequencies = states.frequencies.map { x in
      let rise = Special.digammaRise(a + b, x)
      return PerFrequency(
        value: Special.logRising(r, x) - x * Elementary.log(alpha) + Special.logRising(b, x)
          - Special.logRising(a + b, x),
        r: r * Special.digammaRise(r, x), a: -a * rise, b: b * (Special.digammaRise(b, x) - rise),
        odds: x == 0 ? -.infinity : Elementary.log(a / (b + x - 1)), oddsB: x == 0 ? 0 : -b / (b + x - 1))
    }
    let perTime = { (time: Double) in
      PerTime(log: Elementary.log1p(time / alpha), share: time / (alpha + time))
    }
    let ages = states.ages.map(perTime)
    let recencies = states.recencies.map(perTime)
    let (counts, r0) = (states.frequencies, r)
    let sums = states.sum(5) { states, sums in
      var (value, dr, dalpha, da, db) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for state in states {
        let x = counts[Int(state.frequency)]
        let frequency = frequencies[Int(state.frequency)]
        let age = ages[Int(state.age)]
        let recency = recencies[Int(state.recency)]
        let silence = age.log - recency.log
        // Log odds of having stopped, and the probability.
        let odds = frequency.odds + (r0 + x) * silence
        let small = Elementary.exp(-odds.magnitude)
        let stopped = odds > 0 ? 1 / (1 + small) : small / (1 + small)
        value +=
          state.weight
          * (frequency.value - (r0 + x) * age.log + max(0, odds) + Elementary.log1p(small))
        dr += state.weight * (frequency.r - r0 * (age.log - stopped * silence))
        dalpha +=
          state.weight * ((r0 + x) * (age.share - stopped * (age.share - recency.share)) - x)
        da += state.weight * (frequency.a + stopped)
        db += state.weight * (frequency.b + stopped * frequency.oddsB)
      }
      sums[0] += value
      sums[1] += dr
      sums[2] += dalpha
      sums[3] += da
      sums[4] += db
    }
    return (sums[0], Array(sums[1...]))
  }
}

extension BGNBD {
  /// - Parameter theta: logarithms of r, alpha, a, b.
  package init(_ theta: [Double]) {
    let values = theta.map { Elementary.exp($0) }
    self.init(r: values[0], alpha: values[1], a: values[2], b: values[3])
  }
}
