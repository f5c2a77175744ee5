internal import SegueCore
internal import SegueNumerics

/// Log-likelihood of orders without any dropout: what both models come to where customers never stop.
///
/// It gives starts, and tells whether dropout is seen at all.
package struct NBDLikelihood {
  private let states: PurchaseStates

  package init(_ states: PurchaseStates) { self.states = states }

  /// - Parameter theta: logarithms of r and alpha.
  package func callAsFunction(_ theta: [Double]) -> (value: Double, gradient: [Double]) {
    let (r, alpha) = (Elementary.exp(theta[0]), Elementary.exp(theta[1]))
    let rises = states.frequencies.map { x in
      (log: Special.logRising(r, x) - x * Elementary.log(alpha), slope: r * Special.digammaRise(r, x))
    }
    let times = states.ages.map { age in (log: Elementary.log1p(age / alpha), share: age / (alpha + age)) }
    let frequencies = states.frequencies
    let sums = states.sum(3) { states, sums in
      for state in states {
        let (x, rise, time) = (
          frequencies[Int(state.frequency)], rises[Int(state.frequency)], times[Int(state.age)]
        )
        sums[0] += state.weight * (rise.log - (r + x) * time.log)
        sums[1] += state.weight * (rise.slope - r * time.log)
        sums[2] += state.weight * ((r + x) * time.share - x)
      }
    }
    return (sums[0], Array(sums[1...]))
  }
}
