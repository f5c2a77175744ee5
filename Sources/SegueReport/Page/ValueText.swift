import SegueCore
import SegueProfile
package import SegueValue

/// The sentences of the Value section.
struct ValueText {
  private let value: StudyProfile.Value
  private let money: MoneyText

  init(_ value: StudyProfile.Value, _ money: MoneyText) {
    self.value = value
    self.money = money
  }

  private var horizon: String { NumberText.count(value.horizonDays, "day") }
  private var isForReturning: Bool { value.model.knowsOneTimeBuyersAlive }

  func lead(asOf: CalendarDay?) -> String {
    let from = asOf.map { " after \($0.spelled)" } ?? ""
    return
      "What the customers of today are expected to do in the \(horizon)\(from), by a model of when they order "
      + "(\(value.model.title))\(value.spendFit == nil ? "" : " and one of what they spend (Gamma–Gamma)"). "
      + "Customers who are yet to come are not in it."
  }

  // MARK: Tiles

  var tiles: [Report.Tile] {
    var tiles: [Report.Tile] = []
    if let clv = value.totals.clv {
      tiles.append(
        Report.Tile(
          money.short(clv.total), "expected in the next \(horizon)",
          note: clv.totalInterval.map { "95% CI \(range($0, money.short))" }))
    }
    let orders = value.totals.expectedOrders
    tiles.append(
      Report.Tile(
        NumberText.fixed(orders.total), "order days expected in the next \(horizon)",
        note: orders.totalInterval.map { "95% CI \(range($0) { NumberText.fixed($0) })" }))
    if let share = value.customersForEightyPercent {
      tiles.append(Report.Tile(NumberText.percent(share, 0), "of customers hold 80% of the expected value"))
    }
    if !isForReturning {
      tiles.append(
        Report.Tile(
          NumberText.percent(value.totals.pAlive, 0), "are still customers",
          note: aliveNote(value.totals.pAlive)))
    } else if let share = value.totals.pAliveOfReturning {
      tiles.append(
        Report.Tile(
          NumberText.percent(share, 0), "of those who came back are still customers", note: aliveNote(share)))
    }
    return tiles
  }

  private func aliveNote(_ share: Double) -> String {
    share >= 0.995 ? "the model sees nobody leave: a guess" : "mean P(alive)"
  }

  /// What to know before believing the figures; nil where nothing speaks against them.
  var notice: String? {
    var sentences: [String] = []
    if !value.fit.isConverged || value.spendFit?.isConverged == false {
      sentences.append(
        "A fit did not converge: take the figures as a rough guide, and see the remarks on the models.")
    }
    if let holdout = value.holdout, holdout.meanAbsoluteError >= holdout.naiveMeanAbsoluteError {
      sentences.append(
        "Where the model was tested, it foretold single customers no better than the rule that everybody keeps their "
          + "pace: rely on totals and on the order of customers rather than on single figures.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private func range(_ interval: Interval, _ text: (Double) -> String) -> String {
    "\(text(interval.low)) – \(text(interval.high))"
  }

  var tableNote: String {
    let worth =
      value.totals.clv == nil
      ? "" : "Value expected: orders of the next \(horizon) at today’s worth (\(terms)). "
    return worth
      + "Orders each, value each: means with 95% intervals, which say how well the model is known, not how single "
      + "customers scatter; each customer’s own figures stand in segments.csv. "
      + (isForReturning
        ? "Still customers: mean probability of those who came back; \(value.model.title) takes everybody who ordered "
          + "once for a customer, by definition."
        : "Still customers: mean probability.")
  }

  /// `discounted by 10% a year, of which 30% are earned`
  private var terms: String {
    let discount =
      value.discount > 0 ? "discounted by \(NumberText.percent(value.discount)) a year" : "not discounted"
    return value.margin == 1
      ? discount + ", all revenue counted as earned"
      : discount + ", \(NumberText.percent(value.margin)) of it earned"
  }

  // MARK: The test

  static func times(_ group: Holdout.Group) -> String {
    let count = NumberText.integer(group.frequency)
    if group.isOpen { return "\(count) times or more" }
    return switch group.frequency {
    case 0: "never"
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }

  func verdict(_ holdout: Holdout) -> String {
    let (seen, hidden) = (span(holdout.calibration), span(holdout.holdout))
    let difference = holdout.expectedOrders - holdout.actualOrders
    let off =
      holdout.actualOrders > 0
      ? " (\(NumberText.percent(difference.magnitude / holdout.actualOrders, 1)) too \(difference > 0 ? "many" : "few"))"
      : ""
    let total =
      "Fitted to the first \(seen) alone, the model expected \(NumberText.fixed(holdout.expectedOrders)) order days in the "
      + "\(hidden) after them; there were \(NumberText.fixed(holdout.actualOrders))\(off)."
    let (mine, rule) = (
      NumberText.fixed(holdout.meanAbsoluteError, 2), NumberText.fixed(holdout.naiveMeanAbsoluteError, 2)
    )
    let isBetter = holdout.meanAbsoluteError < holdout.naiveMeanAbsoluteError
    let each =
      " Per customer it was \(mine) order days off on average; the rule that everybody keeps their pace was \(rule) off. "
      + (mine == rule
        ? "It is no better than the rule for single customers."
        : isBetter
          ? "The model errs less."
          : "The rule errs less: do not rely on the model for single customers here.")
    return total + each
  }

  /// `39 weeks`; days where weeks say little.
  private func span(_ units: Double) -> String {
    let days = units * value.unitDays
    return days >= 28
      ? NumberText.count(Int((days / 7).rounded()), "week") : NumberText.count(Int(days.rounded()), "day")
  }

  var errorNote: String {
    var note =
      "Keeping pace: the rule that everybody orders on as often as before. Big misses weigh more in the root mean "
      + "squared error."
    if let rank = value.holdout?.rankCorrelation {
      note +=
        " Rank correlation of expected and made orders: \(NumberText.fixed(rank, 2)) (1 is the same order)."
    }
    if let tracking = value.holdout?.trackingError {
      note += " The curve was \(NumberText.percent(tracking, 1)) off on average after the split."
    }
    return note
  }

  // MARK: The models

  static func parameter(_ value: Double) -> String {
    value.magnitude >= 0.001 && value.magnitude < 100_000
      ? NumberText.fixed(value, value.magnitude < 10 ? 4 : 2) : DecimalText.scientific(value)
  }

  var fitNote: String {
    var note = sentence(value.fit)
    if let other = value.alternative {
      let gap = value.fit.logLikelihood - other.fit.logLikelihood
      note +=
        " \(other.model.title) fits \(gap >= 0 ? "worse" : "better"): \(NumberText.fixed(other.fit.logLikelihood, 2))."
    }
    return note
  }

  func spendNote(_ fit: ModelFit) -> String {
    sentence(fit) + " Fitted to those who came back and paid."
  }

  private func sentence(_ fit: ModelFit) -> String {
    let customers = NumberText.count(fit.customers, "customer")
    let end = fit.isConverged ? "converged" : "not converged: use with care"
    return
      "Maximum likelihood over \(customers): log-likelihood \(NumberText.fixed(fit.logLikelihood, 2)), \(end) after "
      + "\(NumberText.count(fit.iterations, "step"))."
  }

  /// Each once, whichever part of the model it came from.
  var remarks: [String] {
    var seen: Set<String> = []
    return (value.remarks + value.fit.remarks + (value.spendFit?.remarks ?? [])).filter {
      seen.insert($0).inserted
    }
  }

  // MARK: Glossary

  var glossary: [(String, String)] {
    [
      (
        "Still customers, P(alive)",
        "The probability that a customer has not left for good, from how often and how lately they ordered. "
          + (isForReturning
            ? "In \(value.model.title) customers leave only right after a repeat order, so whoever ordered once is still one with "
              + "probability 1, by definition: their long silence shows in the expected orders instead."
            : "Nobody says when they leave: it is never observed, only inferred from silence.")
      ),
      (
        "Expectation and single customer",
        "An expected number is the mean over many customers with the same history. Its interval says how well the "
          + "model’s parameters are known, and grows no narrower by adding up customers. A single customer’s orders "
          + "scatter much further: segue clv prints the limits that hold 95 of 100 of them."
      ),
      (
        "Value expected (CLV)",
        "Expected orders times expected order value, times margin, each order discounted to the as-of day. What lies "
          + "beyond the \(horizon) is not in it."
      ),
      (
        "Order day",
        "A day with at least one order counts once. The expected value of an order day leans on the customer’s own "
          + "repeat orders, and on everybody’s where there are few."
      ),
      (
        "What is assumed",
        "Customers order by chance at a rate of their own that does not change, until they leave without a word; what "
          + "they spend has nothing to do with how often they order. No season, no trend, no campaign."
      ),
      (
        "What it cannot know",
        "New customers, new prices, a wider range, a competitor, contracts, and returns still to come. If the next "
          + "\(horizon) differ from the past, so will the figures: the test on held-out weeks shows how much they "
          + "did before."
      ),
    ]
  }
}

extension OrderModel {
  /// Whether everybody who ordered once is a customer with probability 1 by definition.
  package var knowsOneTimeBuyersAlive: Bool { self == .bgnbd }
}

/// Figures that fixed decimals cannot show.
enum DecimalText {
  /// `2.4e-7`, three digits.
  static func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return NumberText.fixed(value, 4) }
    var (digits, power) = (value, 0)
    while digits.magnitude >= 10 { (digits, power) = (digits / 10, power + 1) }
    while digits.magnitude < 1 { (digits, power) = (digits * 10, power - 1) }
    return "\(NumberText.fixed(digits, 2))e\(power)"
  }
}
