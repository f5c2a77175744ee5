import SegueCore
import SegueProfile
import Testing

/// Customers with rates of their own, and what they did: half of them nothing, some of them much.
struct PlantedFuture {
  var rates: [Double]
  var later: LaterPurchases

  init(customers: Int, generator: inout RandomGenerator) {
    rates = []
    later = LaterPurchases(orders: [], revenue: [])
    for _ in 0..<customers {
      // Gamma of shape 1: most order seldom.
      let rate = -Elementary.log(1 - generator.unit())
      var orders: Int32 = 0
      var time = -Elementary.log(1 - generator.unit()) / rate
      while time < 1 {
        orders += 1
        time += -Elementary.log(1 - generator.unit()) / rate
      }
      let basket = Elementary.exp(3 + 0.8 * generator.normal())
      rates.append(rate * Elementary.exp(0.7 * generator.normal()))
      later.orders.append(orders)
      later.revenue.append(Int64(Double(orders) * basket * 10_000))
    }
  }
}

/// How often intervals hold what the whole population would show.
@Suite("Coverage of back-test intervals")
struct BacktestCoverageTests {
  private static let repetitions = 200

  @Test("intervals of measures, means and differences hold the truth in most samples")
  func coverage() throws {
    var generator = Seed(1).generator(for: .testData)
    let everybody = try BacktestCoverageTests.figures(
      PlantedFuture(customers: 300_000, generator: &generator))
    var held: [String: Int] = [:]
    for _ in 0..<BacktestCoverageTests.repetitions {
      let sample = try BacktestCoverageTests.figures(PlantedFuture(customers: 400, generator: &generator))
      for (name, estimate) in sample {
        let truth = try #require(everybody[name]).value
        let interval = try #require(estimate.interval)
        held[name, default: 0] += interval.low <= truth && truth <= interval.high ? 1 : 0
      }
    }
    for (name, count) in held {
      let share = Double(count) / Double(BacktestCoverageTests.repetitions)
      #expect(share > 0.88 && share < 0.995, "\(name): \(share)")
    }
  }

  private static func figures(_ shop: PlantedFuture) throws -> [String: Backtest.Estimate] {
    let coarse = shop.rates.map { $0 > 1.5 ? 2.0 : $0 > 0.5 ? 1 : 0 }
    let figures = try BacktestFigures(
      [
        Ranking(.clv, scores: shop.rates), Ranking(.rfmScore, scores: coarse),
        Ranking(
          .clusters, labels: coarse.map { Int32($0) }, names: ["low", "middle", "high"], spent: coarse),
      ], shop.later, earlierRevenue: shop.later.revenue, seed: Seed(3))
    var found = ["mean revenue": figures.revenuePerCustomer, "mean orders": figures.ordersPerCustomer]
    for measure in Backtest.Measure.allCases {
      found["fine \(measure)"] = figures.methods[0][measure]
      found["coarse \(measure)"] = figures.methods[1][measure]
      let pair = figures.comparisons.first {
        $0.measure == measure && $0.first == .clv && $0.second == .rfmScore
      }
      found["difference \(measure)"] = pair?.difference
    }
    for group in figures.methods[2].groups ?? [] {
      found["\(group.name) revenue"] = group.revenuePerCustomer
      found["\(group.name) orders"] = group.ordersPerCustomer
      found["\(group.name) share"] = group.revenueShare
      found["\(group.name) silent"] = group.silentShare
    }
    return found
  }
}
