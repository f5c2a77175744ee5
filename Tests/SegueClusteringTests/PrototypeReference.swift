import SegueClustering
import SegueNumerics
import SegueTestSupport

/// `reference/kprototypes.json`: best known costs, and the tables they are of.
struct PrototypeReference: Decodable {
  struct Case: Decodable {
    struct Entry: Decodable {
      var best_known_cost: Double
      var sizes_desc: [Int]
    }
    var rows: Int
    var numeric_z_scored: [String]
    var categorical: [String]
    var gamma: Double
    var k: [String: Entry]
  }

  static let names = ["marketing_income_below_600000_g0.5", "telco_g1", "telco_kmodes"]

  var cases: [String: Case] = [:]

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for name in Self.names { cases[name] = try container.decode(Case.self, forKey: Key(name)) }
  }

  static func load(_ name: String) throws -> (expected: Case, table: MixedTable) {
    let all = try SharedFolder.json("reference/kprototypes.json", as: PrototypeReference.self)
    let expected = all.cases[name]!
    let isTelco = name.hasPrefix("telco")
    var (header, rows) = try records(
      isTelco ? "data/telco_customer_churn.csv" : "data/marketing_campaign.tsv",
      separator: isTelco ? "," : "\t")
    if !isTelco {
      let income = header.firstIndex(of: "Income")!
      rows = rows.filter { Double($0[income]).map { $0 < 600_000 } ?? false }
    }
    func column(_ name: String) -> [String] {
      let index = header.firstIndex(of: name)!
      return rows.map { $0[index] }
    }
    let columns = expected.numeric_z_scored.map { column($0).map { Double($0)! } }
    let numbers = Matrix(rows: rows.indices.map { row in columns.map { $0[row] } })
    return (
      expected,
      try MixedTable(
        numbers: ReferenceMatrices.standardized(numbers), numberNames: expected.numeric_z_scored,
        categories: expected.categorical.map { CategoricalColumn(name: $0, values: column($0)) })
    )
  }

  private static func records(
    _ file: String, separator: Character
  ) throws -> (header: [String], rows: [[String]]) {
    let lines = String(decoding: try SharedFolder.contents(file), as: UTF8.self).split(
      whereSeparator: \.isNewline
    )
    .map { $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init) }
    return (lines[0], Array(lines.dropFirst()))
  }
}

/// What the cost of a labelling is by definition, from the table alone.
func naiveCost(_ table: MixedTable, labels: [Int32], gamma: Double, weights: [Double]? = nil) -> Double {
  let weights = weights ?? [Double](repeating: 1, count: table.rowCount)
  var cost = 0.0
  for label in Set(labels) {
    let rows = labels.indices.filter { labels[$0] == label }
    for column in 0..<table.numbers.columnCount {
      let present = rows.filter { !table.numbers[$0, column].isNaN }
      let weight = present.reduce(0) { $0 + weights[$1] }
      let mean = present.reduce(0) { $0 + weights[$1] * table.numbers[$1, column] } / weight
      for row in present {
        cost += weights[row] * (table.numbers[row, column] - mean) * (table.numbers[row, column] - mean)
      }
    }
    for category in table.categories {
      var counts: [Int32: Double] = [:]
      for row in rows where category.codes[row] >= 0 {
        counts[category.codes[row], default: 0] += weights[row]
      }
      cost += gamma * (counts.values.reduce(0, +) - (counts.values.max() ?? 0))
    }
  }
  return cost
}
