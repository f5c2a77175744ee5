public import SegueCore
import SegueFeatures
import SegueProfile
public import SegueValue

/// When customers will order and what that will be worth, with what it was made from; rows as in the history.
public struct StudyValue: Sendable {
  public var asOf: CalendarDay
  public var settings: ValueSettings
  public var purchases: RepeatPurchases
  /// Of repeat order days, in currency units; NaN where there are none.
  public var meanOrderValues: [Double]
  public var model: CustomerValue
  /// Nil where none was asked for or could be made; the remarks say why.
  public var holdout: Holdout?
  /// In sentences.
  public var remarks: [String]

  /// - Parameter isStudy: whether a day of the test that does not fit is remarked on, not refused.
  /// - Throws: ``SegueError`` where orders do not allow a model, in words; `CancellationError`.
  init(
    _ history: PurchaseHistory, asOf: CalendarDay, _ options: StudyOptions, isStudy: Bool = false,
    monitor: Monitor = .silent
  ) throws {
    let settings = options.value
    let isByPeriod = settings.forecast.model == .bgbb
    let data = ValueHistories(history, asOf: asOf, period: isByPeriod ? settings.period : nil)
    self.asOf = asOf
    self.settings = settings
    purchases = data.purchases
    meanOrderValues = data.purchases.frequency.indices.map {
      data.purchases.frequency[$0] > 0 ? data.spend.mean[$0] : .nan
    }
    model = try CustomerValue(data.purchases, spend: data.spend, settings.forecast, monitor: monitor)
    let (holdout, problem) = try StudyValue.holdout(data, settings, isStudy, monitor)
    self.holdout = holdout
    remarks = StudyValue.remarks(history, data, options) + model.remarks + [problem].compactMap { $0 }
  }

  /// The test of the model on orders it did not see, or why there is none.
  private static func holdout(
    _ data: ValueHistories, _ settings: ValueSettings, _ isStudy: Bool, _ monitor: Monitor
  ) throws -> (Holdout?, String?) {
    let split: Int32
    switch settings.holdout {
    case .off: return (nil, nil)
    case .from(let day): split = data.lastDay(before: day)
    case .auto:
      let first = data.histories.firstDay ?? data.end
      guard let day = Holdout.defaultSplit(first: first, last: data.end) else {
        return (nil, "The data is too short to keep a part of it from the model and test it on that.")
      }
      split = data.periodEnd(day)
    }
    do {
      try monitor.checkpoint("testing the model")
      var holdout = try Holdout(
        data.histories, model: settings.forecast.model, splitDay: split, endDay: data.end,
        unitDays: data.unitDays, monitor: monitor)
      holdout.splitDay = data.calendarDay(holdout.splitDay).daysSinceEpoch
      holdout.endDay = data.calendarDay(holdout.endDay).daysSinceEpoch
      return (holdout, nil)
    } catch let error as SegueError {
      // A day that somebody named must fit; one that was chosen here need not.
      if case .from(let day) = settings.holdout, !isStudy { throw misfit(error, day, data) }
      return (nil, "The model could not be tested on a part of the data: \(error.diagnostics[0].message).")
    }
  }

  /// In the days of whoever named one that does not fit.
  private static func misfit(_ error: SegueError, _ day: CalendarDay, _ data: ValueHistories) -> SegueError {
    let problem = "the model cannot be tested on orders from \(day) on"
    guard error.diagnostics[0].code == "holdout.split", let start = data.histories.firstDay else {
      return SegueError(
        error.kind,
        [
          Diagnostic(
            "value.holdout", "\(problem): of those before it, \(error.diagnostics[0].message)",
            hint: "choose a later --holdout, or leave it out")
        ])
    }
    let (first, end) = (data.calendarDay(start), data.calendarDay(data.end))
    let (earliest, latest) = (first.adding(days: 1), end.adding(days: 1 - Holdout.fewestDays))
    return SegueError.usage(
      Diagnostic(
        "value.holdout",
        "\(problem): the data is of \(first) to \(end), and a test takes orders before that day and "
          + "\(Holdout.fewestDays) days from it on",
        hint: earliest <= latest
          ? "choose --holdout from \(earliest) to \(latest), or leave it out"
          : "the data is too short for a test: leave --holdout out"))
  }

  private static func remarks(
    _ history: PurchaseHistory, _ data: ValueHistories, _ options: StudyOptions
  ) -> [String] {
    var found: [String] = []
    let refunded = history.spent.indices.count {
      history.spent[$0] <= 0 && (history.refunded[$0] > 0 || history.orderDays[$0] > 1)
    }
    if refunded > 0 {
      found.append(
        "\(NumberText.count(refunded, "customer")) spent nothing in all or got all of it back: they count for when "
          + "customers order, not for what they spend.")
    }
    if data.tooNew > 0 {
      found.append(
        "\(NumberText.count(data.tooNew, "customer")) ordered first in a \(options.value.period.rawValue) that is not "
          + "over, and \(data.tooNew == 1 ? "tells" : "tell") the model nothing yet.")
    }
    if let window = options.rfm.window {
      found.append(
        "With a window of \(NumberText.count(window, "day")) customers look younger than they are: the first order in "
          + "it counts as their first.")
    }
    return found
  }

  /// What `segments.csv` shows of each customer; nil values are not known of anybody.
  var columns: [(name: String, values: [Double]?)] {
    let forecast = model.forecast
    return [
      ("p_alive", forecast.pAlive.values), ("expected_orders", forecast.expectedOrders.values),
      ("expected_orders_low", forecast.expectedOrders.low),
      ("expected_orders_high", forecast.expectedOrders.high),
      ("clv", model.clv?.values), ("clv_low", model.clv?.low), ("clv_high", model.clv?.high),
    ]
  }

  /// For the profile of a study.
  var profiler: ValueProfiler {
    ValueProfiler(
      model, purchases, RepeatSpend(mean: meanOrderValues), settings.forecast, holdout: holdout,
      remarks: remarks)
  }
}
