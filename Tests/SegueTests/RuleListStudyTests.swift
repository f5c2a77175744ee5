import Segue
import SegueTestSupport
import Testing

@Suite("Rule lists of real data")
struct RuleListStudyTests {
  private static let files = ["telco_customer_churn.csv", "marketing_campaign.tsv", "online_retail.csv.gz"]

  @Test(
    "five segments are restated by one list of rules that is right for 85 customers in 100",
    .enabled(if: files.allSatisfy { SharedFolder.has("data/\($0)") }), arguments: files)
  func fidelity(file: String) throws {
    let bytes = try SharedFolder.contents("data/\(file)")
    let name = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
    let settings = ["clustering.k": "5"].merging(
      file.hasPrefix("online") ? ["ingest.refunds": "net"] : [:], uniquingKeysWith: { $1 })
    let result = try Study(Studies.settings(settings)).run([Input(path: name, bytes: bytes)])
    let profile = result.profile
    let list = try #require(profile.ruleList)
    let told = list.entries.map { "\($0.text(profile.money)) → \($0.segment)" }
    #expect(list.fidelity >= 0.85, "\(told)")
    #expect(try #require(list.heldOutFidelity) >= 0.82, "\(told)")
    #expect(list.customers + list.notCovered == profile.customers)
    #expect(list.entries.count <= 10 && list.entries.allSatisfy { (1...3).contains($0.conditions.count) })
    for segment in profile.segments where segment.isDescribed {
      let rule = try #require(segment.rule, "\(segment.segment.name)")
      #expect(rule.f1 > 0.5, "\(segment.segment.name): \(rule.text(profile.money))")
    }
    let written = try SegueTests.file("segments.json", of: result)
    for key in ["ruleList", "heldOut", "wrong"] { #expect(written.contains("\"\(key)\"")) }
    #expect(try SegueTests.file("report.html", of: result).contains("The segments as rules"))
  }

  @Test("the planted shop is restated nearly without a mistake, its smallest segment too")
  func planted() throws {
    let profile = try Studies.lumen.get().profile
    let list = try #require(profile.ruleList)
    #expect(list.fidelity >= 0.98)
    #expect(try #require(list.heldOutFidelity) >= 0.98)
    #expect(list.segments.allSatisfy { $0.fidelity >= 0.9 } && list.entries.count <= profile.segments.count)
  }
}
