import SegueCore
public import SegueProfile

/// What changed from one study to another, for terminals.
public struct ComparisonText {
  private let changes: StudyChanges
  private let money: MoneyText

  public init(_ changes: StudyChanges) {
    self.changes = changes
    money = MoneyText(currency: changes.now.currency)
  }

  public var text: String {
    var parts = [[title], changes.segments.map { "  \($0.sentence)" }, matrix, drift, figures]
    if !changes.remarks.isEmpty { parts.append(changes.remarks.map { "note: \($0)" }) }
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    func run(_ run: StudyChanges.Run) -> String {
      "\(run.title)\(run.asOf.map { " as of \($0)" } ?? ""), \(NumberText.count(run.customers, "customer"))"
    }
    return "\(run(changes.before))  →  \(run(changes.now))\nSegments: \(changes.outline)"
  }

  /// Columns are numbered, since names are long.
  private var matrix: [String] {
    let migration = changes.migration
    let rows = migration.from.indices.filter { migration.from[$0].customers > 0 }
    let columns = migration.to.indices.filter { migration.to[$0].customers > 0 }
    func mark(_ end: Migration.End) -> String { end.id.map { "#\($0)" } ?? "gone" }
    var table = [["Customers: before, then now"] + columns.map { mark(migration.to[$0]) } + ["all"]]
    for row in rows {
      let end = migration.from[row]
      let cells = columns.map { column -> String in
        guard row < migration.from.count - 1 || column < migration.to.count - 1 else { return "–" }
        let cell = migration.cell(row, column)
        return cell.customers.map { $0 == 0 ? "–" : NumberText.integer($0) }
          ?? (cell.withheld == .underTen ? "<10" : "*")
      }
      table.append(
        ["\(end.id.map { "#\($0) " } ?? "")\(end.name)"] + cells + [NumberText.integer(end.customers)])
    }
    table.append(
      ["all"] + columns.map { NumberText.integer(migration.to[$0].customers) }
        + [NumberText.integer(migration.from.reduce(0) { $0 + $1.customers })])
    let known = Set(migration.from.compactMap(\.id))
    let legend = migration.to.filter { end in end.id.map { !known.contains($0) } ?? false }
      .map { "#\($0.id!) \($0.name)" }
    let isWithheld = migration.cells.contains { $0.withheld == .bySubtraction }
    return ComparisonText.aligned(table)
      + (legend.isEmpty ? [] : ["  new: " + legend.joined(separator: "; ")])
      + (isWithheld ? ["  * withheld: it would give a figure under 10 away"] : [])
  }

  private var drift: [String] {
    guard !changes.drift.isEmpty else { return [] }
    let rows = changes.drift.map { feature in
      [
        feature.label, NumberText.fixed(feature.psi, 3), NumberText.fixed(feature.chance, 3),
        feature.reading.words,
      ]
    }
    return ComparisonText.aligned([["Drift", "index", "chance", "reading"]] + rows)
  }

  private var figures: [String] {
    let names = ["customers", "revenue", "orders", "boughtAgain"].filter { name in
      changes.figures.contains { $0.values.contains { $0.name == name } }
    }
    let rows = changes.figures.map { entry in
      [(entry.now ?? entry.before)?.name ?? "Everybody"]
        + names.map { name in
          entry.values.first { $0.name == name }.map { ChangeText.pair($0, money) } ?? "–"
        }
    }
    return ComparisonText.aligned(
      [["Key figures"] + names.map { $0 == "boughtAgain" ? "bought again" : $0 }] + rows)
  }

  /// The first column to the left, the others to the right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    return rows.map { row in
      row.enumerated().map { column, text in
        let blanks = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + blanks : blanks + text
      }.joined(separator: "  ")
    }
  }
}
