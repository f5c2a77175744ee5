public import SegueCore
public import SegueIngest
import SegueFeatures
import SegueNumerics

/// The stages of a study on their own.
extension Study {
  /// Recency, frequency, monetary and scores of every customer with an order.
  ///
  /// - Parameter model: whose cut points to score by, once its definitions are adopted, see
  ///   ``ResolvedOptions/adopt(_:)``; nil cuts these customers anew.
  public func rfm(
    _ inputs: [Input], cutPointsOf model: RFMModel? = nil, monitor: Monitor = .silent
  ) throws -> RFMFile {
    let problems = options.rfm.diagnostics
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    try settings.check(against: inputs)
    if let quick = try rfmFromTotals(inputs, model, monitor) { return quick }
    let data = try observed(inputs, monitor)
    let population = try Population(data, options, cutPoints: model?.cutPoints)
    guard let purchases = population.purchases else {
      throw SegueError.data(
        Diagnostic(
          "rfm.orders", "none of the files holds orders", at: data.sources.first.map { .init(file: $0.path) },
          hint:
            "name the orders file, or say --kind FILE=orders; segue inspect shows what a file is taken for"))
    }
    return RFMFile(
      customerIDs: CustomerIDs(population.ids), rfm: purchases.rfm, scores: purchases.scores,
      orders: purchases.history.orders, spent: purchases.history.spent.map(Amount.init(tenThousandths:)),
      ledger: data.ledger, sources: data.sources, currency: data.currency, joining: data.joining,
      redaction: redaction, model: model)
  }

  /// One file of plain orders of the days looked at needs no table of its rows; nil if the inputs or the settings
  /// need one.
  private func rfmFromTotals(
    _ inputs: [Input], _ model: RFMModel?, _ monitor: Monitor
  ) throws -> RFMFile? {
    guard inputs.count == 1, options.rfm.frequency == .orders, options.rfm.recency == .days,
      let totals = try customerTotals(inputs[0].opened(), options.ingest, monitor: monitor), totals.count > 0
    else { return nil }
    let columns = totals.columns()
    guard
      options.rfm.looks(atAllOf: columns, refunds: totals.ledger.files.contains { $0.refundRowsNetted > 0 })
    else { return nil }
    let rfm = try RFMTable(columns, options.rfm)
    let scores = try RFMScores(rfm, options.rfm, cutPoints: model?.cutPoints)
    return RFMFile(
      customerIDs: columns.customerIDs, rfm: rfm, scores: scores,
      orders: columns.orders, spent: columns.spent.map(Amount.init(tenThousandths:)),
      ledger: totals.ledger, sources: [totals.inspection], currency: options.ingest.currency,
      redaction: redaction, model: model)
  }

  /// What each file is and which column is what, without reading it into tables.
  ///
  /// - Parameter today: dates after it are remarked on.
  public func inspect(
    _ inputs: [Input], today: CalendarDay? = nil, monitor: Monitor = .silent
  ) throws -> [SourceInspection] {
    try settings.check(against: inputs)
    let found = try SegueIngest.inspect(inputs, options.ingest, monitor: monitor)
    return today.map { today in found.map { $0.compared(withToday: today) } } ?? found
  }

  /// How many threads the numeric core uses; less than one means all cores. Results do not depend on it.
  public static func useThreads(_ count: Int) { Threads.count = count }
}

extension RFMOptions {
  /// Whether no row lies outside the days looked at. Totals do not know the days of refunds.
  fileprivate func looks(atAllOf totals: CustomerTotals.Columns, refunds: Bool) -> Bool {
    guard asOf != nil || window != nil else { return true }
    guard !refunds, let first = totals.firstDay.min(), let last = totals.lastDay.max() else { return false }
    let asOf = asOf ?? last.adding(days: 1)
    return last <= asOf && window.map { first >= asOf.adding(days: -$0) } != false
  }
}

extension RFMScores {
  /// By cut points that are known, or by those of the options.
  init(_ table: RFMTable, _ options: RFMOptions, cutPoints: CutPoints?) throws {
    if let cutPoints {
      try self.init(table, cutPoints: cutPoints, options)
    } else {
      try self.init(table, options)
    }
  }
}
