public import SegueCore
import SegueFeatures
public import SegueIngest
import SegueNumerics
package import SegueProfile

/// Methods by what was known at a past day, held against what customers did next.
extension Study {
  /// - Throws: ``SegueError`` `backtest.cut` where the data cannot be parted in two; `CancellationError`.
  public func backtest(_ inputs: [Input], monitor: Monitor = .silent) throws -> BacktestFile {
    let problems = options.rfm.diagnostics + options.lifecycle.diagnostics
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    guard options.backtest.cut != .off else {
      throw SegueError.usage(
        Diagnostic(
          "backtest.cut", "there is nothing to do with the back-test off",
          hint: "say --cut auto, or the last day that methods may know: --cut YYYY-MM-DD"))
    }
    try settings.check(against: inputs)
    let data = try ingest(inputs, options.ingest, monitor: monitor)
    return BacktestFile(
      backtest: try backtest(of: data, monitor: monitor), settings: settings, ledger: data.ledger,
      sources: data.sources, currency: data.currency, joining: data.joining)
  }

  /// The test as part of a study: a day that was asked for must do, but a span that is too short for the usual one
  /// is only remarked on.
  func backtestIfPossible(
    of data: IngestedData, monitor: Monitor
  ) throws -> (backtest: Backtest?, remark: String?) {
    guard options.backtest.cut != .off, data.orders != nil else { return (nil, nil) }
    do {
      return (try backtest(of: data, monitor: monitor), nil)
    } catch let error as SegueError where options.backtest.cut == .auto {
      return (nil, "Segments were not tested against what customers did next: \(error.inWords).")
    }
  }

  /// - Parameter data: as it was read; days that the study does not look at may be in it.
  func backtest(of data: IngestedData, monitor: Monitor) throws -> Backtest {
    let past = try past(of: data, monitor: monitor)
    let figures = try BacktestFigures(
      past.rankings, past.later, earlierRevenue: past.spent, seed: options.seed, monitor: monitor)
    return Backtest(
      cut: past.cut, firstDay: past.firstDay, lastDay: past.lastDay,
      earlier: (
        orders: past.earlierOrders, revenue: past.spent.reduce(.zero) { $0 + Amount(tenThousandths: $1) }
      ), past.later, figures, newcomers: past.newcomers, skipped: past.skipped, remarks: past.remarks)
  }

  package func past(of data: IngestedData, monitor: Monitor = .silent) throws -> PastStudy {
    try monitor.checkpoint("going back to a past day")
    let upToAsOf = try ObservationWindow(lastDay: options.rfm.asOf).applied(to: data)
    let periods = try BacktestPeriods(upToAsOf, options)
    var past = options
    past.rfm.asOf = periods.cut
    let population = try Population(periods.known, past)
    let history = population.purchases!.history
    let (later, newcomers) = try periods.later(than: history)
    let (rankings, skipped) = try PastMethods(
      periods: periods, population: population, options: past,
      customerColumns: upToAsOf.customers?.attributes.map(\.name) ?? []
    ).rankings(monitor)
    return PastStudy(
      cut: periods.cut, firstDay: history.firstDay.min()!, lastDay: periods.lastDay,
      customerIDs: population.ids, spent: history.spent,
      earlierOrders: history.orders.reduce(0) { $0 + Int($1) }, rankings: rankings, skipped: skipped,
      later: later, newcomers: newcomers, remarks: periods.remarks(options))
  }
}

/// What was known at the cut and what methods made of it, and what came later: the back-test before its figures.
package struct PastStudy: Sendable {
  package var cut: CalendarDay
  package var firstDay: CalendarDay
  package var lastDay: CalendarDay
  /// Of those who had ordered by the cut; arrays and rankings follow it.
  package var customerIDs: [String]
  /// Up to the cut, in ten-thousandths.
  package var spent: [Int64]
  package var earlierOrders: Int
  package var rankings: [Ranking]
  package var skipped: [Backtest.Skipped]
  package var later: LaterPurchases
  package var newcomers: (customers: Int, revenue: Amount)
  package var remarks: [String]
}

/// Every method as it would have ranked customers at the cut.
struct PastMethods {
  let periods: BacktestPeriods
  let population: Population
  /// As of the cut.
  let options: StudyOptions
  let customerColumns: [String]

  func rankings(_ monitor: Monitor) throws -> (rankings: [Ranking], skipped: [Backtest.Skipped]) {
    let (history, rfm, scores) = population.purchases!
    let spent = history.spent.map { Amount(tenThousandths: $0).units }
    var rankings: [Ranking] = []
    var skipped: [Backtest.Skipped] = []
    func attempt(_ method: Ranking.Method, _ make: () throws -> Ranking) throws {
      do {
        rankings.append(try make())
      } catch let error as SegueError {
        skipped.append(Backtest.Skipped(method, error.inWords))
      }
    }
    try attempt(.clv) { Ranking(.clv, scores: try value(history, monitor)) }
    rankings.append(
      Ranking(
        .rfmScore,
        scores: history.orders.indices.map {
          Double(Int(scores.recency[$0]) + Int(scores.frequency[$0]) + Int(scores.monetary[$0]))
        }))
    rankings.append(Ranking(.rfmSegments, names: Array(scores.segments), spent: spent))
    try attempt(.clusters) {
      let (labels, names) = try clusters(monitor)
      return Ranking(.clusters, labels: labels, names: names, spent: spent)
    }
    rankings.append(Ranking(.recency, scores: rfm.recencyDays.map { -$0 }))
    rankings.append(Ranking(.frequency, scores: rfm.frequency))
    rankings.append(Ranking(.monetary, scores: rfm.monetary))
    return (rankings, skipped)
  }

  /// Segments as a study of that day would have formed and named them.
  private func clusters(_ monitor: Monitor) throws -> (labels: [Int32], names: [String]) {
    let wanted = options.features.columns.first { customerColumns.contains($0) }
    if let wanted {
      throw SegueError.data(
        Diagnostic(
          "backtest.features",
          "clusters are formed on \"\(wanted)\" of the customers file, which may hold what became known after the cut",
          hint: "cluster on orders only"))
    }
    let data = periods.known
    let attributes = AttributeBuilder(data: data, population: population).attributes()
    let features = try FeatureBuilder(attributes: attributes, population: population, data: data)
      .features(options.features)
    let groups =
      options.clustering.lifecycle == .together
      ? nil : population.lifecycle.map { LifecycleGroups($0.stages, most: options.clustering.k ?? .max) }
    let grouped = try GroupedSplit(features.scaled, parts: groups?.parts, nil, options, monitor: monitor)
    let model = grouped.split.model
    let (profile, order) = Profiler(
      features, attributes: attributes, purchases: population.purchases.map { ($0.history, $0.rfm) },
      currency: data.currency, lifecycle: population.lifecycle
    ).profile(labels: model.labels, count: model.k, stability: nil)
    return (Profiler.labels(model.labels, in: order), profile.segments.map(\.segment.name))
  }

  /// Expected value over the days that are tested on; expected orders where spend cannot be modelled.
  private func value(_ history: PurchaseHistory, _ monitor: Monitor) throws -> [Double] {
    var options = options
    options.value.forecast.horizonDays = periods.cut.days(until: periods.lastDay)
    options.value.holdout = .off
    let model = try StudyValue(history, asOf: periods.cut, options, monitor: monitor).model
    return (model.clv ?? model.forecast.expectedOrders).values
  }
}

extension SegueError {
  /// The first complaint, to stand within a sentence.
  fileprivate var inWords: String { diagnostics.first?.message ?? "there is no more to say" }
}
