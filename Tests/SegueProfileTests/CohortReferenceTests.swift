import Foundation
import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Cohorts of real shops")
struct CohortReferenceTests {
  private static func cohorts(_ path: String, _ bytes: [UInt8], _ options: IngestOptions) throws -> (
    cohorts: Cohorts, history: PurchaseHistory
  ) {
    let data = try ingest([Input(path: path, bytes: bytes)], options)
    let history = PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
    let rfm = try RFMTable(history, RFMOptions())
    return (try #require(Cohorts(history, asOf: rfm.asOf)), history)
  }

  private static func month(_ day: CalendarDay) -> String { "\(day)".prefix(7).description }

  @Test(
    "the online shop: active customers and revenue by month are those recounted with pandas, with or without refunds",
    .enabled(if: SharedFolder.has("data/online_retail.csv.gz")),
    arguments: [IngestOptions.Refunds.exclude, .net])
  func onlineRetail(_ refunds: IngestOptions.Refunds) throws {
    let reference = try SharedFolder.json("reference/data_profile.json", as: DataProfile.self)
    var options = IngestOptions()
    options.refunds = refunds
    let (found, history) = try CohortReferenceTests.cohorts(
      "online_retail.csv", SharedFolder.contents("data/online_retail.csv.gz"), options)
    #expect(reference.cohorts.count == 4)
    for (month, active) in reference.cohorts {
      let cohort = try #require(found.cohorts.first { CohortReferenceTests.month($0.start) == month })
      #expect(cohort.customers == active[0])
      #expect(cohort.cells.map(\.active) == active.compactMap(\.self), "\(month)")
    }
    var active: [String: Int] = [:]
    var revenue: [String: Amount] = [:]
    for cohort in found.cohorts {
      var start = cohort.start
      for cell in cohort.cells {
        active[CohortReferenceTests.month(start), default: 0] += cell.active
        revenue[CohortReferenceTests.month(start), default: .zero] += cell.revenue
        start = CohortPeriod.month.next(after: start)
      }
    }
    #expect(active == reference.online_retail.rule_A.active_customers_by_month)
    let spent = history.spent.reduce(Amount.zero) { $0 + Amount(tenThousandths: $1) }
    #expect(revenue.values.reduce(Amount.zero, +) == spent)
    if refunds == .exclude {
      for (month, expected) in reference.online_retail.rule_A.revenue_by_month {
        #expect(((revenue[month]?.units ?? 0) - expected).magnitude < 0.006, "\(month)")
      }
    }
    // The data end on 9 December, and the shop is older than they are.
    #expect(found.isLastIncomplete && found.through == CalendarDay(iso: "2011-12-09"))
    #expect(found.oldCustomers?.customers == 885)
    let second = try #require(found.repeats.first)
    #expect(second.customers == reference.online_retail.rule_A.customers)
    #expect(second.orderedAgain == reference.online_retail.purchase_days.repeat_customers)
  }

  @Test("CDNOW: three cohorts of 1997, counted again line by line")
  func cdnow() throws {
    let path = SharedFolder.packageRoot + "/datasets/cdnow/orders.csv"
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    let (found, _) = try CohortReferenceTests.cohorts("orders.csv", bytes, IngestOptions())
    var days: [String: Set<String>] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      days[String(fields[0]), default: []].insert(String(fields[1]))
    }
    let months = (1997...1998).flatMap { year in
      (1...12).map { "\(year)-\($0 < 10 ? "0" : "")\($0)" }
    }.prefix(18)
    #expect(found.period == .month && found.oldCustomers == nil)
    #expect(found.cohorts.map(\.label) == ["Jan 1997", "Feb 1997", "Mar 1997"])
    // The last order is of 30 June 1998, the last day of its month.
    #expect(!found.isLastIncomplete && found.average.count == 18)
    for (index, cohort) in found.cohorts.enumerated() {
      let members = days.values.filter { $0.min()!.hasPrefix(months[index]) }
      #expect(cohort.customers == members.count)
      #expect(
        cohort.cells.map(\.active)
          == months[index...].map { month in members.count { $0.contains { $0.hasPrefix(month) } } })
    }
    let second = try #require(found.repeats.first)
    #expect(second.orderedAgain == days.values.count { $0.count > 1 })
    // Everybody was followed for longer than a year, so until then nobody is censored: plain shares.
    for horizon in second.horizons where horizon.day <= 365 {
      let again = days.values.count { days in
        let sorted = days.sorted().prefix(2).map { CalendarDay(iso: $0)! }
        return sorted.count == 2 && sorted[0].days(until: sorted[1]) <= horizon.day
      }
      #expect((horizon.share - Double(again) / 2_357).magnitude < 1e-12)
    }
  }

  private struct DataProfile: Decodable {
    struct Retail: Decodable {
      struct Rule: Decodable {
        var customers: Int
        var revenue_by_month: [String: Double]
        var active_customers_by_month: [String: Int]
      }

      struct Days: Decodable {
        var repeat_customers: Int
      }

      var rule_A: Rule
      var purchase_days: Days
    }

    var online_retail: Retail
    var cohorts: [String: [Int?]]

    enum CodingKeys: String, CodingKey {
      case online_retail
      case cohorts = "online_retail_cohorts_2010-12_to_2011-03"
    }
  }
}
