/// How large the numbers of a column are: counts in steps of less than one percent, from which quartiles and
/// far-out values are read.
///
/// Counts of pieces add up exactly, in any number of pieces. Memory: 1 KB for each power of two that occurs,
/// at most 256 KB.
struct NumberSpread: Equatable, Sendable {
  private(set) var count = 0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity
  /// Every number so far is a whole one.
  private(set) var isWhole = true
  private var zeros = 0
  /// Position of each page in `counts`, by sign and power of two; −1 where there is none.
  private var pages: [Int16] = []
  private var counts: [Int] = []

  /// Steps between a power of two and the next.
  private static let steps = 128
  /// Powers of two that are told apart; beyond them numbers count with the outermost.
  private static let exponents = -32...95

  /// - Precondition: the value is finite.
  mutating func take(_ value: Double) { take(value, 1) }

  private mutating func take(_ value: Double, _ times: Int) {
    count += times
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    if isWhole, value != value.rounded(.towardZero) { isWhole = false }
    if value == 0 {
      zeros += times
      return
    }
    let exponents = NumberSpread.exponents
    var step = Int(value.magnitude.bitPattern &>> 45) & (NumberSpread.steps - 1)
    var power = Int(value.exponentBitPattern) - 1023
    if power < exponents.lowerBound { (power, step) = (exponents.lowerBound, 0) }
    if power > exponents.upperBound { (power, step) = (exponents.upperBound, NumberSpread.steps - 1) }
    let key = power - exponents.lowerBound + (value < 0 ? exponents.count : 0)
    counts[page(key) * NumberSpread.steps + step] += times
  }

  private mutating func page(_ key: Int) -> Int {
    if pages.isEmpty { pages = [Int16](repeating: -1, count: 2 * NumberSpread.exponents.count) }
    if pages[key] < 0 {
      pages[key] = Int16(counts.count / NumberSpread.steps)
      counts.append(contentsOf: repeatElement(0, count: NumberSpread.steps))
    }
    return Int(pages[key])
  }

  mutating func merge(_ later: NumberSpread) {
    guard later.count > 0 else { return }
    count += later.count
    minimum = min(minimum, later.minimum)
    maximum = max(maximum, later.maximum)
    isWhole = isWhole && later.isWhole
    zeros += later.zeros
    // in order of first appearance, so that it does not show how many pieces there were
    for key in later.pages.indices.filter({ later.pages[$0] >= 0 }).sorted(by: {
      later.pages[$0] < later.pages[$1]
    }) {
      let (mine, other) = (page(key) * NumberSpread.steps, Int(later.pages[key]) * NumberSpread.steps)
      for step in 0..<NumberSpread.steps { counts[mine + step] += later.counts[other + step] }
    }
  }

  /// The same numbers a thousandth as large, to the accuracy of a step.
  func dividedByThousand() -> NumberSpread {
    var smaller = NumberSpread()
    guard count > 0 else { return smaller }
    for step in ascending { smaller.take(step.middle / 1_000, step.count) }
    smaller.minimum = minimum / 1_000
    smaller.maximum = maximum / 1_000
    return smaller
  }

  // MARK: Reading

  private struct Step {
    var lower: Double
    var upper: Double
    var count: Int

    var middle: Double { lower / 2 + upper / 2 }
  }

  /// Steps that hold numbers, the lowest first.
  private var ascending: [Step] {
    var negative: [Step] = []
    var positive: [Step] = []
    for (index, page) in pages.enumerated() where page >= 0 {
      let isNegative = index >= NumberSpread.exponents.count
      let power = index % NumberSpread.exponents.count + NumberSpread.exponents.lowerBound
      let base = Double(sign: .plus, exponent: power, significand: 1)
      let width = base / Double(NumberSpread.steps)
      for step in 0..<NumberSpread.steps {
        let held = counts[Int(page) * NumberSpread.steps + step]
        guard held > 0 else { continue }
        let (near, far) = (base + Double(step) * width, base + Double(step + 1) * width)
        if isNegative {
          negative.append(Step(lower: -far, upper: -near, count: held))
        } else {
          positive.append(Step(lower: near, upper: far, count: held))
        }
      }
    }
    let zero = zeros > 0 ? [Step(lower: 0, upper: 0, count: zeros)] : []
    return negative.sorted { $0.lower < $1.lower } + zero + positive
  }

  /// The value below which a share of the numbers lies, to half a percent; whole numbers below 128 exactly.
  func quantile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((share * Double(count)).rounded(.up)))
    var below = 0
    for step in ascending {
      below += step.count
      guard below >= rank else { continue }
      let value =
        isWhole ? (step.lower >= 0 ? step.lower.rounded(.up) : step.upper.rounded(.down)) : step.middle
      return min(max(value, minimum), maximum)
    }
    return maximum
  }

  /// Numbers that lie far from the others, and the limits they lie beyond.
  struct Outliers: Equatable {
    var low: Double
    var high: Double
    var below: Int
    var above: Int

    var count: Int { below + above }
  }

  /// Numbers more than three times the spread of the middle half away from it; where all of that half is above
  /// zero, also on a scale of ratios, because money and counts spread upward (Tukey, Exploratory Data Analysis,
  /// 1977, "far out"). Nil for fewer than 20 numbers and where half of them are the same.
  var outliers: Outliers? {
    guard count >= 20, let lower = quantile(0.25), let upper = quantile(0.75), upper > lower else {
      return nil
    }
    let spread = upper - lower
    let ratio = lower > 0 ? upper / lower : 1
    let limits = (
      low: lower - 3 * spread,
      high: max(upper + 3 * spread, lower > 0 ? upper * ratio * ratio * ratio : upper)
    )
    var found = Outliers(low: limits.low, high: limits.high, below: 0, above: 0)
    // limits move outward to the next step, so that the counts are exact for them
    for step in ascending {
      if step.lower <= limits.high, limits.high < step.upper { found.high = step.upper }
      if step.lower < limits.low, limits.low <= step.upper { found.low = step.lower }
    }
    for step in ascending {
      if step.upper <= found.low, step.lower < found.low { found.below += step.count }
      if step.lower >= found.high, step.lower > limits.high { found.above += step.count }
    }
    return found
  }
}
