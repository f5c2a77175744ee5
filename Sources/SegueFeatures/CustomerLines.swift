import SegueCore
import SegueIngest

/// A line of an order as folding needs it.
struct OrderLine {
  /// Row of the customer.
  var customer: Int32 = 0
  var order: Int32 = 0
  var time: Int64 = 0
  var amount: Int64 = 0
  var refund: Int64 = 0
  var discount: Int64 = 0

  /// By order id and then time.
  @inline(__always)
  func precedes(_ other: OrderLine) -> Bool {
    order == other.order ? time < other.time : order < other.order
  }
}

/// The order lines of a table, in groups of customers that follow each other; refunds are left out.
///
/// Groups are small enough for a core's own cache. Memory: four bytes a line.
struct CustomerLines: Sendable {
  /// Customers of group g are those whose row, shifted so far, is g.
  private let shift: Int
  /// Lines of the table, by group.
  private var sorted: [Int32] = []
  /// Where each group ends in `sorted`.
  private var ends: [Int]

  private static let linesPerGroup = 1 << 14

  /// - Parameter rowOf: the customer row of each customer index; −1 leaves the line out.
  /// - Complexity: O(n).
  init(_ table: OrderTable, rowOf: [Int32]) {
    let customerCount = Int((rowOf.max() ?? -1) + 1)
    var shift = 0
    while customerCount >> shift > table.rowCount / CustomerLines.linesPerGroup + 1 { shift += 1 }
    self.shift = shift
    var groups = [Int32](repeating: -1, count: table.rowCount)
    ends = [Int](repeating: 0, count: customerCount >> shift + 1)
    for line in groups.indices where !table.isRefund[line] {
      let row = rowOf[Int(table.customer[line])]
      guard row >= 0 else { continue }
      groups[line] = row >> Int32(shift)
      ends[Int(row) >> shift] += 1
    }
    var sum = 0
    for group in ends.indices {
      sum += ends[group]
      ends[group] = sum - ends[group]
    }
    sorted = [Int32](repeating: 0, count: sum)
    for line in groups.indices where groups[line] >= 0 {
      let group = Int(groups[line])
      sorted[ends[group]] = Int32(line)
      ends[group] += 1
    }
  }

  var count: Int { ends.count }

  /// The lines of a group by customer; those of one customer in the order of the table.
  func lines(_ group: Int, of table: OrderTable, _ rowOf: [Int32]) -> [OrderLine] {
    let range = (group == 0 ? 0 : ends[group - 1])..<ends[group]
    let first = group << shift
    var places = [Int](repeating: 0, count: 1 << shift)
    for index in range { places[Int(rowOf[Int(table.customer[Int(sorted[index])])]) - first] += 1 }
    var sum = 0
    for customer in places.indices {
      sum += places[customer]
      places[customer] = sum - places[customer]
    }
    var lines = [OrderLine](repeating: OrderLine(), count: range.count)
    for index in range {
      let row = Int(sorted[index])
      let customer = rowOf[Int(table.customer[row])]
      lines[places[Int(customer) - first]] = OrderLine(
        customer: customer, order: table.order[row], time: table.time[row], amount: table.amount[row],
        refund: table.refund[row], discount: table.discount.isEmpty ? 0 : table.discount[row])
      places[Int(customer) - first] += 1
    }
    return lines
  }
}
