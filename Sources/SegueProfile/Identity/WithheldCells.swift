/// Which cells of a table of counts are withheld where its margins are known: those of fewer than ten, and as many
/// others as it takes that subtraction does not give them away.
///
/// A line (row or column) with withheld cells holds at least two, and at least ten of what is counted in them. A cell
/// can be worked out from the margins exactly if it is a bridge of the graph whose vertices are lines and whose edges
/// are the withheld cells, so no cell under ten is one. Zeros are shown, unless nothing else is left to withhold.
struct WithheldCells {
  enum Standing { case shown, underTen, complement }

  static let least = 10

  private(set) var standing: [[Standing]]
  private let counts: [[Int]]
  /// Cells that cannot hold anything, such as customers who were never there.
  private let isVoid: (Int, Int) -> Bool

  init(_ counts: [[Int]], isVoid: @escaping (_ row: Int, _ column: Int) -> Bool = { _, _ in false }) {
    self.counts = counts
    self.isVoid = isVoid
    standing = counts.map { $0.map { (1..<WithheldCells.least).contains($0) ? .underTen : .shown } }
    // Every round withholds a cell or ends.
    while withholdInLines() || withholdBesideBridge() {}
  }

  private var rows: Range<Int> { 0..<counts.count }
  private var columns: Range<Int> { 0..<(counts.first?.count ?? 0) }

  private typealias Cell = (row: Int, column: Int)

  private var lines: [[Cell]] {
    rows.map { row in columns.map { (row, $0) } } + columns.map { column in rows.map { ($0, column) } }
  }

  private func isWithheld(_ cell: Cell) -> Bool { standing[cell.row][cell.column] != .shown }

  private mutating func withholdInLines() -> Bool {
    for line in lines {
      let withheld = line.filter(isWithheld)
      guard !withheld.isEmpty else { continue }
      let sum = withheld.reduce(0) { $0 + counts[$1.row][$1.column] }
      if withheld.count >= 2, sum >= WithheldCells.least { continue }
      if withholdOne(of: line) { return true }
    }
    return false
  }

  /// The smallest cell that is shown, of equals one whose other line has withheld cells already; zeros last.
  private mutating func withholdOne(of line: [Cell]) -> Bool {
    let candidates = line.filter { !isWithheld($0) && !isVoid($0.row, $0.column) }
    func rank(_ cell: Cell) -> (Int, Int, Int, Int, Int) {
      let count = counts[cell.row][cell.column]
      let inRow = columns.count { standing[cell.row][$0] != .shown }
      let inColumn = rows.count { standing[$0][cell.column] != .shown }
      return (count == 0 ? 1 : 0, count, inRow > 0 && inColumn > 0 ? 0 : 1, cell.row, cell.column)
    }
    guard let cell = candidates.min(by: { rank($0) < rank($1) }) else { return false }
    standing[cell.row][cell.column] = .complement
    return true
  }

  private mutating func withholdBesideBridge() -> Bool {
    for row in rows {
      for column in columns where standing[row][column] == .underTen && isBridge((row, column)) {
        if withholdOne(of: columns.map { (row, $0) }) || withholdOne(of: rows.map { ($0, column) }) {
          return true
        }
      }
    }
    return false
  }

  /// Whether the cell's row and column are joined by no other way through withheld cells.
  private func isBridge(_ cell: Cell) -> Bool {
    var reached: Set<Int> = [cell.row]
    var open = [cell.row]
    while let line = open.popLast() {
      let isRow = line < counts.count
      for other in isRow ? columns : rows {
        let (row, column) = isRow ? (line, other) : (other, line - counts.count)
        guard standing[row][column] != .shown, (row, column) != cell else { continue }
        let next = isRow ? column + counts.count : row
        if reached.insert(next).inserted { open.append(next) }
      }
    }
    return !reached.contains(cell.column + counts.count)
  }
}
