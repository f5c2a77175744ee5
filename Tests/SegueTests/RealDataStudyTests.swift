import Segue
import SegueTestSupport
import Testing

@Suite("Studies of real orders")
struct RealDataStudyTests {
  @Test("CDNOW: every row is used, customers and money are those that were published")
  func cdnow() throws {
    let result = try Studies.cdnow.get()
    #expect(result.ledger.balances && result.ledger.rowsIn == 6_919 && result.ledger.rowsUsed == 6_919)
    #expect(result.ledger.moneyUsed == Amount("244091.94"))
    #expect(result.customerIDs.count == 2_357)
    #expect(result.profile.purchases?.orders == 6_919)
    #expect((2...10).contains(result.profile.segments.count))
    #expect(result.profile.segments.allSatisfy { ($0.stability ?? 1) >= 0.75 })
    // Without touchpoints nothing is said of what led to an order.
    for map in result.maps {
      #expect(map.stages.prefix(3).allSatisfy { !$0.isObserved } && map.painPoints.isEmpty)
    }
    #expect(result.personas.allSatisfy { !$0.sections.isEmpty })
  }

  @Test(
    "the online shop: refunds set aside give rule A exactly, netted they lower what was spent",
    .enabled(if: SharedFolder.has("data/online_retail.csv.gz")), arguments: ["exclude", "net"])
  func onlineRetail(refunds: String) throws {
    let bytes = try SharedFolder.contents("data/online_retail.csv.gz")
    let profile = try SharedFolder.json("reference/data_profile.json", as: DataProfile.self).online_retail
    let study = Study(try Studies.settings(["ingest.refunds": refunds, "clustering.k": "5"]))
    let result = try study.run([Input(path: "online_retail.csv", bytes: bytes)])
    let ledger = result.ledger
    #expect(ledger.balances)
    #expect(ledger.rowsIn == profile.rows)
    #expect(ledger.line(.missingCustomer).rows == profile.rows_missing_customer)
    #expect((ledger.moneyIn.units - profile.sum_quantity_times_price).magnitude < 0.005)
    let totals = try #require(result.profile.purchases)
    #expect(totals.orders == profile.rule_A.invoices)
    #expect(result.customerIDs.count == profile.rule_A.customers)
    #expect(totals.orderLines == profile.rule_A.rows)
    if refunds == "exclude" {
      #expect(ledger.rowsUsed == profile.rule_A.rows)
      #expect(ledger.moneyUsed.description == "8911407.904")
      #expect((ledger.moneyUsed.units - profile.rule_A.revenue).magnitude < 0.005)
    } else {
      #expect(totals.revenue < Amount("8911407.904")!)
      #expect(totals.revenue == ledger.moneyUsed)
    }
    #expect(result.profile.segments.reduce(0) { $0 + $1.segment.customers } == profile.rule_A.customers)
    #expect(result.profile.segments.compactMap(\.purchases?.revenue).reduce(.zero, +) == totals.revenue)
  }

  private struct DataProfile: Decodable {
    struct Retail: Decodable {
      struct Rule: Decodable {
        var rows: Int
        var customers: Int
        var invoices: Int
        var revenue: Double
      }

      var rows: Int
      var rows_missing_customer: Int
      var sum_quantity_times_price: Double
      var rule_A: Rule
    }

    var online_retail: Retail
  }
}
