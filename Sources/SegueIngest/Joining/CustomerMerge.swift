/// Makes one row of all rows about a customer: the fullest, with its gaps filled from the others.
///
/// Equally full rows come in order of a checksum of their bytes, then of their file's header, so that no order
/// of rows or files decides.
struct CustomerMerge {
  /// Rows that only say what the row that stays says too; ascending, as the next.
  private(set) var takenIn: [Int] = []
  /// Rows that differ from the row that stays in at least one attribute.
  private(set) var differing: [Int] = []

  /// Rows of each customer who has several, the fullest first.
  private let groups: [[Int]]

  /// Leaves one row per customer in the table.
  ///
  /// - Precondition: the table has its notes.
  /// - Complexity: O(rows), and the cells of repeated customers.
  init(_ table: inout CustomerTable) {
    groups = CustomerMerge.groups(table)
    guard !groups.isEmpty else { return }
    var stays = [Bool](repeating: true, count: table.rowCount)
    for row in groups.joined() { stays[row] = false }
    for group in groups { stays[group[0]] = true }
    var differs = [Bool](repeating: false, count: table.rowCount)
    for index in table.attributes.indices {
      switch table.attributes[index].values {
      case .numbers(var numbers):
        fill(&numbers, &differs) { $0.isNaN }
        table.attributes[index].values = .numbers(numbers)
      case .labels(var labels):
        fill(&labels.codes, &differs) { $0 < 0 }
        table.attributes[index].values = .labels(labels)
      case .notKept: break
      }
    }
    for row in stays.indices where !stays[row] {
      if differs[row] { differing.append(row) } else { takenIn.append(row) }
    }
    table.keep(stays)
  }

  private static func groups(_ table: CustomerTable) -> [[Int]] {
    var first: [Int32: Int] = [:]
    var several: [Int32: [Int]] = [:]
    for (row, customer) in table.customer.enumerated() {
      if let other = first[customer] {
        several[customer, default: [other]].append(row)
      } else {
        first[customer] = row
      }
    }
    let notes = table.notes
    func precedes(_ a: Int, _ b: Int) -> Bool {
      let (a, b) = (notes.places[a], notes.places[b])
      return (-a.filled, a.hash, notes.headerHashes[a.file] ?? 0)
        < (-b.filled, b.hash, notes.headerHashes[b.file] ?? 0)
    }
    // Groups know nothing of each other: the order of the dictionary leaves no trace.
    return several.values.map { $0.sorted(by: precedes) }
  }

  /// Fills the gaps of one column in the rows that stay, and marks the rows that say something else.
  private func fill<Cell: Equatable>(
    _ cells: inout [Cell], _ differs: inout [Bool], isMissing: (Cell) -> Bool
  ) {
    for group in groups {
      for row in group.dropFirst() where !isMissing(cells[row]) {
        if isMissing(cells[group[0]]) {
          cells[group[0]] = cells[row]
        } else if cells[row] != cells[group[0]] {
          differs[row] = true
        }
      }
    }
  }
}
