internal import Foundation
package import SegueCore

/// The 2,357 customers of CDNOW that the papers on repeat buying are about, from `datasets/cdnow`, in the
/// order of the file, which is that of the numbers the papers give them.
package struct CDNOW: Sendable {
  package var frequency: [Int32] = []
  /// In weeks, as is `age`.
  package var btydRecency: [Double] = []
  package var age: [Double] = []
  /// Mean of the totals of repeat order days; 0 where there are none.
  package var meanSpend: [Double] = []
  /// Order days after `until`.
  package var laterOrders: [Int] = []

  /// - Parameter until: the last day that is looked at; the papers end on 30 September 1997.
  package init(until: CalendarDay = CalendarDay(year: 1997, month: 9, day: 30)!) throws {
    let text = try String(
      contentsOfFile: SharedFolder.packageRoot + "/datasets/cdnow/orders.csv", encoding: .utf8)
    var ids: [Substring] = []
    var orders: [Substring: [CalendarDay: Double]] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      guard let day = CalendarDay(iso: String(fields[1])), let amount = Double(fields[3]) else {
        throw CocoaError(.fileReadCorruptFile)
      }
      if orders[fields[0]] == nil { ids.append(fields[0]) }
      orders[fields[0], default: [:]][day, default: 0] += amount
    }
    for id in ids {
      let days = orders[id]!.keys.sorted()
      guard let first = days.first, first <= until else { continue }
      let seen = days.filter { $0 <= until }
      frequency.append(Int32(seen.count - 1))
      btydRecency.append(Double(first.days(until: seen.last!)) / 7)
      age.append(Double(first.days(until: until)) / 7)
      let spent = seen.dropFirst().reduce(0) { $0 + orders[id]![$1]! }
      meanSpend.append(seen.count > 1 ? spent / Double(seen.count - 1) : 0)
      laterOrders.append(days.count - seen.count)
    }
  }
}
