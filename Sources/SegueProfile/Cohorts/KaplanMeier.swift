import SegueCore

/// The share to whom something has not happened yet, where some were not watched for long enough to know.
///
/// Product-limit estimate (Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452) over whole days, with
/// Greenwood's variance and 95 % intervals on the scale of log(−log S), which stay within 0…1
/// (Kalbfleisch & Prentice 1980, The Statistical Analysis of Failure Time Data, §1.3).
package struct KaplanMeier: Sendable {
  /// A day on which it happened to somebody; the estimate holds from then on.
  package struct Step: Sendable {
    package var day: Int
    package var atRisk: Int
    package var events: Int
    package var survival: Double
    /// Σ d / (n (n − d)) so far; infinite once it has happened to everybody at risk.
    package var greenwood: Double
  }

  /// Ascending by day.
  package private(set) var steps: [Step] = []
  /// By day: those to whom it had neither happened before, nor had they left the watch.
  package let atRisk: [Int]

  /// - Parameters:
  ///   - events: by day, how many it happened to.
  ///   - censored: by day, how many were watched through that day without it happening; as long as `events`.
  /// - Complexity: O(days).
  package init(events: [Int], censored: [Int]) {
    precondition(events.count == censored.count, "events and censored cover the same days")
    var left = events.reduce(0, +) + censored.reduce(0, +)
    var atRisk = [Int](repeating: 0, count: events.count)
    var survival = 1.0
    var greenwood = 0.0
    for day in events.indices {
      atRisk[day] = left
      if events[day] > 0 {
        let (n, d) = (Double(left), Double(events[day]))
        survival *= 1 - d / n
        greenwood += d / (n * (n - d))
        steps.append(
          Step(
            day: day, atRisk: left, events: events[day], survival: survival,
            greenwood: greenwood))
      }
      left -= events[day] + censored[day]
    }
    self.atRisk = atRisk
  }

  /// The last day on which at least `count` were at risk; nil if there never were as many.
  package func lastDay(atRisk count: Int) -> Int? { atRisk.lastIndex { $0 >= count } }

  /// The share to whom it has happened by the end of a day, with its interval.
  package func share(by day: Int) -> (share: Double, interval: Interval) {
    guard let step = lastStep(by: day) else {
      let watched = atRisk.isEmpty ? 0 : atRisk[min(max(day, 0), atRisk.count - 1)]
      return (0, Statistics.wilson(0, of: Double(watched)))
    }
    return KaplanMeier.share(step)
  }

  /// The first day by which it has happened to half, and the days between which that lies; nil where the
  /// estimate or a limit never gets there before `end`.
  package func median(until end: Int) -> (day: Int?, low: Int?, high: Int?) {
    var found: (day: Int?, low: Int?, high: Int?) = (nil, nil, nil)
    for step in steps where step.day <= end {
      let (share, interval) = KaplanMeier.share(step)
      // A product of fractions may miss a half by its last bit.
      if found.day == nil, share >= 0.5 - 1e-12 { found.day = step.day }
      if found.low == nil, interval.high >= 0.5 { found.low = step.day }
      if found.high == nil, interval.low >= 0.5 { found.high = step.day }
    }
    return found
  }

  private func lastStep(by day: Int) -> Step? {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].day <= day { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? steps[low - 1] : nil
  }

  private static func share(_ step: Step) -> (share: Double, interval: Interval) {
    let survival = step.survival
    // When it has happened to all who were at risk there is no variance to see: they are counted instead.
    guard survival > 0, step.greenwood.isFinite else {
      return (1, Statistics.wilson(Double(step.atRisk), of: Double(step.atRisk)))
    }
    let log = Elementary.log(survival)
    let reach = Statistics.z975 * step.greenwood.squareRoot() / log.magnitude
    let low = Elementary.exp(log * Elementary.exp(reach))
    let high = Elementary.exp(log * Elementary.exp(-reach))
    return (1 - survival, Interval(1 - high, 1 - low))
  }
}
