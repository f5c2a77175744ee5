import Foundation
import Segue
import SegueTestSupport
import Testing

/// Any table in, labels out: whatever stands in it, in either form, with every row accounted for.
@Suite("Clustering any table")
struct TableClusteringTests {
  private func prepared(_ text: String, _ settings: [String: String] = [:]) throws -> PreparedTable {
    let resolved = try Studies.settings(settings)
    return try PreparedTable(Input(path: "t.csv", bytes: Array(text.utf8)), resolved.options)
  }

  private func clustered(_ text: String, _ settings: [String: String] = [:]) throws -> TableClustering {
    try Study(Studies.settings(settings)).cluster(Input(path: "t.csv", bytes: Array(text.utf8)))
  }

  private func diagnostic(_ text: String, _ settings: [String: String] = [:]) -> Diagnostic? {
    let error = #expect(throws: SegueError.self) { try clustered(text, settings) }
    return error?.diagnostics.first
  }

  /// Two groups of 20 on `x`, one gap on `y`.
  private static let groups =
    "x,y,plan\n"
    + (0..<40).map { row in
      let y = row == 3 ? "" : "\(row * 7 % 11)"
      return "\(row % 2 * 90 + row * 3 % 10),\(y),\(["gold", "tin"][row % 2])\n"
    }.joined()

  // MARK: What is taken

  @Test("numbers are taken by themselves, categories on request or where there is nothing else")
  func columns() throws {
    #expect(try prepared(Self.groups).features.features.map(\.name) == ["x", "y"])
    let all = try prepared(Self.groups, ["features.columns": "all"])
    #expect(all.features.features.map(\.name) == ["x", "y", "plan=tin"])
    #expect(
      try prepared(Self.groups, ["features.columns": "plan, x"]).features.features.map(\.name) == [
        "plan=tin", "x",
      ])
    let only = "plan,seat\n" + (0..<30).map { "\(["a", "b", "c"][$0 % 3]),\(["l", "r"][$0 % 2])\n" }.joined()
    #expect(try prepared(only).features.features.map(\.name) == ["plan=a", "plan=b", "plan=c", "seat=r"])
    let why = try prepared(Self.groups).remarks.first { $0.hasPrefix("Not clustered on") }
    #expect(
      why
        == "Not clustered on: plan (category). --features all takes what is a category, a code, or yes or no."
    )
  }

  @Test("ids, row numbers, dates, texts and people are left out by themselves, with the reason")
  func leftOut() throws {
    let rows = (0..<60).map { row in
      "u\(row * 31 % 60)x\(row),\(row + 1),2024-01-\(10 + row % 20),a\(row)@b.org,\(row * 17 % 23),\(0.5 + Double(row) * 1.25)\n"
    }
    let found = try prepared("ref_id,nr,day,email,amount,acid\n" + rows.joined())
    #expect(found.features.features.map(\.name) == ["amount", "acid"])
    let reasons = Dictionary(uniqueKeysWithValues: found.features.leftOut.map { ($0.name, $0.reason) })
    #expect(reasons == ["ref_id": .identifier, "nr": .identifier, "day": .date, "email": .personal])
    // Who names them gets them, but for dates.
    let text = "ref_id,nr,day,email,amount,acid\n" + rows.joined()
    #expect(
      try prepared(text, ["features.columns": "nr,acid"]).features.features.map(\.name) == ["nr", "acid"])
    #expect(diagnostic(text, ["features.columns": "day"])?.code == "table.date")
    #expect(diagnostic(text, ["features.columns": "nothing"])?.code == "table.column")
  }

  @Test(
    "words for missing do not keep a column of numbers from being one",
    arguments: ["NA", "?", "-", "NULL", "nan", "#N/A", ""])
  func missingWords(word: String) throws {
    let text =
      "a,b\n" + (0..<50).map { "\($0 % 5 == 2 ? word : "\($0 * 13 % 37)"),\($0 * 7 % 31)\n" }.joined()
    let found = try prepared(text)
    #expect(found.features.features.map(\.name) == ["a", "b"])
    #expect(found.features.treatments[0].missing == 10)
    #expect(found.remarks.contains { $0.hasPrefix("Missing values were filled: a (10, with the median") })
  }

  // MARK: Rows

  @Test("a gap is filled and counted, a row of gaps alone is left out, and labels stay beside their rows")
  func rows() throws {
    var lines = (0..<40).map { "r\($0),\($0 % 2 * 50 + $0 % 5),\($0 % 7)" }
    lines[5] = "r5,,3"
    lines[9] = "r9,,"
    lines[11] = "r11,NaN,null"
    let result = try clustered("name,x,y\n" + lines.joined(separator: "\n"), ["clustering.k": "2"])
    let ledger = result.table.ledger
    #expect(ledger.rowsIn == 40 && ledger.rowsUsed == 38 && ledger.line(.empty).rows == 2 && ledger.balances)
    #expect(result.labels.count == 38 && result.model.sizes.reduce(0, +) == 38)
    let printed = String(decoding: try result.csv(), as: UTF8.self).split(whereSeparator: \.isNewline)
    #expect(printed.count == 39)
    for line in printed.dropFirst() where !line.hasPrefix("r5,") {
      let cells = line.split(separator: ",")
      let other = printed.dropFirst().first {
        Int($0.split(separator: ",")[1]) == (Int(cells[1])! < 25 ? 4 : 53)
      }!
      #expect(cells[3] == other.split(separator: ",")[3], "\(line)")
    }
    #expect(result.remarks.contains("2 of 40 rows left out: they have no value in any column."))
    #expect(result.remarks.contains { $0.contains("x (1, with the median") })
  }

  @Test("rows far from all others are the segment after the last, with a centroid and a place in the JSON")
  func apart() throws {
    var generator = Seed(4).generator(for: .testData)
    var text = "x,y\n"
    for row in 0..<600 {
      text += "\(generator.normal() + (row % 2 == 0 ? 0 : 6)),\(generator.normal())\n"
      if row % 50 == 0 {
        text += "\(generator.normal() + (row % 100 == 0 ? 90 : -90)),\(generator.normal())\n"
      }
    }
    let result = try clustered(text, ["clustering.k": "2"])
    #expect(result.model.k == 2 && result.labels.count { $0 == 2 } == 12)
    #expect(result.centroidApart?.count == 2 && result.centroids.count == 2)
    #expect(
      result.distances.count == 612 && zip(result.labels, result.distances).allSatisfy { $0 < 2 || $1 > 10 })
    struct Document: Decodable {
      struct Apart: Decodable { var label, rows: Int }
      var k, n: Int
      var sizes: [Int]
      var labels: [Int]
      var apart: Apart?
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(result.json()))
    #expect(document.k == 2 && document.n == 612 && document.apart?.label == 2 && document.apart?.rows == 12)
    #expect(document.sizes.reduce(0, +) + 12 == 612 && document.labels.count == 612)
    let kept = try clustered(text, ["clustering.k": "2", "features.outliers": "keep"])
    #expect(kept.centroidApart == nil && kept.labels.allSatisfy { $0 < 2 })
    #expect(kept.prepared.features.winsorized.first?.count == 12)
    let raw = try clustered(text, ["clustering.k": "2", "features.transform": "none"])
    #expect(raw.centroidApart == nil && raw.prepared.features.winsorized.isEmpty)
  }

  @Test("the order of rows changes labels only by that order", arguments: (0..<5).map { Seed($0) })
  func order(seed: Seed) throws {
    let lines = (0..<90).map { row in
      let x = row % 3 * 40 + row * 7 % 9
      return "\(x),\(row % 13 == 0 ? "" : "\(row * 5 % 17)"),\(["a", "b", "c"][row % 3])"
    }
    let places = Array(0..<90).shuffled(seed)
    let settings = ["clustering.k": "3", "features.columns": "all"]
    let plain = try clustered("x,y,z\n" + lines.joined(separator: "\n"), settings)
    let moved = try clustered("x,y,z\n" + places.map { lines[$0] }.joined(separator: "\n"), settings)
    #expect(moved.prepared.features.scaled == plain.prepared.features.scaled.selecting(rows: places))
    #expect((moved.model.inertia - plain.model.inertia).magnitude < 1e-9 * plain.model.inertia)
    #expect(
      places.map { plain.labels[$0] }.elementsEqual(moved.labels) || moved.model.sizes == plain.model.sizes)
  }

  @Test("numbers in scientific notation are numbers, and a column of a name taken goes by its place")
  func notation() throws {
    let text = "x,x,\n" + (0..<40).map { "\($0 * 3 % 7).5e-3,\($0 * 5 % 11)E2,\($0 * 11 % 23)\n" }.joined()
    let found = try prepared(text)
    #expect(found.features.features.map(\.name) == ["x", "x (column 2)", "column 3"])
    #expect(found.features.raw[1, 0] == 3.5e-3 && found.features.raw[1, 1] == 500)
    #expect(found.features.distanceShares.count == 3)
  }

  // MARK: Bad input

  @Test("columns near the limits of Double, constant or empty ones end well")
  func limits() throws {
    let big = "a,b,c,d\n" + (0..<40).map { "\($0 % 2 == 0 ? "1e308" : "-1e308"),\($0 % 7),5,\n" }.joined()
    let result = try clustered(big, ["clustering.k": "2"])
    #expect(result.prepared.features.features.map(\.name) == ["a", "b"])
    #expect(
      result.centroids.allSatisfy { $0.allSatisfy(\.isFinite) } && result.distances.allSatisfy(\.isFinite))
    #expect(String(decoding: try result.json(), as: UTF8.self).contains("\"k\":2"))
    let details = Dictionary(
      uniqueKeysWithValues: result.prepared.features.leftOut.map { ($0.name, $0.detail) })
    #expect(details["c"] == "the same for every row" && details["d"] == "empty")
    let unscaled = diagnostic(
      big, ["clustering.k": "2", "features.scaling": "none", "features.transform": "none"])
    #expect(unscaled?.code == "kmeans.magnitude")
    for scaling in ["robust", "minmax"] {
      let other = try clustered(big, ["clustering.k": "2", "features.scaling": scaling])
      #expect(other.centroids.allSatisfy { $0.allSatisfy(\.isFinite) }, "\(scaling)")
      _ = try other.json()
    }
  }

  private static let thirty = "x,y\n" + (0..<30).map { "\($0 * 7 % 13),\($0 * 5 % 11)\n" }.joined()

  @Test(
    "what cannot be clustered is said, not crashed on",
    arguments: [
      ("x,y\n", "ingest.header-only"), ("x\n\n\n", "ingest.header-only"), ("x,y\n1,2\n", "features.none"),
      ("x,y\n,\n,\nNaN,null\n", "table.noColumns"), ("x,y\n1,2\n1,2\n1,2\n", "features.none"),
      (thirty + "1,inf\n2,3\n", "csv.number"), (thirty + "1,1e999\n2,3\n", "csv.number"),
      ("x,y\n1,2\n3,4,5\n6,7\n", "csv.ragged"),
      ("day\n2024-01-02\n2024-02-03\n2024-03-04\n", "table.noColumns"),
      ("x,y\n1,2\n3,4\n5,7\n", "study.tooFew"),
    ])
  func refused(text: String, code: String) {
    let found = diagnostic(text)
    #expect(found?.code == code, "\(String(describing: found))")
    #expect(found?.hint != nil && found?.location?.file == "t.csv")
  }

  @Test("more clusters than rows, or than distinct rows, is said")
  func tooMany() {
    #expect(diagnostic("x,y\n1,2\n3,4\n5,7\n", ["clustering.k": "5"])?.code == "study.k")
    let twice = "x,y\n" + String(repeating: "1,2\n3,4\n", count: 20)
    #expect(diagnostic(twice, ["clustering.k": "3"])?.code == "kmeans.distinct")
  }

  // MARK: Published tables

  @Test(
    "wholesale: channel and region are categories that weigh as much as a number each",
    .enabled(if: SharedFolder.has("data/wholesale_customers.csv")))
  func wholesale() throws {
    let bytes = try SharedFolder.contents("data/wholesale_customers.csv")
    let options = try Studies.settings(["features.columns": "all"]).options
    let found = try PreparedTable(Input(path: "w.csv", bytes: bytes), options)
    #expect(
      found.features.features.map(\.name).prefix(4) == ["Channel=2", "Region=1", "Region=2", "Region=3"])
    #expect(found.features.distanceShares.allSatisfy { ($0.share - 1.0 / 8).magnitude < 1e-9 })
    #expect(found.mixed.categories.map(\.names) == [["1", "2"], ["1", "2", "3"]])
    #expect(found.mixed.numbers.columnCount == 6 && found.mixed.numbers.firstNonFinite == nil)
  }

  @Test(
    "marketing campaign: 2,240 rows, 24 incomes missing, both forms beside each other",
    .enabled(if: SharedFolder.has("data/marketing_campaign.tsv")))
  func campaign() throws {
    let bytes = try SharedFolder.contents("data/marketing_campaign.tsv")
    let options = try Studies.settings(["features.columns": "Income,Recency,Education,Marital_Status"])
      .options
    let found = try PreparedTable(Input(path: "m.tsv", bytes: bytes), options)
    #expect(found.table.rowCount == 2_240)
    #expect((0..<2_240).count { found.mixed.numbers[$0, 0].isNaN } == 24)
    #expect(found.mixed.categories.map(\.names.count) == [5, 8])
    #expect(found.points.columnCount == found.features.features.count && found.points.firstNonFinite == nil)
  }
}
