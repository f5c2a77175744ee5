internal import SegueCore

/// What rows add up to beside their customers' totals; parts of a file are merged in its order.
struct TotalsTally: Sendable {
  var rows = 0
  var moneyIn: Int64 = 0
  var refundRows = 0
  var refundMoney: Int64 = 0
  var anonymousRows = 0
  var anonymousMoney: Int64 = 0
  var zeroOrders = 0
  var rounded = 0
  /// Sum of amounts without their signs.
  var magnitude: UInt64 = 0
  var overflows = false
  /// The last two days with an order.
  var lastDay = Int32.min
  var dayBefore = Int32.min
  private var firstID = ShortKey(low: 0, high: 0)
  private var lastID = ShortKey(low: 0, high: 0)
  /// Order ids rise (1), fall (−1), or there is one (0), or none (nil).
  private var direction: Int?
  /// Something a row alone does not decide: the whole file has to be read the thorough way.
  var isBeyond = false

  /// Rows that count, as orders or as refunds, and their money.
  var used: Int { rows - anonymousRows }
  var moneyUsed: Int64 { moneyIn &- anonymousMoney }

  @inline(__always)
  mutating func takesDay(_ day: Int32) {
    if day > lastDay {
      dayBefore = lastDay
      lastDay = day
    } else if day < lastDay, day > dayBefore {
      dayBefore = day
    }
  }

  /// Notes an order id; ids that neither only rise nor only fall might repeat.
  @inline(__always)
  mutating func takesID(_ id: ShortKey) {
    if direction == 1, lastID.precedes(id) {
      lastID = id
    } else {
      takesUnusualID(id)
    }
  }

  private mutating func takesUnusualID(_ id: ShortKey) {
    if direction == nil {
      firstID = id
      direction = 0
    } else {
      let step = lastID.precedes(id) ? 1 : -1
      if lastID == id || (direction != 0 && direction != step) { isBeyond = true }
      direction = step
    }
    lastID = id
  }

  mutating func merge(_ other: TotalsTally) {
    rows += other.rows
    refundRows += other.refundRows
    anonymousRows += other.anonymousRows
    zeroOrders += other.zeroOrders
    rounded += other.rounded
    moneyIn &+= other.moneyIn
    refundMoney &+= other.refundMoney
    anonymousMoney &+= other.anonymousMoney
    let (sum, overflow) = magnitude.addingReportingOverflow(other.magnitude)
    magnitude = sum
    overflows = overflows || other.overflows || overflow || sum > UInt64(Int64.max)
    isBeyond = isBeyond || other.isBeyond
    if other.dayBefore > .min { takesDay(other.dayBefore) }
    if other.lastDay > .min { takesDay(other.lastDay) }
    guard let theirs = other.direction else { return }
    if let mine = direction {
      let step = lastID.precedes(other.firstID) ? 1 : -1
      let agree = [mine, theirs].allSatisfy { $0 == 0 || $0 == step }
      if !agree || lastID == other.firstID { isBeyond = true }
      direction = step
    } else {
      firstID = other.firstID
      direction = theirs
    }
    lastID = other.lastID
  }
}
