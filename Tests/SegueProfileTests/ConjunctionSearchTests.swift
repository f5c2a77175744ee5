import SegueCore
import SegueProfile
import Testing

@Suite("The search for the best conjunction")
struct ConjunctionSearchTests {
  private struct Case {
    var attributes: [Attribute]
    var columns: [RuleColumn]
    var weights: [Int32]

    init(_ seed: Seed) {
      var generator = seed.generator(for: .testData)
      let n = 60
      func number(_ name: String, _ unit: Unit, _ draw: (inout RandomGenerator) -> Double) -> Attribute {
        Attribute(
          name, label: name, unit: unit, sources: [],
          values: .numbers((0..<n).map { _ in generator.index(below: 8) == 0 ? .nan : draw(&generator) }))
      }
      attributes = [
        number("orders", .count) { Double(1 + $0.index(below: 5)) },
        number("spend", .money) { Elementary.exp($0.normal()) * 300 },
        Attribute(
          "plan", label: "plan", unit: .share, sources: [],
          values: .levels(
            (0..<n).map { _ in Int32(generator.index(below: 4)) - 1 }, names: ["a", "b", "c"])),
      ]
      columns = attributes.compactMap { RuleColumn($0, rows: Array(0..<n)) }
      weights = (0..<n).map { _ in Int32(generator.index(below: 3) - 1) * 10 }
    }
  }

  /// Every set of one, two or three conditions, met row by row.
  private func bruteForce(_ table: Case, _ prices: ConjunctionSearch.Prices) -> Int {
    let literals = table.columns.flatMap(\.literals)
    let fits = literals.map { literal in
      table.weights.indices.map { [literal.condition].fit($0, table.attributes) }
    }
    let price = literals.map { prices.condition + $0.roughness * prices.roughness }
    var best = 0
    func tryAll(_ start: Int, _ rows: [Int], _ paid: Int, _ left: Int) {
      for index in start..<literals.count {
        let kept = rows.filter { fits[index][$0] }
        best = max(best, kept.reduce(0) { $0 + Int(table.weights[$1]) } - paid - price[index])
        if left > 1 { tryAll(index + 1, kept, paid + price[index], left - 1) }
      }
    }
    tryAll(0, Array(table.weights.indices), 0, 3)
    return best
  }

  @Test("without a width it is as good as trying everything", arguments: (0..<25).map { Seed($0) })
  func exact(seed: Seed) throws {
    let table = Case(seed)
    #expect(table.columns.count == 3)
    let prices = ConjunctionSearch.Prices(condition: 2, roughness: 1)
    let found = ConjunctionSearch(columns: table.columns, width: nil).best(table.weights, prices)
    #expect(found?.score ?? 0 == bruteForce(table, prices))
    let quick = ConjunctionSearch(columns: table.columns).best(table.weights, prices)
    #expect(quick?.score ?? 0 <= found?.score ?? 0)
    #expect(Double(quick?.score ?? 0) >= 0.9 * Double(found?.score ?? 0))
  }

  @Test(
    "the score is what the conditions earn on the rows, less their price",
    arguments: (0..<25).map { Seed($0) })
  func honest(seed: Seed) throws {
    let table = Case(seed)
    let prices = ConjunctionSearch.Prices(condition: 3, roughness: 1)
    let found = try #require(ConjunctionSearch(columns: table.columns).best(table.weights, prices))
    let conditions = found.literals.map(\.condition)
    let earned = table.weights.indices.filter { conditions.fit($0, table.attributes) }
      .reduce(0) { $0 + Int(table.weights[$1]) }
    let paid = found.literals.reduce(0) { $0 + prices.condition + $1.roughness * prices.roughness }
    #expect(found.score == earned - paid)
    #expect(conditions.count <= 3)
    let none = ConjunctionSearch(columns: table.columns).best(table.weights, prices, above: found.score)
    #expect(none == nil)
  }

  @Test(
    "bounds are numbers that people use",
    arguments: [
      ([1, 2, 3, 4, 5, 40], Unit.count, [1, 2, 3, 4, 5, 6, 10, 20, 30, 40], [2.5, 0.5]),
      ([0.2, 0.4, 0.5, 0.9], .plain, [0.2, 0.3, 0.5, 0.9], [1.0, 0.123]),
      ([1_950, 1_960, 1_985, 1_990], .plain, [1_960, 1_985], [1_985.5, 2_000]),
      ([-50_000, -100, 0, 100, 60_000], .money, [-20_000, -100, 0, 100, 35_000], [12_345, -123]),
    ])
  func grid(values: [Double], unit: Unit, within: [Double], without: [Double]) {
    let grid = RoundNumber.grid(over: values, unit: unit).map(\.value)
    #expect(grid == grid.sorted() && Set(grid).count == grid.count)
    for value in within { #expect(grid.contains(value), "\(value)") }
    for value in without { #expect(!grid.contains(value), "\(value)") }
  }
}
