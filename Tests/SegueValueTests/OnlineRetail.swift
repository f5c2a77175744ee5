import SegueCore
import SegueTestSupport
import SegueValue

/// A wholesaler's year (../shared/data), cleaned by rule A of ../shared/reference: with a customer, neither
/// cancelled nor free; until 9 December 2011.
enum OnlineRetail {
  static func purchases() throws -> RepeatPurchases {
    var days: [Int: Set<CalendarDay>] = [:]
    _ = try SharedFolder.lines("data/online_retail.csv.gz") { fields -> Void? in
      guard fields[0].first != UInt8(ascii: "C"), !fields[6].isEmpty, let quantity = number(fields[3]),
        let price = number(fields[5]), let id = number(fields[6]), quantity > 0, price > 0
      else { return nil }
      let day = CalendarDay(iso: String(decoding: fields[4].prefix(10), as: UTF8.self))
      if let day { days[Int(id), default: []].insert(day) }
      return nil
    }
    let end = CalendarDay(iso: "2011-12-09")!
    var purchases = RepeatPurchases(frequency: [], btydRecency: [], age: [])
    for id in days.keys.sorted() {
      let (first, last) = (days[id]!.min()!, days[id]!.max()!)
      purchases.frequency.append(Int32(days[id]!.count - 1))
      purchases.btydRecency.append(Double(first.days(until: last)) / 7)
      purchases.age.append(Double(first.days(until: end)) / 7)
    }
    return purchases
  }

  private static func number(_ field: ArraySlice<UInt8>) -> Double? {
    Double(String(decoding: field, as: UTF8.self))
  }
}
