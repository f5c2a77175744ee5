import SegueCore
import SegueFeatures
import SegueIngest
import SegueTestSupport

/// Reads orders the way a study does.
func history(_ csv: [UInt8], _ options: IngestOptions = IngestOptions()) throws -> PurchaseHistory {
  let data = try ingest([Input(path: "orders.csv", bytes: csv)], options)
  return PurchaseHistory(data.orders!, ids: data.customerIDs)
}

func history(_ shop: RandomShop) throws -> PurchaseHistory { try history(shop.csv()) }

/// A history and its scores.
struct Scored {
  var history: PurchaseHistory
  var rfm: RFMTable
  var scores: RFMScores

  init(_ history: PurchaseHistory, _ options: RFMOptions) throws {
    self.history = history
    rfm = try RFMTable(history, options)
    scores = try RFMScores(rfm, options)
  }

  /// Scores of each customer id, recency first.
  var codes: [String: String] {
    Dictionary(
      uniqueKeysWithValues: history.customerIDs.indices.map { (history.customerIDs[$0], scores.code($0)) })
  }

  func counts(_ scores: [UInt8]) -> [Int] {
    (1...UInt8(self.scores.bins)).map { score in scores.filter { $0 == score }.count }
  }

  /// Customers, orders and money by name of segment.
  var segments: [String: Total] {
    var result: [String: Total] = [:]
    for row in history.customers.indices {
      var total = result[scores.segments[row]] ?? Total()
      total.customers += 1
      total.orders += Int(history.orders[row])
      total.revenue += Amount(tenThousandths: history.spent[row])
      result[scores.segments[row]] = total
    }
    return result
  }

  struct Total: Equatable {
    var customers = 0
    var orders = 0
    var revenue = Amount.zero
  }
}
