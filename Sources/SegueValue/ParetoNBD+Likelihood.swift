internal import SegueCore
internal import SegueNumerics

/// Log-likelihood of Pareto/NBD over grouped histories, and its gradient.
package struct ParetoNBDLikelihood {
  private let states: PurchaseStates
  /// Pairs of frequency and recency, by frequency.
  private let lastOrders: [PurchaseStates.TimedFrequency]
  /// Per state: the index of its pair of frequency and recency.
  private let lastOrderOfState: [Int32]

  package init(_ states: PurchaseStates) {
    self.states = states
    (lastOrders, lastOrderOfState) = states.lastOrders()
  }

  /// How many times e alpha and beta may differ: beyond, the likelihood has long ceased to change, and
  /// its continued fraction takes tens of thousands of steps.
  private static let farthest = 12.0

  /// - Parameter theta: logarithms of r, alpha, s, beta.
  /// - Returns: the log-likelihood and its derivatives with respect to the logarithms; NaN where alpha and
  ///   beta are more than e¹² apart.
  package func callAsFunction(_ theta: [Double]) -> (value: Double, gradient: [Double]) {
    guard (theta[1] - theta[3]).magnitude <= Self.farthest else { return (.nan, theta) }
    let model = ParetoNBD(theta)
    let (r, alpha, s, beta) = (model.r, model.alpha, model.s, model.beta)
    let rises = states.frequencies.map { x in
      (log: Special.logRising(r, x) - x * Elementary.log(alpha), slope: r * Special.digammaRise(r, x))
    }
    let perTime = { (time: Double) in
      SIMD4(
        Elementary.log1p(time / alpha), time / (alpha + time), Elementary.log1p(time / beta),
        time / (beta + time))
    }
    let ages = states.ages.map(perTime)
    let recencies = states.recencies.map(perTime)
    let ends = model.tails(states.pairs.map(\.timedFrequency), states.frequencies, states.ages)
    let lasts = model.tails(lastOrders, states.frequencies, states.recencies)
    // 1 less the tail from the end of observation on.
    let rest = ends.map { -Elementary.expm1($0.log) }
    let (counts, lastOrderOfState) = (states.frequencies, lastOrderOfState)
    let sums = states.sum(5) { states, sums in
      var (value, slopes) = (0.0, SIMD4<Double>.zero)
      for index in states.indices {
        let state = states[index]
        let x = counts[Int(state.frequency)]
        let (age, recency) = (ages[Int(state.age)], recencies[Int(state.recency)])
        let (end, last) = (ends[Int(state.pair)], lasts[Int(lastOrderOfState[index])])
        let rise = rises[Int(state.frequency)]
        let (n, silence) = (r + x, age - recency)
        // rest + e^first, whose first term never exceeds 1.
        let first = last.log + n * silence[0] + s * silence[2]
        let open = rest[Int(state.pair)]
        let big = max(0, first)
        let total = open * Elementary.exp(-big) + Elementary.exp(first - big)
        let share = Elementary.exp(first - big) / total
        let closed = Elementary.exp(end.log - big) / total
        value +=
          state.weight * (rise.log - n * age[0] - s * age[2] + big + Elementary.log(total))
        let own = SIMD4(
          rise.slope - r * age[0], n * age[1] - x, -s * age[2], s * age[3])
        let decay = SIMD4(r * silence[0], -n * silence[1], s * silence[2], -s * silence[3])
        slopes += state.weight * (own + share * (last.slopes + decay) - closed * end.slopes)
      }
      sums[0] += value
      for place in 0..<4 { sums[place + 1] += slopes[place] }
    }
    return (sums[0], Array(sums[1...]))
  }
}

extension ParetoNBD {
  /// - Parameter theta: logarithms of r, alpha, s, beta.
  package init(_ theta: [Double]) {
    let values = theta.map { Elementary.exp($0) }
    self.init(r: values[0], alpha: values[1], s: values[2], beta: values[3])
  }

  /// The tail for each pair of frequency and time.
  func tails(
    _ pairs: [PurchaseStates.TimedFrequency], _ frequencies: [Double], _ times: [Double]
  ) -> [ParetoDropout.Tail] {
    Chunks(rowCount: pairs.count, size: 1024).parallelMap { rows in
      var tails: [ParetoDropout.Tail] = []
      tails.reserveCapacity(rows.count)
      // Neighbours have the same frequency, whose coefficients are kept.
      var (frequency, dropout) = (Int32(-1), ParetoDropout(self, 0))
      for pair in pairs[rows] {
        if pair.frequency != frequency {
          frequency = pair.frequency
          dropout = ParetoDropout(self, frequencies[Int(frequency)])
        }
        tails.append(dropout.tail(times[Int(pair.time)]))
      }
      return tails
    }.flatMap { $0 }
  }
}

extension PurchaseStates {
  /// Indices of a frequency and of a time.
  struct TimedFrequency: Sendable {
    var frequency: Int32
    var time: Int32
  }

  /// The pairs of frequency and recency, and which of them each state has.
  func lastOrders() -> (pairs: [TimedFrequency], ofState: [Int32]) {
    let ranks = Ranks(of: states.map { UInt64($0.frequency) << 32 | UInt64($0.recency) })
    let pairs = ranks.distinct.map {
      TimedFrequency(frequency: Int32($0 >> 32), time: Int32($0 & 0xFFFF_FFFF))
    }
    return (pairs, ranks.rank)
  }
}

extension PurchaseStates.Pair {
  var timedFrequency: PurchaseStates.TimedFrequency {
    PurchaseStates.TimedFrequency(frequency: frequency, time: age)
  }
}
