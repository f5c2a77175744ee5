import SegueTestSupport
import SegueValue
import Testing

@Suite(
  "Closed forms at fixed parameters, against 40 digits",
  .enabled(if: BTYDReference.isThere, "../shared is not there"))
struct FixedParameterTests {
  @Test("BG/NBD")
  func bgnbd() throws {
    let reference = try BTYDReference.functionValues().bgnbd
    let p = try #require(reference.params_r_alpha_a_b)
    let model = BGNBD(r: p[0], alpha: p[1], a: p[2], b: p[3])
    for row in reference.rows {
      let place = "x = \(row.x), t_x = \(row.t_x), T = \(row.T)"
      #expect(
        isNear(model.logLikelihood(row.x, btydRecency: row.t_x, age: row.T), row.loglik, 1e-10), "\(place)")
      #expect(isNear(model.pAlive(row.x, btydRecency: row.t_x, age: row.T), row.p_alive, 1e-10), "\(place)")
      for (time, orders) in row.expected_next {
        let found = model.expectedOrders(within: Double(time)!, row.x, btydRecency: row.t_x, age: row.T)
        #expect(isNear(found, orders, 1e-9), "\(place), within \(time)")
      }
    }
    for (time, orders) in reference.expected_new_customer {
      #expect(isNear(model.expectedOrders(within: Double(time)!), orders, 1e-10))
    }
    for (count, probability) in try #require(reference.pmf_new_customer_t39).enumerated() {
      #expect(isNear(model.probability(of: count, within: 39), probability, 1e-10), "\(count)")
    }
    // Printed in the manual of BTYD.
    #expect(isNear(model.probability(of: 10, within: 2), 1.07869e-7, 1e-5))
  }

  @Test("Pareto/NBD")
  func paretonbd() throws {
    let reference = try BTYDReference.functionValues().pnbd
    let p = try #require(reference.params_r_alpha_s_beta)
    let model = ParetoNBD(r: p[0], alpha: p[1], s: p[2], beta: p[3])
    for row in reference.rows {
      let place = "x = \(row.x), t_x = \(row.t_x), T = \(row.T)"
      #expect(
        isNear(model.logLikelihood(row.x, btydRecency: row.t_x, age: row.T), row.loglik, 1e-10), "\(place)")
      #expect(isNear(model.pAlive(row.x, btydRecency: row.t_x, age: row.T), row.p_alive, 1e-9), "\(place)")
      for (time, orders) in row.expected_next {
        let found = model.expectedOrders(within: Double(time)!, row.x, btydRecency: row.t_x, age: row.T)
        #expect(isNear(found, orders, 1e-9), "\(place), within \(time)")
      }
      for (rate, orders) in try #require(row.dert) {
        let found = model.discountedOrders(atRate: Double(rate)!, row.x, btydRecency: row.t_x, age: row.T)
        #expect(isNear(found, orders, 1e-9), "\(place), at \(rate)")
      }
    }
    for (time, orders) in reference.expected_new_customer {
      #expect(isNear(model.expectedOrders(within: Double(time)!), orders, 1e-10))
    }
  }

  @Test("states that overflow simple code")
  func hardStates() throws {
    let rows = try #require(try BTYDReference.functionValues().pnbd.numerically_hard_rows).rows
    #expect(rows.count == 6)
    for row in rows {
      let p = row.params_r_alpha_s_beta
      let model = ParetoNBD(r: p[0], alpha: p[1], s: p[2], beta: p[3])
      if let alive = row.p_alive {
        #expect(isNear(model.pAlive(row.x, btydRecency: row.t_x, age: row.T), alive, 1e-9), "x = \(row.x)")
      }
      if let orders = row.expected_next_10 {
        let found = model.expectedOrders(within: 10, row.x, btydRecency: row.t_x, age: row.T)
        #expect(isNear(found, orders, 1e-9), "x = \(row.x)")
      }
    }
  }
}
