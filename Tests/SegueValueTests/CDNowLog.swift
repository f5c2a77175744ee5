import Foundation
import SegueCore
import SegueTestSupport
import SegueValue

/// The log of CDNOW's sample of 2,357 customers, 1997-01-01 to 1998-06-30, as it lies in `datasets`.
enum CDNowLog {
  static let calibrationEnd = CalendarDay(iso: "1997-09-30")!.daysSinceEpoch
  static let end = CalendarDay(iso: "1998-06-30")!.daysSinceEpoch

  /// Customers in the order in which they stand in the file, by which the papers number them.
  static func histories() throws -> OrderHistories {
    let text = try String(
      contentsOfFile: SharedFolder.packageRoot + "/datasets/cdnow/orders.csv", encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    var numbers: [Substring: Int32] = [:]
    for row in rows where numbers[row[0]] == nil { numbers[row[0]] = Int32(numbers.count) }
    return OrderHistories(
      count: numbers.count, customer: rows.map { numbers[$0[0]]! },
      day: rows.map { CalendarDay(iso: String($0[1]))!.daysSinceEpoch },
      money: rows.map { Double($0[3])! })
  }

  static func calibration() throws -> (purchases: RepeatPurchases, spend: RepeatSpend) {
    let histories = try histories()
    let known = histories.customers(knownOn: calibrationEnd)
    return (
      histories.purchases(of: known, until: calibrationEnd),
      histories.repeatSpend(of: known, until: calibrationEnd)
    )
  }
}

/// The rows of the summary that tools' own tests use: recency and age in weeks with two decimals.
enum CDNowSummary {
  static let file = "data/cdnow_customers_summary_with_transactions.csv"

  static func calibration() throws -> (purchases: RepeatPurchases, spend: RepeatSpend) {
    let rows = try SharedFolder.table(file).map { $0.map { Double($0)! } }
    return (
      RepeatPurchases(
        frequency: rows.map { Int32($0[1]) }, btydRecency: rows.map { $0[2] }, age: rows.map { $0[3] }),
      RepeatSpend(mean: rows.map { $0[4] })
    )
  }
}
