public import SegueCore
public import SegueFeatures
public import SegueIngest

/// The days a study looks at. Rows of other days are set aside under reasons of their own.
///
/// Customers are those who ordered on these days, so somebody whose first order lies before them counts from
/// the first order on them.
public struct ObservationWindow: Sendable, Hashable {
  /// Nil looks back as far as the data goes.
  public var firstDay: CalendarDay?
  /// Nil looks as far ahead as the data goes.
  public var lastDay: CalendarDay?

  public init(firstDay: CalendarDay? = nil, lastDay: CalendarDay? = nil) {
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  /// Up to the as-of day where one is named; from so many days before it where there is a window.
  ///
  /// A window counts back from the day after the last order if no as-of day is named.
  ///
  /// - Throws: ``SegueError`` `rfm.asOf` if the last order lies far behind all others.
  public init(_ options: RFMOptions, _ data: IngestedData) throws {
    lastDay = options.asOf
    guard let days = options.window else { return }
    let asOf = try options.asOf ?? data.orders.flatMap(ObservationWindow.dayAfterLastOrder)
    firstDay = asOf?.adding(days: -days)
  }

  private static func dayAfterLastOrder(_ orders: OrderTable) throws -> CalendarDay? {
    let times = orders.time.indices.lazy.filter { !orders.isRefund[$0] }.map { orders.time[$0] }
    guard let last = times.max().map({ LocalTime(seconds: $0).day }) else { return nil }
    let start = LocalTime(last).seconds
    let before = times.filter { $0 < start }.max().map { LocalTime(seconds: $0).day }
    return try RFMTable.dayAfter(last, dayBefore: before, orders: orders.orderCount)
  }

  /// The rows of these days, the others in the ledger.
  ///
  /// Refunds of customers who bought nothing on these days are set aside as those of customers with refunds only.
  ///
  /// - Throws: ``SegueError`` `rfm.asOf` or `rfm.window` if there were orders, but none on these days.
  /// - Complexity: O(rows).
  public func applied(to data: consuming IngestedData) throws -> IngestedData {
    guard firstDay != nil || lastDay != nil else { return data }
    if let orders = data.orders.take() { data.orders = try cut(orders, &data) }
    if var events = data.events.take() {
      if let kept = account(for: events.time, of: .events, in: &data.ledger) { events.keep(kept) }
      if events.rowCount > 0 { data.events = events }
    }
    if var feedback = data.feedback.take() {
      if let kept = account(for: feedback.time, of: .feedback, in: &data.ledger) { feedback.keep(kept) }
      if feedback.rowCount > 0 { data.feedback = feedback }
    }
    return data
  }

  // MARK: Which rows go

  private var startSeconds: Int64 { firstDay.map { LocalTime($0).seconds } ?? .min }
  private var endSeconds: Int64 { lastDay.map { LocalTime($0.adding(days: 1)).seconds } ?? .max }

  /// Why each row goes, nil for those that stay; nil if all stay.
  private func reasons(_ times: [Int64]) -> [SetAsideReason?]? {
    let (start, end) = (startSeconds, endSeconds)
    guard times.contains(where: { $0 < start || $0 >= end }) else { return nil }
    return times.map { $0 < start ? .beforeWindow : $0 >= end ? .afterAsOf : nil }
  }

  private func cut(_ table: consuming OrderTable, _ data: inout IngestedData) throws -> OrderTable {
    guard var reasons = reasons(table.time) else { return table }
    var buys = [Bool](repeating: false, count: data.customerIDs.count)
    var isEmpty = true
    for row in reasons.indices where reasons[row] == nil && !table.isRefund[row] {
      buys[Int(table.customer[row])] = true
      isEmpty = false
    }
    if isEmpty { throw nothingLeft(table, data) }
    for row in reasons.indices where reasons[row] == nil && !buys[Int(table.customer[row])] {
      reasons[row] = .onlyRefunds
    }
    account(for: reasons, of: .orders, in: &data.ledger) { rows, file, reason in
      var (gross, refunded, netted) = (Amount.zero, Amount.zero, Amount.zero)
      var nettedRows = 0
      for row in rows {
        let amount = Amount(tenThousandths: table.amount[row])
        let refund = Amount(tenThousandths: table.refund[row])
        gross += amount
        if table.isRefund[row] {
          netted += amount
          nettedRows += 1
        } else {
          gross += refund
          refunded += refund
        }
      }
      file.refundRowsNetted -= nettedRows
      file.refundMoneyNetted -= netted
      file.withdraw(rows.count, reason, money: gross, refunded: refunded)
      return gross
    }
    table.keep(ObservationWindow.kept(reasons))
    return table
  }

  private static func kept(_ reasons: [SetAsideReason?]) -> [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(reasons.count)
    for row in reasons.indices where reasons[row] == nil { rows.append(Int32(row)) }
    return rows
  }

  // MARK: What the ledger says

  /// The rows of these days, nil if that is all.
  private func account(
    for times: [Int64], of kind: TableKind, in ledger: inout CleaningLedger
  ) -> [Int32]? {
    guard let reasons = reasons(times) else { return nil }
    account(for: reasons, of: kind, in: &ledger) { rows, file, reason in
      file.withdraw(rows.count, reason)
      return nil
    }
    return ObservationWindow.kept(reasons)
  }

  /// Hands over the rows of each file and reason; a table holds the rows that are used of each file in the order
  /// of the ledger.
  ///
  /// - Parameter withdraw: takes them out of the file's account and gives back their money.
  private func account(
    for reasons: [SetAsideReason?], of kind: TableKind, in ledger: inout CleaningLedger,
    _ withdraw: (_ rows: [Int], inout CleaningLedger.File, SetAsideReason) -> Amount?
  ) {
    var start = 0
    for index in ledger.files.indices where ledger.files[index].kind == kind {
      let rows = start..<min(reasons.count, start + ledger.files[index].rowsUsed)
      start = rows.upperBound
      for reason in [SetAsideReason.onlyRefunds, .afterAsOf, .beforeWindow] {
        let leaving = rows.filter { reasons[$0] == reason }
        guard !leaving.isEmpty else { continue }
        let money = withdraw(leaving, &ledger.files[index], reason)
        guard let words = wording(reason) else { continue }
        ledger.files[index].remarks.append(.init(text: words, rows: leaving.count, money: money))
      }
    }
  }

  private func wording(_ reason: SetAsideReason) -> String? {
    switch reason {
    case .afterAsOf: lastDay.map { "rows after the as-of day \($0) are set aside" }
    case .beforeWindow: firstDay.map { "rows before \($0), the first day of the window, are set aside" }
    default: nil
    }
  }

  private func nothingLeft(_ table: borrowing OrderTable, _ data: borrowing IngestedData) -> SegueError {
    var (first, last) = (Int64.max, Int64.min)
    for row in table.time.indices where !table.isRefund[row] {
      first = min(first, table.time[row])
      last = max(last, table.time[row])
    }
    let place = data.ledger.files.first { $0.kind == .orders }.map { Diagnostic.Location(file: $0.file) }
    let span =
      first > last
      ? "there is none at all"
      : "orders are of \(LocalTime(seconds: first).day) to \(LocalTime(seconds: last).day)"
    if let lastDay, first >= endSeconds {
      let day = LocalTime(seconds: first).day
      return SegueError.data(
        Diagnostic(
          "rfm.asOf", "nobody had ordered by the as-of day \(lastDay); \(span)", at: place,
          hint: first > last ? nil : "choose --as-of \(day) or later, or leave it out"))
    }
    let days = [firstDay.map { "from \($0)" }, lastDay.map { "to \($0)" }].compactMap { $0 }
    return SegueError.data(
      Diagnostic(
        "rfm.window", "nobody ordered \(days.joined(separator: " ")); \(span)", at: place,
        hint: "choose a longer --window, or another --as-of"))
  }
}

extension Study {
  /// What the inputs hold of the days that the study looks at.
  func observed(_ inputs: [Input], _ monitor: Monitor) throws -> IngestedData {
    let data = try ingest(inputs, options.ingest, monitor: monitor)
    return try ObservationWindow(options.rfm, data).applied(to: data)
  }
}
