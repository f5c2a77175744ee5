import SegueCore
import SegueFeatures
import Testing

@Suite("Tables from scores to names")
struct SegmentTableTests {
  @Test("no table gives one code two names, unless the first match is meant to win")
  func overlaps() {
    #expect(SegmentTable.standard.lint().overlappingCodes.isEmpty)
    #expect(SegmentTable.klaviyo.lint().overlappingCodes.isEmpty)
    #expect(SegmentTable.recencyFrequency.lint().overlappingCodes.isEmpty)
  }

  @Test(
    "standard, klaviyo and recencyFrequency name every code",
    arguments: ["standard", "klaviyo", "recencyFrequency"])
  func cover(id: String) throws {
    let table = try #require(SegmentTable.named(id))
    #expect(table.lint().unnamedCodes.isEmpty)
    #expect(table.lookup.count == table.bins * table.bins * table.bins)
    #expect(!table.lookup.contains(SegmentTable.others))
  }

  @Test("the example of the R package leaves ten codes unnamed, as it does there")
  func unnamed() {
    #expect(
      SegmentTable.rfmPackage.lint().unnamedCodes == [
        "215", "241", "251", "252", "341", "351", "441", "451", "541", "551",
      ])
  }

  @Test("no table has a name that nobody can get", arguments: SegmentTable.all.map(\.id))
  func dead(id: String) throws {
    let table = try #require(SegmentTable.named(id))
    #expect(table.lint().deadNames.isEmpty)
  }

  @Test("without a table the scores are the name, for 2 to 9 scores", arguments: 2...9)
  func scoresOnly(bins: Int) throws {
    let table = try #require(SegmentTable.named(SegmentTable.none, bins: bins))
    let lint = table.lint()
    #expect(lint.unnamedCodes.isEmpty && lint.deadNames.isEmpty && lint.overlappingCodes.isEmpty)
    #expect(table.lookup.last == "R\(bins) F\(bins) M\(bins)")
    #expect(table.lookup.first == "R1 F1 M1")
  }

  @Test("a table for another number of scores is refused with a way out")
  func mismatch() throws {
    var options = RFMOptions()
    options.bins = 4
    let problem = try #require(options.diagnostics.first)
    #expect(problem.code == "rfm.segments")
    #expect(problem.hint == "say --bins 5, or --segments none")
    options.bins = 3
    #expect(options.diagnostics.first?.hint == "say --bins 5, or --segments klaviyo or none")
    options.bins = 10
    #expect(options.diagnostics.map(\.code) == ["rfm.bins", "rfm.segments"])
    options = RFMOptions()
    options.segments = "klavio"
    #expect(options.diagnostics.first?.hint?.contains("klaviyo") == true)
  }
}
