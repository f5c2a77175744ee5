public import SegueCore
import SegueFeatures
public import SegueIngest

extension Study {
  /// Who is still a customer, what everybody will order, and what that is worth.
  ///
  /// - Throws: ``SegueError`` for data or settings that cannot be used, in words; `CancellationError`.
  public func clv(_ inputs: [Input], monitor: Monitor = .silent) throws -> ValueFile {
    try settings.check(against: inputs)
    let data = try observed(inputs, monitor)
    let place = data.sources.first.map { Diagnostic.Location(file: $0.path) }
    guard let orders = data.orders else {
      throw SegueError.data(
        Diagnostic(
          "value.orders", "none of the files holds orders", at: place,
          hint:
            "name the orders file, or say --kind FILE=orders; segue inspect shows what a file is taken for"))
    }
    try monitor.checkpoint("folding orders into customers")
    let history = PurchaseHistory(orders, ids: data.customerIDs)
    let asOf = try RFMTable(history, options.rfm).asOf
    do {
      let value = try StudyValue(history, asOf: asOf, options, monitor: monitor)
      return ValueFile(
        customerIDs: history.customerIDs, value: value, ledger: data.ledger, sources: data.sources,
        currency: data.currency, joining: data.joining, redaction: redaction)
    } catch var error as SegueError {
      // Models know no files, so their diagnostics get theirs here.
      for index in error.diagnostics.indices where error.diagnostics[index].location == nil {
        error.diagnostics[index].location = place
      }
      throw error
    }
  }

  /// What customers will be worth where the orders tell; otherwise why they do not, in a sentence.
  ///
  /// - Throws: `CancellationError` alone: a study is no worse for orders that cannot be foretold.
  func value(
    of history: PurchaseHistory, asOf: CalendarDay, monitor: Monitor
  ) throws -> (value: StudyValue?, problem: String?) {
    do {
      return (try StudyValue(history, asOf: asOf, options, isStudy: true, monitor: monitor), nil)
    } catch let error as SegueError {
      return (nil, "What customers will be worth is not foretold: \(error.diagnostics[0].message).")
    }
  }
}
