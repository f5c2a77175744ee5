import Segue
import Testing

@Suite("Cohorts of studies")
struct CohortStudyTests {
  @Test("the triangle's revenue is the study's, and is written with the segments and into the report")
  func revenue() throws {
    for (result, shares) in [(try Studies.lumen.get(), 21), (try Studies.cdnow.get(), 3)] {
      let cohorts = try #require(result.profile.cohorts)
      #expect(cohorts.cohorts.count == shares && !cohorts.isLastIncomplete)
      #expect(cohorts.asOf == result.asOf && cohorts.through < cohorts.asOf)
      #expect(cohorts.cohorts.reduce(0) { $0 + $1.customers } == result.customerIDs.count)
      let shown = cohorts.cohorts.flatMap(\.cells).reduce(Amount.zero) { $0 + $1.revenue }
      let total = try #require(result.profile.purchases).revenue
      // Cohorts under ten customers are withheld.
      let withheld = cohorts.cohorts.filter { $0.customers < 10 }.count
      #expect(withheld == 0 ? shown == total : shown < total)
      let json = try file("segments.json", of: result)
      #expect(json.contains("\"cohorts\" : {") && json.contains("\"cumulativePerCustomer\""))
      let report = try file("report.html", of: result)
      #expect(report.contains("id=\"cohorts\"") && report.contains("order again within 90 days"))
    }
  }

  @Test("without orders there are no cohorts, in the profile, the file or the report")
  func absence() throws {
    let result = try Study(Studies.settings(["clustering.k": "2"])).run([
      Input(path: Studies.dataset("lumen/customers.csv"))
    ])
    #expect(result.profile.cohorts == nil)
    #expect(try !file("segments.json", of: result).contains("cohorts"))
    #expect(try !file("report.html", of: result).contains("id=\"cohorts\""))
  }
}
