import SegueCore
import SegueNumerics
import SegueTestSupport
import SegueValue
import Testing

@Suite("Laws of forecasts", .serialized)
struct ForecastLawTests {
  private static func fit(_ model: OrderModel) throws -> ModelFit { try model.fit(BTYDReference.cdnow()) }

  @Test("P(alive) falls with silence, and with it what is expected", arguments: OrderModel.continuous)
  func silence(model: OrderModel) throws {
    let fit = try Self.fit(model)
    for x in [1, 2, 7, 40] {
      let ages = stride(from: 20.0, through: 200, by: 0.5).map { $0 }
      let customers = RepeatPurchases(
        frequency: ages.map { _ in Int32(x) }, btydRecency: ages.map { _ in 20 }, age: ages)
      let forecast = try OrderForecast(
        model: model, fit: fit, purchases: customers, horizon: 52, discount: 0.1)
      for column in [forecast.pAlive.values, forecast.expectedOrders.values] {
        #expect(zip(column, column.dropFirst()).allSatisfy { $0 > $1 }, "\(x)")
      }
      #expect(zip(forecast.mostOrders, forecast.mostOrders.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test("orders rise with the horizon, discounting lowers them", arguments: OrderModel.continuous)
  func horizon(model: OrderModel) throws {
    let fit = try Self.fit(model)
    let customers = try BTYDReference.cdnow()
    var before: OrderForecast?
    for weeks in [0.1, 1, 10, 52, 104, 520] {
      let forecast = try OrderForecast(
        model: model, fit: fit, purchases: customers, horizon: weeks, discount: 0.15)
      let (orders, discounted) = (
        forecast.expectedOrders.values, forecast.discountedOrders.values
      )
      #expect(zip(orders, discounted).allSatisfy { $0 > $1 && $1 > 0 })
      if let before {
        #expect(zip(orders, before.expectedOrders.values).allSatisfy { $0 > $1 })
        #expect(zip(discounted, before.discountedOrders.values).allSatisfy { $0 > $1 })
        #expect(zip(forecast.mostOrders, before.mostOrders).allSatisfy { $0 >= $1 })
      }
      before = forecast
    }
    let plain = try OrderForecast(model: model, fit: fit, purchases: customers, horizon: 52, discount: 0)
    #expect(
      zip(plain.discountedOrders.values, plain.expectedOrders.values).allSatisfy { isNear($0, $1, 1e-12) })
  }

  @Test("intervals enclose their figures and keep to their range", arguments: OrderModel.continuous)
  func intervals(model: OrderModel) throws {
    let customers = try BTYDReference.cdnow()
    let forecast = try OrderForecast(
      model: model, fit: Self.fit(model), purchases: customers, horizon: 39, discount: 0.1)
    for estimates in [forecast.pAlive, forecast.expectedOrders, forecast.discountedOrders] {
      let (low, high) = (try #require(estimates.low), try #require(estimates.high))
      #expect(zip(low, estimates.values).allSatisfy { $0 >= 0 && $0 <= $1 })
      #expect(zip(estimates.values, high).allSatisfy { $0 <= $1 && $1.isFinite })
    }
    #expect(forecast.pAlive.high?.max() == 1 || model == .paretonbd)
    #expect(try #require(forecast.pAlive.high).allSatisfy { $0 <= 1 })
    #expect(zip(forecast.fewestOrders, forecast.mostOrders).allSatisfy { $0 <= $1 })
    // In the middle of a well-known fit an interval of the mean is narrower than one of the count.
    let index = 1515
    #expect(try #require(forecast.expectedOrders.high)[index] < Double(forecast.mostOrders[index]))
  }

  @Test("one thread and two give the same bits, in any order of customers", arguments: OrderModel.continuous)
  func determinism(model: OrderModel) throws {
    defer { Threads.count = 0 }
    var random = Seed(5).generator(for: .testData)
    let ages = (70...728).map { Double($0) / 7 }
    let customers = SimulatedCustomers(12_000, of: SimulationTests.bgnbd, ages: ages, &random).purchases
    var runs: [(fit: ModelFit, forecast: OrderForecast)] = []
    for threads in [1, 2, 5] {
      Threads.count = threads
      let fit = try model.fit(customers)
      try runs.append(
        (
          fit,
          OrderForecast(model: model, fit: fit, purchases: customers, horizon: 52, discount: 0.1)
        ))
    }
    for run in runs.dropFirst() {
      #expect(run.fit == runs[0].fit)
      #expect(run.forecast.pAlive == runs[0].forecast.pAlive)
      #expect(run.forecast.expectedOrders == runs[0].forecast.expectedOrders)
      #expect(run.forecast.discountedOrders == runs[0].forecast.discountedOrders)
      #expect(run.forecast.mostOrders == runs[0].forecast.mostOrders)
    }
    let reversed = RepeatPurchases(
      frequency: customers.frequency.reversed(), btydRecency: customers.btydRecency.reversed(),
      age: customers.age.reversed())
    #expect(try model.fit(reversed) == runs[0].fit)
    let forecast = try OrderForecast(
      model: model, fit: runs[0].fit, purchases: reversed, horizon: 52, discount: 0.1)
    #expect(forecast.expectedOrders.values.reversed() == runs[0].forecast.expectedOrders.values)
  }

  @Test("days instead of weeks change the figures' units only", arguments: OrderModel.continuous)
  func units(model: OrderModel) throws {
    let weeks = try BTYDReference.cdnow()
    let days = RepeatPurchases(
      frequency: weeks.frequency, btydRecency: weeks.btydRecency.map { $0 * 7 },
      age: weeks.age.map { $0 * 7 },
      unitDays: 1)
    let (one, other) = (try model.fit(weeks), try model.fit(days))
    #expect(isNear(try #require(other["r"]), try #require(one["r"]), 1e-7))
    #expect(isNear(try #require(other["alpha"]), 7 * (try #require(one["alpha"])), 1e-7))
    let byWeek = try OrderForecast(model: model, fit: one, purchases: weeks, horizon: 52, discount: 0.1)
    let byDay = try OrderForecast(model: model, fit: other, purchases: days, horizon: 364, discount: 0.1)
    for (a, b) in zip(byWeek.discountedOrders.values, byDay.discountedOrders.values) {
      #expect(isNear(a, b, 1e-6))
    }
    #expect(byWeek.mostOrders == byDay.mostOrders)
  }
}
