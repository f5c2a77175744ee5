import SegueCore

/// What the search looks at: a sample of customers with their segments, and the attributes that tell most.
struct RuleTable: Sendable {
  /// Columns are looked at two by two, so that their number is bounded; those that separate the segments
  /// least are left out.
  private static let mostColumns = 20
  /// Customers times pairs of columns: what one search may cost.
  private static let mostCells = 1_000_000
  private static let mostRows = 20_000

  /// Most telling first.
  let columns: [RuleColumn]
  /// Position of each row's segment.
  let labels: [Int32]
  let count: Int

  /// - Parameters:
  ///   - labels: of all customers; those with −1 are not looked at.
  ///   - rows: ascending; all of them are used.
  init(_ attributes: [Attribute], labels: [Int32], segments: Int, rows: [Int]) {
    let own = rows.map { labels[$0] }
    let columns = attributes.sorted { $0.name < $1.name }.compactMap { RuleColumn($0, rows: rows) }
    let told = columns.map { RuleTable.separation($0, own, segments) }
    let order = columns.indices.sorted { (told[$1], $0) < (told[$0], $1) }
    self.columns = order.prefix(RuleTable.mostColumns).map { columns[$0] }
    (self.labels, count) = (own, segments)
  }

  /// How many customers a search over these attributes looks at.
  static func rowLimit(_ attributes: [Attribute]) -> Int {
    let columns = min(mostColumns, attributes.count { $0.isFilterable })
    return min(mostRows, mostCells / max(1, columns * (columns + 1) / 2))
  }

  /// Share of the labels' Gini impurity that knowing the bin removes (Goodman & Kruskal's τ, 1954).
  private static func separation(_ column: RuleColumn, _ labels: [Int32], _ segments: Int) -> Double {
    var counts = [Int](repeating: 0, count: (column.bins + 1) * segments)
    for (code, label) in zip(column.codes, labels) { counts[Int(code) * segments + Int(label)] += 1 }
    var concentration = 0.0
    for bin in 0...column.bins {
      let own = counts[(bin * segments)..<((bin + 1) * segments)]
      let total = own.reduce(0, +)
      if total > 0 { concentration += Double(own.reduce(0) { $0 + $1 * $1 }) / Double(total) }
    }
    return concentration
  }
}
