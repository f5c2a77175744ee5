import SegueCore
import SegueTestSupport
import SegueValue

/// The log of CDNOW's sample of 2,357 customers, 1997-01-01 to 1998-06-30.
enum CDNowLog {
  static let file = "data/cdnow_sample.txt"
  static let calibrationEnd = CalendarDay(iso: "1997-09-30")!.daysSinceEpoch
  static let end = CalendarDay(iso: "1998-06-30")!.daysSinceEpoch

  static func histories() throws -> OrderHistories {
    var (customer, day, money) = ([Int32](), [Int32](), [Double]())
    let text = String(decoding: try SharedFolder.contents(file), as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: " ")
      let date = Int(fields[2])!
      customer.append(Int32(fields[1])! - 1)
      day.append(
        CalendarDay(year: date / 10_000, month: date / 100 % 100, day: date % 100)!.daysSinceEpoch)
      money.append(Double(fields[4])!)
    }
    return OrderHistories(count: 2_357, customer: customer, day: day, money: money)
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
