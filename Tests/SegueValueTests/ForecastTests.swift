import SegueTestSupport
import SegueValue
import Testing

/// What is foretold of the customers of CDNOW, as published.
@Suite("Forecasts for CDNOW")
struct ForecastTests {
  private static func forecast(
    _ model: OrderModel, _ purchases: RepeatPurchases, weeks: Double = 52, discount: Double = 0
  ) throws -> OrderForecast {
    try OrderForecast(
      model: model, fit: model.fit(purchases), purchases: purchases, horizon: weeks, discount: discount)
  }

  @Test("customer 1516 and the frequency paradox are those of the walk through BTYD")
  func walkthrough() throws {
    // Customer 1516, then customers who last bought in week 20 of 39: the more often, the more surely gone.
    let customers = RepeatPurchases(
      frequency: [26, 10, 15, 20, 25], btydRecency: [216.0 / 7, 20, 20, 20, 20], age: [31, 39, 39, 39, 39])
    let cdnow = try BTYDReference.cdnow()
    for (model, alive, orders) in [
      (OrderModel.paretonbd, 0.997874, [25.45647, 0.7062289, 0.1442396, 0.02250658, 0.00309267]),
      (.bgnbd, 0.9688523, [25.75659, 0.3474606, 0.04283391, 0.004158973, 0.0003583685]),
    ] {
      let forecast = try OrderForecast(
        model: model, fit: model.fit(cdnow), purchases: customers, horizon: 52, discount: 0)
      #expect(isNear(forecast.pAlive.values[0], alive, 1e-4))
      for (found, expected) in zip(forecast.expectedOrders.values, orders) {
        #expect(isNear(found, expected, 1e-3), "\(model)")
      }
      #expect(forecast.expectedOrders.values == forecast.expectedOrders.values.sorted(by: >))
    }
  }

  @Test("the holdout period of CDNOW is foretold as printed, by frequency")
  func holdout() throws {
    let cdnow = try BTYDReference.cdnow()
    let actual = try CDNOW().laterOrders
    for (model, printed, tolerance) in [
      (OrderModel.paretonbd, [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], 0.001),
      (
        .bgnbd, [0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036], 5e-4
      ),
    ] {
      let orders = try Self.forecast(model, cdnow, weeks: 39).expectedOrders.values
      for (group, expected) in printed.enumerated() {
        let members = cdnow.frequency.indices.filter { min(7, Int(cdnow.frequency[$0])) == group }
        let mean = members.reduce(0) { $0 + orders[$1] } / Double(members.count)
        #expect((mean - expected).magnitude <= tolerance, "\(model), \(group)")
      }
    }
    #expect(actual.reduce(0, +) == 1882)
  }

  @Test("single customers are those of lifetimes", .enabled(if: BTYDReference.isThere))
  func customers() throws {
    let rounded = try BTYDReference.roundedSummary()
    let reference = try BTYDReference.fits().customers_rounded_summary_lifetimes
    #expect(reference.count > 10)
    for model in OrderModel.continuous {
      let fit = try model.fit(rounded)
      for (weeks, orders) in [(1.0, \BTYDReference.Customer.Model.cet1), (39, \.cet39), (52, \.cet52)] {
        let forecast = try OrderForecast(
          model: model, fit: fit, purchases: rounded, horizon: weeks, discount: 0)
        for (id, customer) in reference {
          let expected = model == .bgnbd ? customer.bgnbd : customer.pnbd
          let index = Int(id)! - 1
          #expect(isNear(forecast.pAlive.values[index], expected.p_alive, 1e-5), "\(model), customer \(id)")
          #expect(
            isNear(forecast.expectedOrders.values[index], expected[keyPath: orders], 1e-5),
            "\(model), customer \(id), \(weeks) weeks")
        }
      }
    }
  }

  @Test("the five best of next week are those lifetimes documents", .enabled(if: BTYDReference.isThere))
  func topFive() throws {
    let orders = try Self.forecast(.bgnbd, BTYDReference.roundedSummary(), weeks: 1).expectedOrders.values
    let best = orders.indices.sorted { orders[$0] > orders[$1] }.prefix(5)
    #expect(best.map { $0 + 1 } == [1516, 157, 1981, 841, 509])
    for (index, expected) in zip(best, [0.710623, 0.662396, 0.486526, 0.474738, 0.424877]) {
      #expect((orders[index] - expected).magnitude < 2e-6)
    }
  }

  @Test("discounted orders without end are those of BTYD", .enabled(if: BTYDReference.isThere))
  func dert() throws {
    let reference = try BTYDReference.fits().pnbd_dert_R_BTYD_at_published_params
    let p = reference.params
    let model = ParetoNBD(r: p[0], alpha: p[1], s: p[2], beta: p[3])
    let cdnow = try BTYDReference.cdnow()
    for (id, expected) in reference.customers {
      let index = Int(id)! - 1
      let found = model.discountedOrders(
        atRate: 0.0027, Int(cdnow.frequency[index]), btydRecency: cdnow.btydRecency[index],
        age: cdnow.age[index])
      #expect(isNear(found, expected, 1e-6), "customer \(id)")
    }
  }

  @Test("over a long horizon discounted orders come to those without end")
  func longHorizon() throws {
    let cdnow = try BTYDReference.cdnow()
    let fit = try OrderModel.paretonbd.fit(cdnow)
    let model = try #require(ParetoNBD(fit))
    let yearly = 0.5
    let rate = 0.405465108108164 * 7 / 365  // ln 1.5 per week
    // e^(−rate · 52.14 · 60) is 3e-11.
    let forecast = try OrderForecast(
      model: .paretonbd, fit: fit, purchases: cdnow, horizon: 365.0 / 7 * 60, discount: yearly)
    for index in stride(from: 0, to: cdnow.count, by: 97) {
      let endless = model.discountedOrders(
        atRate: rate, Int(cdnow.frequency[index]), btydRecency: cdnow.btydRecency[index],
        age: cdnow.age[index])
      #expect(isNear(forecast.discountedOrders.values[index], endless, 1e-7))
    }
  }
}
