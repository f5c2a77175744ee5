import SegueCore
import SegueFeatures
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Preparing columns")
struct PreparationTests {
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

  // MARK: Transforms

  @Test("skewed values with negatives take a power, values piled up at the top too, even ones none")
  func powers() {
    let even = normals(400, Seed(1))
    let skewed = even.map { Elementary.exp($0) * 2 - 1 }
    let piled = even.map { 100 - 10 * Elementary.exp(0.6 * $0) }.map { max(0, $0) }
    let found = table([even, skewed, piled])
    #expect(found.transforms == [.none, .yeoJohnson, .yeoJohnson])
    #expect(found.reshapings[1].lambda! < 1 && found.reshapings[2].lambda! > 1)
    #expect(found.remarks.contains { $0.hasPrefix("Evened out by a power (Yeo-Johnson), because") })
    #expect(table([skewed]) { $0.transform = .none }.transforms == [.none])
    #expect(table([even]) { $0.transform = .yeoJohnson }.transforms == [.yeoJohnson])
  }

  @Test(
    "every transform and scaling keeps the order and is undone to 1e-9", arguments: (0..<12).map { Seed($0) },
    [Transform.log1p, .yeoJohnson, .none])
  func monotone(seed: Seed, transform: Transform) {
    let values = normals(200, seed).map { Elementary.exp($0) * 30 - 20 }
    for scaling in Scaling.allCases {
      let found = table([values, values.map { -$0 }]) { ($0.transform, $0.scaling) = (transform, scaling) }
      for column in 0..<2 {
        let order = (0..<200).sorted { found.raw[$0, column] < found.raw[$1, column] }
        for (lower, upper) in zip(order, order.dropFirst()) {
          #expect(found.scaled[lower, column] <= found.scaled[upper, column])
        }
      }
      for row in 0..<200 {
        let back = found.restored(Array(found.scaled.row(row)))
        for column in 0..<2 {
          #expect((back[column] - found.raw[row, column]).magnitude <= 1e-9 * max(1, back[column].magnitude))
        }
      }
    }
  }

  @Test(
    "the order of rows and of columns changes nothing but the order", arguments: (0..<10).map { Seed($0) })
  func permutation(seed: Seed) {
    let columns = (0..<4).map { index in
      normals(500, seed, index).map { index == 0 ? $0 : Elementary.exp($0 * Double(index) / 2) - 0.5 }
    }
    let rows = Array(0..<500).shuffled(seed)
    for options in [
      FeatureOptions(), options { $0.winsorize = .share(0.02) }, options { $0.outliers = .apart },
    ] {
      let plain = table(columns) { $0 = options }
      let shuffled = table(columns.map { column in rows.map { column[$0] } }) { $0 = options }
      #expect(shuffled.scaled == plain.scaled.selecting(rows: rows))
      #expect(shuffled.reshapings == plain.reshapings && shuffled.scaler == plain.scaler)
      #expect(shuffled.winsorized == plain.winsorized)
      #expect(shuffled.clusteredRows.map { rows[$0] }.sorted() == plain.clusteredRows)
      let turned = table(columns.reversed()) { $0 = options }
      for column in 0..<4 { #expect(turned.scaled.column(3 - column) == plain.scaled.column(column)) }
    }
  }

  private func options(_ change: (inout FeatureOptions) -> Void) -> FeatureOptions {
    var options = FeatureOptions()
    change(&options)
    return options
  }

  // MARK: Scaling

  @Test("a robust range of nothing never blows a column up")
  func robustRange() {
    let cases: [[Double]] = [
      (0..<200).map { $0 < 160 ? 0 : Double($0) },
      (0..<200).map { $0 < 160 ? 1e-9 * Double($0) : 100 },
      (0..<200).map { $0 < 198 ? 7 : 1_000 },
      (0..<200).map { $0 < 192 ? 1e-12 * Double($0) : 5 },
    ]
    for values in cases {
      let scaled = table([values]) { ($0.scaling, $0.transform) = (.robust, .none) }.scaled.column(0)
      #expect(scaled.allSatisfy { $0.magnitude < 20 }, "\(scaled.max()!)")
      #expect(Set(scaled).count > 1)
    }
    // Where the quartiles differ they alone count.
    let plain = table([(0..<101).map { Double($0) }]) { ($0.scaling, $0.transform) = (.robust, .none) }
    #expect(plain.scaler.scales == [50] && plain.scaler.centers == [50])
  }

  @Test("values near the limits of Double come out finite", arguments: Scaling.allCases, Transform.allCases)
  func limits(scaling: Scaling, transform: Transform) {
    let cases: [[Double]] = [
      [1e308, -1e308, 0, 5], [1.7e308, 1e308, 1.2e308, 1.5e308], [3e-308, 5e-308, 0, 1e-305],
      [-1.7e308, 1.7e308, 1.7e308, -1.7e308], (0..<60).map { $0 == 7 ? 1e308 : Double($0) },
    ]
    for values in cases {
      let found = table([values, values.reversed()]) { ($0.scaling, $0.transform) = (scaling, transform) }
      #expect(found.scaled.elements.allSatisfy { $0.isFinite }, "\(values)")
      #expect(found.distanceShares.allSatisfy { $0.share.isFinite })
      #expect((found.distanceShares.reduce(0) { $0 + $1.share } - 1).magnitude < 1e-9)
    }
  }

  // MARK: Correlation and shares

  @Test("columns that say the same are named, by value or by rank")
  func correlated() {
    let values = normals(300, Seed(6))
    let found = table([
      values, values.map { 3 - 2 * $0 }, normals(300, Seed(7)), values.map { Elementary.exp(3 * $0) },
    ]) {
      $0.transform = .none
    }
    #expect(found.correlated.map { [$0.first, $0.second] }.contains(["c0", "c1"]))
    #expect(found.correlated.first!.pearson < -0.999999 && found.correlated.first!.spearman < -0.999999)
    let byRank = found.correlated.first { $0.first == "c0" && $0.second == "c3" }
    #expect(byRank!.spearman > 0.999999 && byRank!.pearson < 0.9 && byRank!.strongest == byRank!.spearman)
    #expect(!found.correlated.contains { $0.second == "c2" || $0.first == "c2" })
    #expect(found.remarks.contains { $0.contains("c0 and c1 (-1.00)") })
  }

  /// scipy 1.17.1, `spearmanr` and `pearsonr`.
  @Test("ranks of equal values are shared")
  func ties() throws {
    let found = table([[1, 2, 2, 3, 4, 5], [1, 2, 3, 3, 4, 6]]) { $0.transform = .none }
    let pair = try #require(found.correlated.first)
    #expect((pair.spearman - 0.9558823529411764).magnitude < 1e-12)
    #expect((pair.pearson - 0.9597788566955012).magnitude < 1e-12)
  }

  @Test(
    "shares of the distance add up to 1, and are those of the mean squared difference",
    arguments: Scaling.allCases)
  func shares(scaling: Scaling) {
    let columns = [
      normals(60, Seed(1)), normals(60, Seed(2)).map { 7 * $0 }, [Double](repeating: 2, count: 60),
    ]
    let found = table(columns) { ($0.scaling, $0.transform) = (scaling, .none) }
    var sums = [0.0, 0, 0]
    for one in 0..<60 {
      for other in 0..<60 {
        for column in 0..<3 {
          let difference = found.scaled[one, column] - found.scaled[other, column]
          sums[column] += difference * difference
        }
      }
    }
    let total = sums.reduce(0, +)
    for (column, share) in found.distanceShares.enumerated() {
      #expect((share.share - sums[column] / total).magnitude < 1e-12)
    }
    #expect((found.distanceShares.reduce(0) { $0 + $1.share } - 1).magnitude < 1e-12)
    #expect(found.distanceShares.map(\.name) == ["c0", "c1", "c2"])
    if scaling == .standard { #expect((found.distanceShares[0].share - 0.5).magnitude < 1e-12) }
  }

  // MARK: Both forms

  @Test("the mixed form leaves gaps open and levels as they stand, on the scale of the other")
  func mixed() {
    let numbers = (0..<60).map { $0 % 7 == 0 ? Double.nan : Double($0) }
    let levels = (0..<60).map { Int32($0 % 4) - 1 }
    let encoded = EncodedFeatures(
      [
        FeatureSource(
          "plan", label: "plan", unit: .share, sources: [], values: .levels(levels, names: ["a", "b", "c"]),
          kind: .category),
        FeatureSource(
          "age", label: "age", unit: .plain, sources: [], values: .numbers(numbers), kind: .number),
        FeatureSource(
          "same", label: "same", unit: .plain, sources: [],
          values: .numbers([Double](repeating: 1, count: 60)), kind: .number),
      ], rows: .rows)
    #expect(encoded.leftOut.map(\.name) == ["same"] && encoded.used.map(\.name) == ["plan", "age"])
    let table = FeatureTable(encoded, FeatureOptions())
    let mixed = MixedFeatures(table, encoded)
    #expect(mixed.features.map(\.name) == ["age"] && mixed.categories.map(\.name) == ["plan"])
    #expect(mixed.categories[0].levels == levels && mixed.categories[0].names == ["a", "b", "c"])
    let column = table.features.firstIndex { $0.name == "age" }!
    for row in 0..<60 {
      if numbers[row].isNaN {
        #expect(mixed.numbers[row, 0].isNaN)
      } else {
        #expect(mixed.numbers[row, 0] == table.scaled[row, column])
      }
    }
    #expect(table.distanceShares.map(\.name) == ["plan", "age"] && table.distanceShares[0].label == "plan")
  }
}
