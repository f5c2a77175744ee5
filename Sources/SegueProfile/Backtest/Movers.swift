/// Customers that did something after the cut, whose figures are the only ones that differ from 0.
///
/// Later revenue and orders are the same for every method and resample, so their order is found once.
struct Movers: Sendable {
  /// Runs of movers with equal values, from the highest value to the lowest; those whose value is 0 are left
  /// out, because they are tied with the silent.
  struct Runs: Sendable {
    var movers: [Int32]
    /// Where each run ends in `movers`.
    var ends: [Int] = []
    /// Runs of values above 0.
    var positiveRuns = 0

    init(_ values: [Double]) {
      movers = (0..<Int32(values.count)).filter { values[Int($0)] != 0 }
      movers.sort { (values[Int($1)], $0) < (values[Int($0)], $1) }
      for position in movers.indices {
        let value = values[Int(movers[position])]
        let isLast = position + 1 == movers.count || values[Int(movers[position + 1])] != value
        guard isLast else { continue }
        ends.append(position + 1)
        if value > 0 { positiveRuns += 1 }
      }
    }
  }

  let customerCount: Int
  let customers: [Int32]
  /// Position of each customer in `customers`; −1 for the silent.
  let place: [Int32]
  let orders: [Double]
  /// In ten-thousandths.
  let revenue: [Double]
  let byRevenue: Runs
  let byOrders: Runs

  /// - Complexity: O(n log n).
  init(_ later: LaterPurchases) {
    customerCount = later.count
    customers = (0..<Int32(later.count)).filter {
      later.orders[Int($0)] > 0 || later.revenue[Int($0)] != 0
    }
    var place = [Int32](repeating: -1, count: later.count)
    for (mover, customer) in customers.enumerated() { place[Int(customer)] = Int32(mover) }
    self.place = place
    orders = customers.map { Double(later.orders[Int($0)]) }
    revenue = customers.map { Double(later.revenue[Int($0)]) }
    byRevenue = Runs(revenue)
    byOrders = Runs(orders)
  }

  var count: Int { customers.count }
}
