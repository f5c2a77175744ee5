import SegueCore
import SegueFeatures
import SegueTestSupport

/// Tables without the orders behind them.
struct RandomRFM {
  var table: RFMTable

  init(recencyDays: [Double], frequency: [Double], monetary: [Double]) {
    let shop = RandomShop(customers: 1, seed: Seed(0))
    table = try! RFMTable(history(shop), RFMOptions())
    table.recencyDays = recencyDays
    table.frequency = frequency
    table.monetary = monetary
  }

  /// Days and counts with many ties, money with a long tail and some refunds.
  init(customers: Int, seed: Seed) {
    var generator = seed.generator(for: .testData)
    var (days, orders, money, gaps): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    for _ in 0..<customers {
      var count = 1.0
      while generator.index(below: 5) < 3, count < 60 { count += 1 }
      days.append(Double(generator.index(below: 730)))
      orders.append(count)
      gaps.append(days[days.count - 1] / Double(1 + generator.index(below: 90)))
      let spent = Elementary.exp(generator.unit() * 6) * count
      money.append((spent * 100).rounded() / 100 - (generator.index(below: 50) == 0 ? 100 : 0))
    }
    self.init(recencyDays: days, frequency: orders, monetary: money)
    table.recencyCadence = gaps
  }
}
