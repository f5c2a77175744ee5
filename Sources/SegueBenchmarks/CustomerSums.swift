import SegueCore
import SegueIngest

/// What every side of the comparison computes: orders, money, first and last day of each customer.
struct CustomerSums {
  var customers: [String] = []
  var orders: [Int32] = []
  /// Ten-thousandths.
  var spent: [Int64] = []
  /// Days since 1970-01-01.
  var firstDay: [Int32] = []
  var lastDay: [Int32] = []

  /// From file to sums.
  init(path: String, threads: Int) throws {
    let data = try ingest([Input(path: path)])
    guard let table = data.orders else { return }
    let count = data.customerIDs.count
    customers = data.customerIDs.strings
    orders = [Int32](repeating: 0, count: count)
    spent = [Int64](repeating: 0, count: count)
    firstDay = [Int32](repeating: .max, count: count)
    lastDay = [Int32](repeating: .min, count: count)
    for row in 0..<table.rowCount {
      let customer = Int(table.customer[row])
      let day = LocalTime(seconds: table.time[row]).day.daysSinceEpoch
      orders[customer] += 1
      spent[customer] += table.amount[row]
      firstDay[customer] = min(firstDay[customer], day)
      lastDay[customer] = max(lastDay[customer], day)
    }
  }

  var rowCount: Int { orders.reduce(0) { $0 + Int($1) } }
  var total: Amount { Amount(tenThousandths: spent.reduce(0, +)) }

  /// Of all lines `customer,orders,cents,first,last`, in any order: the sum of their FNV-1a hashes.
  var checksum: UInt64 {
    var sum: UInt64 = 0
    for index in customers.indices {
      let first = CalendarDay(daysSinceEpoch: firstDay[index])
      let last = CalendarDay(daysSinceEpoch: lastDay[index])
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in "\(customers[index]),\(orders[index]),\(spent[index] / 100),\(first),\(last)".utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
      sum &+= hash
    }
    return sum
  }
}
