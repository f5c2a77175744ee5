/// The usable rows of all events files, column by column; row order is file order, not time order.
public struct EventTable: Sendable {
  /// Index into ``IngestedData/customerIDs``.
  public var customer: [Int32] = []
  /// ``SegueCore/LocalTime`` seconds.
  public var time: [Int64] = []
  /// What happened; never -1.
  public var event = Labels()
  /// Where; -1 where unknown. As long as the table.
  public var channel = Labels()
  /// Nil if no file has such a column.
  public var campaign: Labels?
  /// Money attached to the event, in ten-thousandths, 0 where there is none; nil if no file has such a column.
  public var value: [Int64]?

  public init() {}

  public var rowCount: Int { customer.count }

  /// Keeps some rows, in their order.
  package mutating func keep(_ rows: [Int32]) {
    customer = customer.picked(rows)
    time = time.picked(rows)
    event.codes = event.codes.picked(rows)
    channel.codes = channel.codes.picked(rows)
    if let codes = campaign?.codes { campaign?.codes = codes.picked(rows) }
    if let all = value { value = all.picked(rows) }
  }
}
