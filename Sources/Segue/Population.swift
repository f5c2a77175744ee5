import SegueCore
import SegueFeatures
import SegueIngest

/// The customers of a study, one row each in the order of their ids, and what they bought.
struct Population {
  /// Customer id of each row.
  var ids: [String]
  /// Row of each of the data's customer indices; −1 for customers that are not segmented.
  var rowOf: [Int32]
  var purchases: (history: PurchaseHistory, rfm: RFMTable, scores: RFMScores)?
  /// Nil without orders.
  var lifecycle: Lifecycle?
  /// The day that ages count to: the one the options name, else the day after the last order, else the latest
  /// day in the customers file; nil where there is no day at all.
  var asOf: CalendarDay?

  /// Customers with an order; without orders, the rows of the customers table.
  ///
  /// - Parameter cutPoints: to score by instead of those of these customers.
  /// - Throws: ``SegueError`` `study.customers` when there is nobody.
  init(
    _ data: IngestedData, _ options: StudyOptions, cutPoints: RFMScores.CutPoints? = nil
  ) throws {
    if let orders = data.orders {
      let history = PurchaseHistory(orders, ids: data.customerIDs)
      guard history.count > 0 else { throw Population.nobody("no customer has an order", data) }
      let rfm = try RFMTable(history, options.rfm)
      ids = history.customerIDs
      rowOf = history.rows(idCount: data.customerIDs.count)
      purchases = (history, rfm, try RFMScores(rfm, options.rfm, cutPoints: cutPoints))
      lifecycle = Lifecycle(history, recencyDays: rfm.recencyDays, options.lifecycle)
      asOf = rfm.asOf
      return
    }
    guard let customers = data.customers, customers.rowCount > 0 else {
      throw Population.nobody("there are neither orders nor customers with attributes", data)
    }
    let sorted = data.customerIDs.sorted(customers.customer)
    ids = sorted.map(\.text)
    rowOf = [Int32](repeating: -1, count: data.customerIDs.count)
    for (row, customer) in sorted.enumerated() { rowOf[Int(customer.index)] = Int32(row) }
    purchases = nil
    asOf = options.rfm.asOf ?? Population.latestDay(customers)
  }

  private static func latestDay(_ table: CustomerTable) -> CalendarDay? {
    let days = table.attributes.filter { $0.type == .date }.flatMap { attribute -> [Double] in
      if case .numbers(let days) = attribute.values { days.filter(\.isFinite) } else { [] }
    }
    return days.max().map { CalendarDay(daysSinceEpoch: Int32($0)) }
  }

  var count: Int { ids.count }

  private static func nobody(_ message: String, _ data: IngestedData) -> SegueError {
    SegueError.data(
      Diagnostic(
        "study.customers", message, at: data.sources.first.map { Diagnostic.Location(file: $0.path) },
        hint:
          "give a file with one row per order, or per customer; segue inspect tells what a file is taken for")
    )
  }
}
