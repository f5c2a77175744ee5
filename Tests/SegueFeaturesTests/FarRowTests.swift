import SegueCore
import SegueFeatures
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Far values and far rows")
struct FarRowTests {
  private func table(_ columns: [[Double]], _ change: (inout FeatureOptions) -> Void = { _ in })
    -> FeatureTable
  {
    var options = FeatureOptions()
    change(&options)
    let features = columns.indices.map { Feature("c\($0)", label: "c\($0)", unit: .plain, sources: []) }
    return FeatureTable(features, columns: columns, options, rows: .rows)
  }

  private func normals(_ count: Int, _ seed: Seed, _ index: Int = 0) -> [Double] {
    var generator = seed.generator(for: .testData, index: index)
    return (0..<count).map { _ in generator.normal() }
  }

  // MARK: Winsorising

  @Test(
    "pulling in leaves ranks inside the limits alone, and counts what it moved",
    arguments: (0..<10).map { Seed($0) }, ["0.05", "2", "0.2"])
  func winsorizing(seed: Seed, text: String) throws {
    let values = normals(400, seed).map { 3 * $0 + 1 }
    let how = try #require(Winsorizing(rawValue: text))
    let found = table([values]) { ($0.winsorize, $0.transform) = (how, .yeoJohnson) }
    let limits = try #require(found.winsorized.first)
    let reshaping = found.reshapings[0]
    #expect(limits.below == values.count { $0 < reshaping.lowest ?? -.infinity })
    #expect(limits.above == values.count { $0 > reshaping.highest ?? .infinity })
    if case .share(let share) = how {
      #expect(
        (Double(limits.above) - 400 * share).magnitude <= 1 && (limits.below - limits.above).magnitude <= 1)
    }
    let order = values.indices.sorted { values[$0] < values[$1] }
    for (lower, upper) in zip(order, order.dropFirst()) {
      let isInside =
        values[lower] >= reshaping.lowest ?? -.infinity && values[upper] <= reshaping.highest ?? .infinity
      if isInside {
        #expect(found.scaled[lower, 0] < found.scaled[upper, 0])
      } else {
        #expect(found.scaled[lower, 0] <= found.scaled[upper, 0])
      }
    }
    #expect(found.raw.column(0) == values)
    #expect(found.remarks.contains { $0.hasPrefix("Values beyond a limit count as the limit, as set: c0 (") })
    #expect(table([values]) { $0.winsorize = .off }.winsorized.isEmpty)
  }

  @Test(
    "how to pull in is auto, off, a share below one half, or deviations from two up",
    arguments: [
      ("auto", true), ("off", true), ("0.01", true), ("5", true), ("2", true), ("0.5", false), ("1", false),
      ("0", false), ("-1", false), ("nan", false), ("inf", false), ("", false), ("z5", false),
    ])
  func spelling(text: String, isValid: Bool) {
    #expect((Winsorizing(rawValue: text) != nil) == isValid)
    for how in [Winsorizing.auto, .off, .share(0.025), .deviations(4.5)] {
      #expect(Winsorizing(rawValue: how.rawValue) == how)
    }
  }

  // MARK: Outliers

  @Test(
    "ten far rows or more are set apart, with the column that made them, and scales are those of the others")
  func apart() throws {
    let inside = normals(600, Seed(3))
    let columns = [inside + (0..<15).map { 40 + Double($0) }, normals(615, Seed(4))]
    let found = table(columns)
    let outliers = try #require(found.outliers)
    #expect(outliers.areApart && outliers.rows == Array(600..<615))
    #expect(outliers.columns.map(\.name) == ["c0"] && outliers.columns[0].rows == 15)
    #expect(outliers.columns[0].lowest == inside.min() && outliers.columns[0].highest == inside.max())
    #expect(found.clusteredRows == Array(0..<600))
    let clustered = found.clusteredRows.map { found.scaled[$0, 0] }
    #expect((clustered.reduce(0) { $0 + $1 * $1 } / 600 - 1).magnitude < 1e-9)
    #expect(found.remarks.contains { $0.hasPrefix("15 rows (2.4%) are set apart as a segment of their own") })
    let kept = table(columns) { ($0.outliers, $0.winsorize) = (.keep, .off) }
    #expect(kept.clusteredRows.count == 615 && kept.winsorized.isEmpty)
  }

  @Test("fewer than ten far rows are pulled in, unless told otherwise")
  func few() throws {
    let columns = [normals(600, Seed(3)) + [50, 60, -70]]
    let found = table(columns)
    #expect(found.outliers?.rows == [600, 601, 602] && found.outliers?.areApart == false)
    #expect(found.winsorized.map(\.above) == [2] && found.winsorized.map(\.below) == [1])
    #expect(
      found.remarks.contains {
        $0.contains("so that a few far rows do not decide how the others are grouped: c0 (1 below")
      })
    #expect(found.scaled.elements.allSatisfy { $0.magnitude < 8 })
    #expect(table(columns) { $0.outliers = .apart }.clusteredRows.count == 600)
    let kept = table(columns) { $0.winsorize = .off }
    #expect(
      kept.winsorized.isEmpty && kept.remarks.contains { $0.contains("They are clustered with the others.") })
  }

  @Test("more than one row in twenty is no outlier, whatever is asked for")
  func tail() {
    let values = normals(500, Seed(5))
    let one = values.enumerated().map { $0 < 20 ? ($0 % 2 == 0 ? 60 : -60) : $1 }
    let other = values.enumerated().map { $0 >= 480 ? ($0 % 2 == 0 ? 60 : -60) : $1 }
    for handling in OutlierHandling.allCases {
      let found = table([one, other]) { ($0.outliers, $0.winsorize) = (handling, .auto) }
      #expect(found.clusteredRows.count == 500 && found.winsorized.isEmpty)
      #expect(found.outliers?.rows.count == 40)
      #expect(found.remarks.contains { $0.contains("40 rows (8.0%) lie far out") })
    }
    // A cluster of more rows than that stretches the spread itself.
    #expect(table([values.enumerated().map { $0 < 40 ? $1 + 60 : $1 }]).outliers == nil)
  }

  @Test("who prescribes the transform gets just that")
  func prescribed() {
    let values = normals(600, Seed(3)) + (0..<15).map { 40 + Double($0) }
    let found = table([values]) { $0.transform = .none }
    #expect(found.outliers == nil && found.winsorized.isEmpty && found.remarks.isEmpty)
    #expect(table([values]) { ($0.transform, $0.outliers) = (.none, .apart) }.clusteredRows.count == 600)
  }

  @Test("nothing lies far out where there is no spread to lie out of, nor in few rows")
  func noSpread() {
    #expect(table([(0..<500).map { $0 < 490 ? 0 : 1_000 }]).outliers == nil)
    #expect(table([(0..<49).map { $0 < 48 ? Double($0) : 1e9 }]).outliers == nil)
  }

  @Test("of 400 tables of normal columns at most 1% has a far row")
  func falseAlarms() {
    var alarms = 0
    for seed in 0..<400 {
      let count = [60, 200, 1_000][seed % 3]
      let found = table((0..<3).map { normals(count, Seed(UInt64(seed)), $0) })
      if found.outliers != nil { alarms += 1 }
    }
    #expect(alarms <= 4, "\(alarms)")
  }
}
