internal import SegueCore

/// Which columns of an orders file the totals need, and how their cells are read; nil for files whose rows take
/// more than that to judge.
struct TotalsPlan: Sendable {
  let width: Int
  let customer: Int
  let time: Int
  let amount: Int
  let order: Int
  let delimiter: UInt8
  let newline: UInt8
  let numbers: NumberReader
  var decimal: UInt8 { numbers.decimal }
  let dates: DateReader
  /// A written time of day is local as it stands, so its date is the day.
  let timesAreLocal: Bool
  let keepsRefunds: Bool

  /// A row must be an order with an id and a total: no status, no refund or currency column, no quantity.
  init?(_ source: ResolvedSource) throws {
    let unusual: [ColumnRole] = [.status, .refund, .currency, .quantity, .unitPrice]
    guard source.kind == .orders, source.blockers().isEmpty, unusual.allSatisfy({ source.column($0) == nil }),
      source.recognition.known?.keepsWonOnly != true, source.file.dialect.delimiter != 0x20,
      source.file.encoding == .utf8,
      let customer = source.column(.customer), let time = source.column(.time),
      let amount = source.column(.amount), let order = source.column(.orderID)
    else { return nil }
    let ids = source.file.surveys[order]
    guard ids.cancellationIDs == 0, ids.empty == 0, source.file.surveys[amount].empty == 0,
      source.file.surveys[amount].numbers.withCurrency == 0
    else { return nil }
    width = source.file.headers.count
    (self.customer, self.time, self.amount, self.order) = (customer, time, amount, order)
    delimiter = source.file.dialect.delimiter
    newline = source.file.dialect.newline
    numbers = NumberReader(decimal: source.decimalMark(amount).value)
    dates = try source.dateReader(time)
    timesAreLocal = !dates.isUTC
    keepsRefunds = source.options.refunds == .net
  }
}
