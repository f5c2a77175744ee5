import SegueCore
import SegueIngest
import SegueSources

/// What every side of the comparison computes: orders, money, first and last day of each customer.
struct CustomerSums {
  private let totals: CustomerTotals

  /// From file to sums.
  init(path: String, threads: Int) throws {
    Threads.count = threads
    let input = try Sources.open([path])[0]
    guard let totals = try customerTotals(input) else { throw Unusual() }
    self.totals = totals
  }

  var rowCount: Int { totals.rowCount }
  var customerCount: Int { totals.count }
  var total: Amount { totals.spent }

  /// Of all lines `customer,orders,cents,first,last`, in any order: the sum of their FNV-1a hashes.
  var checksum: UInt64 {
    let columns = totals.columns()
    var sum: UInt64 = 0
    for index in columns.orders.indices {
      let id = columns.customerIDs[index]
      let cents = columns.spent[index] / 100
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte
        in "\(id),\(columns.orders[index]),\(cents),\(columns.firstDay[index]),\(columns.lastDay[index])".utf8
      {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
      sum &+= hash
    }
    return sum
  }

  private struct Unusual: Error, CustomStringConvertible {
    var description: String { "the file is not one of plain orders" }
  }
}
