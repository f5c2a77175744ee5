import SegueCore
import SegueProfile

/// Findings about cohorts in sentences, each with its interval and its n.
enum CohortText {
  /// The retention of all cohorts one period on, and further on as far as three cohorts go.
  static func retention(_ cohorts: Cohorts) -> String {
    let unit = cohorts.period.noun
    guard cohorts.average.count > 1 else {
      return
        "No \(unit) after the one of a first order is over yet: it is too early to say how many come back."
    }
    let next = cohorts.average[1]
    var text =
      "In the \(unit) after the one of their first order, \(NumberText.percent(next.retention, 1)) of customers "
      + "ordered again (\(evidence(next)))"
    let last = min(cohorts.period.outlook, cohorts.average.lastIndex { $0.cohorts >= 3 } ?? 1)
    if last > 1 {
      let later = cohorts.average[last]
      text +=
        "; \(last) \(cohorts.period.plural) after, \(NumberText.percent(later.retention, 1)) did "
        + "(\(evidence(later)))"
    }
    return text + "."
  }

  static func revenue(_ cohorts: Cohorts, _ money: MoneyText) -> String {
    guard let start = cohorts.average.first else {
      return "No cohort has a whole \(cohorts.period.noun) behind it yet."
    }
    let unit = cohorts.period.noun
    var text =
      "A customer brings \(money.string(start.cumulativePerCustomer)) on average in the \(unit) of the first order "
      + "(n = \(NumberText.integer(start.customers)))"
    let last = min(cohorts.period.outlook, cohorts.average.lastIndex { $0.cohorts >= 3 } ?? 0)
    if last > 0 {
      let later = cohorts.average[last]
      text +=
        ", and \(money.string(later.cumulativePerCustomer)) by the end of the "
        + "\(ordinal(last)) \(unit) after it (n = \(NumberText.integer(later.customers)))"
    }
    return text + "."
  }

  static func repeats(_ cohorts: Cohorts) -> String {
    guard let second = cohorts.repeats.first else { return "" }
    guard let old = cohorts.oldCustomers, let curve = cohorts.repeatOfNewcomers,
      let others = newcomers(curve, old)
    else { return repeats(second) }
    return repeats(second) + " " + others
  }

  private static func repeats(_ curve: RepeatCurve) -> String {
    guard let point = curve.headline else {
      return "\(NumberText.percent(curve.end.share, 1)) order again within \(days(curve.end.day)) "
        + "(\(evidence(curve.end.interval, curve.customers)))."
    }
    let lead =
      "\(NumberText.percent(point.share, 1)) order again within \(point.day) days "
      + "(\(evidence(point.interval, curve.customers)))."
    guard let median = curve.medianDays else {
      return lead
        + " Fewer than half do within \(days(curve.end.day)): \(NumberText.percent(curve.end.share, 1)) "
        + "(95% \(range(curve.end.interval)))."
    }
    let limits =
      switch (curve.medianLow, curve.medianHigh) {
      case (let low?, let high?): " (95% \(low)–\(high))"
      case (let low?, nil): " (95%: at least \(low))"
      default: ""
      }
    return lead + " Half have ordered again after \(days(median))\(limits)."
  }

  static func gaps(_ gaps: OrderGaps) -> String {
    "Half of the \(NumberText.integer(gaps.days.n)) gaps between orders are at most "
      + "\(NumberText.fixed(gaps.days.median)) days long, and half lie between \(NumberText.fixed(gaps.days.p25)) and "
      + "\(NumberText.fixed(gaps.days.p75)) days (\(NumberText.integer(gaps.customers)) customers)."
  }

  /// Why the first cohort may be none.
  static func oldCustomers(_ old: Cohorts.OldCustomers, _ cohorts: Cohorts) -> String {
    let ratio = NumberText.fixed(old.usual > 0 ? Double(old.customers) / old.usual : 0, 1)
    return
      "\(old.label) counts \(NumberText.integer(old.customers)) new customers, \(ratio) times as many as usual later. "
      + "If the shop is older than the data, many of them had ordered before and only look new. The "
      + "averages below leave this cohort out."
  }

  /// The second order without the cohort that may be none.
  private static func newcomers(_ curve: RepeatCurve, _ old: Cohorts.OldCustomers) -> String? {
    curve.headline.map { point in
      "Without the customers of \(old.label) it is \(NumberText.percent(point.share, 1)) within \(point.day) days "
        + "(\(evidence(point.interval, curve.customers)))."
    }
  }

  static func cell(_ cohorts: Cohorts, _ cohort: Cohorts.Cohort, _ cell: Cohorts.Cell) -> String {
    let place = (0..<cell.age).reduce(cohort.start) { start, _ in cohorts.period.next(after: start) }
    let when =
      cohorts.period == .week ? "week of \(cohorts.period.label(place))" : cohorts.period.label(place)
    return "First order \(cohort.label), \(when)\(cell.isIncomplete ? " (not over)" : ""): "
  }

  static func lastPeriod(_ cohorts: Cohorts) -> String {
    let label = cohorts.period.label(cohorts.period.start(of: cohorts.through))
    return cohorts.period == .week ? "The week of \(label)" : label
  }

  static func average(_ cohorts: Cohorts, _ average: Cohorts.Average, _ figure: String) -> String {
    "\(NumberText.count(average.cohorts, "cohort")), \(cohorts.period.noun) \(average.age): \(figure)"
  }

  static func evidence(_ average: Cohorts.Average) -> String {
    "95% \(range(average.interval)), n = \(NumberText.integer(average.customers))"
  }

  static func evidence(_ interval: Interval, _ n: Int) -> String {
    "95% \(range(interval)), n = \(NumberText.integer(n))"
  }

  /// `22.1–25.4`, in percent.
  static func range(_ interval: Interval) -> String {
    "\(NumberText.fixed(interval.low * 100, 1))–\(NumberText.fixed(interval.high * 100, 1))"
  }

  static func range(_ bin: OrderGaps.Bin) -> String {
    guard let through = bin.through else { return "more than \(days(bin.over))" }
    return through == bin.over + 1 ? days(through) : "\(bin.over + 1) to \(through) days"
  }

  static func days(_ count: Int) -> String { NumberText.count(count, "day") }

  static func ordinal(_ number: Int) -> String {
    switch (number % 10, number % 100) {
    case (1, let rest) where rest != 11: "\(number)st"
    case (2, let rest) where rest != 12: "\(number)nd"
    case (3, let rest) where rest != 13: "\(number)rd"
    default: "\(number)th"
    }
  }

  /// Five characters as a rule, for cells of tables: `8.5`, `412`, `1,204`, `34k`, `1.2M`.
  static func short(_ value: Double) -> String {
    let size = value.magnitude
    if size >= 9.995e8 { return NumberText.fixed(value / 1e9, size < 9.95e9 ? 1 : 0) + "bn" }
    if size >= 9.995e5 { return NumberText.fixed(value / 1e6, size < 9.95e6 ? 1 : 0) + "M" }
    if size >= 9_999.5 { return NumberText.fixed(value / 1e3) + "k" }
    return NumberText.fixed(value, size < 9.95 && size != size.rounded() ? 1 : 0)
  }
}

extension CohortPeriod {
  var noun: String { rawValue }
  var plural: String { rawValue + "s" }

  /// How far a sentence looks ahead.
  fileprivate var outlook: Int {
    switch self {
    case .week: 8
    case .month: 6
    case .quarter: 4
    case .year, .decade: 3
    }
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
