package import SegueCore

/// Orders of a made-up shop with few distinct days and amounts, so that ties are frequent.
package struct RandomShop: Sendable {
  package struct Order: Sendable {
    package var id: String
    package var customer: String
    package var day: CalendarDay
    package var cents: Int

    package init(id: String, customer: String, day: CalendarDay, cents: Int) {
      (self.id, self.customer, self.day, self.cents) = (id, customer, day, cents)
    }
  }

  package static let firstDay = CalendarDay(iso: "2024-01-01")!

  package var orders: [Order]

  package init(orders: [Order]) { self.orders = orders }

  /// Customers `K0`, `K1`, …, each with 1 to 6 orders within 200 days.
  package init(customers: Int, seed: Seed) {
    var generator = seed.generator(for: .testData)
    orders = []
    for customer in 0..<customers {
      for _ in 0..<(1 + generator.index(below: 6)) {
        orders.append(
          Order(
            id: "O\(orders.count)", customer: "K\(customer)",
            day: RandomShop.firstDay.adding(days: generator.index(below: 40) * 5),
            cents: 500 * (1 + generator.index(below: 20))))
      }
    }
  }

  package func csv() -> [UInt8] {
    var text = "order_id,customer_id,ordered_at,amount\n"
    for order in orders {
      let cents = String(order.cents.magnitude % 100)
      text += "\(order.id),\(order.customer),\(order.day),\(order.cents < 0 ? "-" : "")"
      text += "\(order.cents.magnitude / 100).\(cents.count == 1 ? "0" : "")\(cents)\n"
    }
    return Array(text.utf8)
  }

  package func shuffled(_ seed: Seed) -> RandomShop { RandomShop(orders: orders.shuffled(seed)) }
}

extension Array {
  /// Fisher and Yates, by the study's own generator.
  package func shuffled(_ seed: Seed) -> [Element] {
    var result = self
    var generator = seed.generator(for: .testData, index: 1)
    for last in stride(from: count - 1, to: 0, by: -1) {
      result.swapAt(last, generator.index(below: last + 1))
    }
    return result
  }
}
