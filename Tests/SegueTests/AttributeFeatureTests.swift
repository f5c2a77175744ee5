import Foundation
import Segue
import SegueTestSupport
import Testing

/// Figures computed apart from this program, with Python's csv and statistics modules.
@Suite("Customer attributes as features")
struct AttributeFeatureTests {
  private func features(_ name: String, _ columns: String) throws -> FeaturesFile {
    try Study(Studies.settings(["features.columns": columns]))
      .features([Input(path: name, bytes: SharedFolder.contents("data/\(name)"))])
  }

  private func column(_ name: String, _ file: FeaturesFile) throws -> [Double] {
    let index = try #require(
      file.table.features.firstIndex { $0.name == "customer.\(name)" }, "no column \(name)")
    return file.table.raw.column(index)
  }

  private func sum(_ name: String, _ file: FeaturesFile) throws -> Double {
    try column(name, file).reduce(0, +)
  }

  @Test(
    "telco: 11 blank charges become the median; flags and categories on request",
    .enabled(if: SharedFolder.has("data/telco_customer_churn.csv")))
  func telco() throws {
    let auto = try features("telco_customer_churn.csv", "auto")
    #expect(
      auto.table.features.map(\.name)
        == ["tenure", "MonthlyCharges", "TotalCharges"].map { "customer.\($0)" })
    let charges = try #require(auto.table.treatments.last)
    #expect(charges.missing == 11 && charges.filledWith == 1397.475 && charges.missingColumn == nil)
    #expect(try (sum("TotalCharges", auto) - 16_071_540.925).magnitude < 1e-3)
    #expect(try sum("tenure", auto) == 227_990)
    #expect(auto.table.leftOut.count == 17 && auto.table.leftOut.allSatisfy { $0.reason == .describesOnly })
    #expect(auto.remarks.contains { $0.contains("total charges (11, with the median, 1,397)") })
    let all = try features("telco_customer_churn.csv", "all")
    #expect(all.table.leftOut.isEmpty)
    for (name, expected) in [
      ("gender=Male", 3_555.0), ("Churn", 1_869), ("SeniorCitizen", 1_142),
      ("Contract=Month-to-month", 3_875),
      ("Contract=One year", 1_473), ("Contract=Two year", 1_695), ("InternetService=Fiber optic", 3_096),
      ("PaymentMethod=Mailed check", 1_612),
    ] { #expect(try sum(name, all) == expected, "\(name)") }
  }

  @Test(
    "marketing campaign: income filled, constant columns and rare statuses told, days to ages",
    .enabled(if: SharedFolder.has("data/marketing_campaign.tsv")))
  func campaign() throws {
    let all = try features("marketing_campaign.tsv", "all")
    let income = try #require(all.table.treatments.first { $0.name == "customer.Income" })
    #expect(income.missing == 24 && income.filledWith == 51_381.5 && income.transform == .log1p)
    #expect(try sum("Income", all) == 117_013_065)
    #expect(try sum("Year_Birth", all) == 4_410_125)
    #expect(all.table.asOf == CalendarDay(iso: "2014-06-29"))
    #expect(try sum("Dt_Customer", all) == 792_024)
    let constant = all.table.leftOut.filter { $0.reason == .constant }.map(\.name)
    #expect(constant == ["customer.Z_CostContact", "customer.Z_Revenue"])
    let status = try #require(all.table.treatments.first { $0.name == "customer.Marital_Status" })
    #expect(status.levels.map(\.customers) == [232, 864, 480, 580, 77])
    #expect(status.foldedUnnamed == 3 && status.foldedCustomers == 7 && status.folded.isEmpty)
    #expect(try sum("Marital_Status=other", all) == 7)
    #expect(try sum("Education=Basic", all) == 54 && sum("Response", all) == 334)
    // The day ages count to can be named; it moves every age alike.
    let later = try Study(Studies.settings(["features.columns": "Dt_Customer", "rfm.asOf": "2014-07-09"]))
      .features([
        Input(path: "marketing_campaign.tsv", bytes: SharedFolder.contents("data/marketing_campaign.tsv"))
      ])
    #expect(try sum("Dt_Customer", later) == 792_024 + 10 * 2_240)
  }

  @Test(
    "mall: three numbers by themselves, the gender as one column on request",
    .enabled(if: SharedFolder.has("data/mall_customers.csv")))
  func mall() throws {
    let auto = try features("mall_customers.csv", "auto")
    #expect(auto.table.features.count == 3)
    #expect(try sum("Age", auto) == 7_770 && sum("Annual Income (k$)", auto) == 12_112)
    #expect(try sum("Spending Score (1-100)", auto) == 10_040)
    #expect(try sum("Genre=Male", features("mall_customers.csv", "Genre, Age")) == 88)
  }

  private func customers(_ rows: (Int) -> String, _ header: String) -> Input {
    Input(
      path: "customers.csv", bytes: Array((header + "\n" + (0..<60).map { rows($0) + "\n" }.joined()).utf8))
  }

  @Test("personal, identifying and free columns are left out with the reason, and say so when asked for")
  func leftOut() throws {
    let input = customers(
      { "K\($0),u\($0)@example.org,key-\($0 * 7),\(20 + $0 % 30),Town \($0 % 40)" },
      "customer_id,email,ref,age,town")
    let file = try Study(Studies.settings(["features.columns": "all"])).features([input])
    #expect(file.table.features.map(\.name) == ["customer.age"])
    let reasons = Dictionary(uniqueKeysWithValues: file.table.leftOut.map { ($0.name, $0.reason) })
    #expect(reasons["customer.email"] == .personal && reasons["customer.ref"] == .identifier)
    #expect(reasons["customer.town"] == .text || reasons["customer.town"] == .highCardinality)
    let error = #expect(throws: SegueError.self) {
      try Study(Studies.settings(["features.columns": "email"])).features([input])
    }
    #expect(error?.diagnostics.first?.message == "\"email\" cannot be clustered on: personal data, not kept")
    #expect(error?.diagnostics.first?.hint?.contains("age") == true)
  }

  @Test("days after the as-of day are told")
  func future() throws {
    let input = customers(
      { "K\($0),2024-01-\($0 % 20 < 9 ? "0" : "")\(1 + $0 % 20),\(20 + $0 % 30)" }, "customer_id,renewal,age")
    let file = try Study(Studies.settings(["rfm.asOf": "2024-01-11"])).features([input])
    #expect(file.table.treatments.first { $0.kind == .date }?.futureDays == 27)
    #expect(
      file.remarks.contains { $0.contains("27 customers have a negative number of days since renewal") })
  }

  @Test("customers of categories only are clustered on these")
  func categoriesOnly() throws {
    let input = customers(
      { "K\($0),\(["a", "b", "c"][$0 % 3]),\(["yes", "no"][$0 % 2])" }, "customer_id,plan,news")
    let file = try Study().features([input])
    #expect(
      file.table.features.map(\.name) == ["a", "b", "c"].map { "customer.plan=\($0)" } + ["customer.news"])
  }

  @Test("the shop: with orders the three of RFM are seen, the rest is accounted for in manifest and report")
  func shop() throws {
    let result = try Studies.lumen.get()
    #expect(result.features.features.map(\.name) == ["recencyDays", "frequency", "monetary"])
    let manifest = try file("manifest.json", of: result)
    #expect(manifest.contains("\"describesOnly\"") && manifest.contains("\"customer.email\""))
    let report = try file("report.html", of: result)
    #expect(report.contains("What the segments were formed on") && report.contains("personal data, not kept"))
    #expect(report.contains("How the files match") && report.contains(">4,750<"))
  }
}
