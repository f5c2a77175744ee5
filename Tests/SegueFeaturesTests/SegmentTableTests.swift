import SegueCore
import SegueFeatures
import Testing

@Suite("Tables from scores to names")
struct SegmentTableTests {
  @Test("every built-in table is sound", arguments: SegmentTable.all.map(\.id))
  func sound(id: String) throws {
    let table = try #require(SegmentTable.named(id))
    #expect(table.lint().diagnostics == [])
    #expect(try table.checked() == table)
    #expect(table.lint().shares.reduce(0) { $0 + $1.codes } == table.lookup.count)
  }

  @Test(
    "standard, klaviyo and recencyFrequency name every code once",
    arguments: ["standard", "klaviyo", "recencyFrequency"])
  func cover(id: String) throws {
    let table = try #require(SegmentTable.named(id))
    #expect(table.lint().unnamed.isEmpty && table.lint().overlaps.isEmpty)
    #expect(!table.firstMatchWins && table.others == nil)
    #expect(table.lookup.count == table.bins * table.bins * table.bins)
    #expect(Set(table.lookup) == Set(table.segments.map(\.name)))
  }

  @Test("names per code are those that were published")
  func published() throws {
    func name(_ id: String, _ code: Int) -> String? {
      SegmentTable.named(id).map { $0.lookup[SegmentTable.codes(bins: $0.bins).firstIndex(of: code)!] }
    }
    let standard = try #require(SegmentTable.named("standard"))
    #expect(standard == SegmentTable.standard && RFMOptions().segments == standard.id)
    #expect(standard.lint().shares.map(\.codes) == [7, 8, 24, 7, 16, 8, 8, 22, 8, 11, 6])
    #expect(name("standard", 323) == "Potential Loyalist" && name("standard", 155) == "Cannot Lose Them")
    #expect(name("klaviyo", 333) == "Champions" && name("klaviyo", 121) == "Inactive")
    #expect(name("recencyFrequency", 151) == "Can't lose" && name("recencyFrequency", 543) == "Champions")
    #expect(name("rfmPackage", 555) == "Champions" && name("rfmPackage", 554) == "Potential Loyalist")
    #expect(name("rfmPackage", 215) == "Others" && name("rfmPackage", 111) == "Lost")
  }

  @Test("the example of the R package leaves ten codes unnamed, as it does there")
  func unnamed() throws {
    let table = try #require(SegmentTable.named("rfmPackage"))
    #expect(table.lint().unnamed == [215, 241, 251, 252, 341, 351, 441, 451, 541, 551])
    #expect(table.lookup.count { $0 == "Champions" } == 1)
    var strict = table
    strict.others = nil
    #expect(strict.lint().diagnostics.map(\.code) == ["segments.unnamed"])
    #expect(strict.lint().diagnostics[0].message.hasSuffix("215 241 251 252 341 351 441 451 541 551"))
  }

  @Test("the older example leaves 36 codes unnamed, and three of its names can never be given")
  func olderExample() throws {
    let lint = try SegmentTable(yaml: PublishedTables.rfm022, file: "rfm.yaml").lint()
    #expect(lint.unnamed.count == 36)
    #expect(lint.deadNames.map(\.name) == ["New Customers", "Promising", "Can't Lose Them"])
    #expect(lint.deadNames.map(\.takenBy) == [["Potential Loyalist"], ["Potential Loyalist"], ["At Risk"]])
    #expect(lint.deadNames.map(\.line) == [8, 9, 13])
    #expect(
      lint.diagnostics.map(\.code) == ["segments.unnamed", "segments.dead", "segments.dead", "segments.dead"])
    #expect(lint.diagnostics[1].location == .init(file: "rfm.yaml", line: 8))
    #expect(!lint.isSound)
  }

  @Test("four names of the table by the mean of frequency and monetary can never be given")
  func meanOfTwo() throws {
    let lint = try SegmentTable(yaml: PublishedTables.recencyByMean, file: "fm.yaml").lint()
    #expect(lint.deadNames.map(\.name) == ["Recent", "Promising", "Can't Lose", "Lost"])
    #expect(lint.deadNames[2].takenBy == ["At Risk"])
    #expect(lint.unnamed.isEmpty)
    #expect(lint.diagnostics.allSatisfy { $0.code == "segments.dead" })
  }

  @Test("18 of 64 codes have no name in the default of pymc-marketing, 17 with one more of its copies")
  func quartiles() throws {
    let lint = try SegmentTable(yaml: PublishedTables.pymc, file: "pymc.yaml").lint()
    #expect(lint.unnamed.count == 18 && lint.unnamed.contains(242))
    #expect(lint.deadNames.isEmpty && lint.overlaps.isEmpty)
    let copy = PublishedTables.pymc.replacing("233, 243]", with: "233, 243, 242]")
    #expect(try SegmentTable(yaml: copy, file: "pymc.yaml").lint().unnamed.count == 17)
  }

  @Test("without a table the scores are the name, for 2 to 9 scores", arguments: 2...9)
  func scoresOnly(bins: Int) throws {
    let table = try #require(SegmentTable.named(SegmentTable.none, bins: bins))
    #expect(table.lint().isSound && table.lint().unnamed.isEmpty)
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
  @Test("a table of the user's own stands in for a built-in one")
  func own() throws {
    var options = RFMOptions()
    options.segments = "mine.yaml"
    #expect(options.diagnostics.map(\.code) == ["rfm.segments"])
    options.ownSegments = try SegmentTable(
      yaml: "bins: 5\nsegments:\n  - {name: All, recency: any}\n", file: "mine.yaml")
    #expect(options.diagnostics == [] && options.segmentTable?.lookup.allSatisfy { $0 == "All" } == true)
    options.bins = 4
    #expect(
      options.diagnostics.first?.hint == "say --bins 5, or --segments none" && options.segmentTable == nil)
  }
}
