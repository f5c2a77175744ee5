public import SegueCore

/// Any table of numbers and categories, for clustering things that need not be customers.
public struct ColumnTable: Sendable {
  public enum Values: Sendable {
    /// One a row, NaN where it is missing.
    case numbers([Double])
    /// One a row, −1 where it is missing; names in alphabetical order.
    case levels([Int32], names: [String], isFlag: Bool)
  }

  public struct Column: Sendable {
    /// The header as written; a further column of that name, or one without, is called by its place.
    public var name: String
    public var values: Values
  }

  /// A column that is not read, and why.
  public struct UnreadColumn: Sendable, Hashable {
    public enum Reason: String, Sendable {
      case identifier
      /// Whole numbers that rise by the row.
      case rowNumber
      case personal
      /// No cell says anything.
      case empty
      case date
      case text
      /// Could be read on request.
      case category
      case flag
      /// A category in numbers, by its name.
      case code
    }

    public var name: String
    public var reason: Reason
  }

  public var columns: [Column]
  public var headers: [String]
  public var rowCount: Int { rows.count }
  /// The rows used, as ranges of the table's text, without their line ends.
  package var rows: [Range<Int>]
  /// The table in UTF-8.
  package var text: ByteStore
  package var delimiter: UInt8
  public var ledger: CleaningLedger.File
  public var unread: [UnreadColumn]
}

extension ColumnTable {
  /// The name that asks for every column that can be read.
  public static let all = "all"

  /// - Parameter wanted: columns by header, in that order; `all` for every number and category. Empty reads
  ///   every column of numbers that is no id, or the categories of a table without such columns.
  /// - Throws: ``SegueError`` `table.column` for a header that is not there, `table.date` for dates asked for,
  ///   `table.noColumns` where nothing can be clustered on, `csv.number` for a cell that is no finite number and
  ///   no word for "missing" (unless such rows are skipped), and those of reading a file.
  /// - Complexity: two passes over the bytes, on all cores.
  public init(
    _ input: Input, columns wanted: [String] = [], _ options: IngestOptions = IngestOptions(),
    monitor: Monitor = .silent
  ) throws {
    let source = try ResolvedSource(input, options, monitor)
    let file = source.file
    if let problem = source.emptiness ?? source.missingHeader { throw SegueError.data(problem) }
    var choice = ColumnChoice(source)
    try choice.choose(wanted, source)
    headers = file.headers
    text = file.store
    delimiter = file.dialect.delimiter
    let part = MixedRows(source, choice.chosen)
    var whole = part
    try file.scan.forEachPart(monitor, "reading") {
      part
    } read: { part, batch, bytes in
      for record in batch.records { part.take(batch, record, bytes) }
    } merge: {
      whole.append($0)
    }
    try whole.throwIfBad(file)
    ledger = CleaningLedger.File(file: file.name, kind: .customers)
    ledger.rowsIn = whole.places.count + whole.badCount
    ledger.rowsUsed = whole.places.count
    if whole.badCount > 0 {
      ledger.setAside = [.init(reason: .unreadable, rows: whole.badCount, money: .zero)]
    }
    rows = whole.places
    columns = whole.columns(choice.names)
    unread = choice.unread
    if wanted.isEmpty || wanted == [ColumnTable.all] { leaveOutRowNumbers(choice.names) }
    guard !columns.isEmpty else { throw choice.nothing(source) }
  }

  /// Leaves only the marked rows; the others count as empty.
  package mutating func keep(_ stays: [Bool]) {
    let left = stays.count { !$0 }
    guard left > 0 else { return }
    func kept<Value>(_ column: [Value]) -> [Value] {
      column.indices.filter { stays[$0] }.map { column[$0] }
    }
    rows = kept(rows)
    for index in columns.indices {
      switch columns[index].values {
      case .numbers(let values): columns[index].values = .numbers(kept(values))
      case .levels(let levels, let names, let isFlag):
        columns[index].values = .levels(kept(levels), names: names, isFlag: isFlag)
      }
    }
    ledger.rowsUsed -= left
    if let line = ledger.setAside.firstIndex(where: { $0.reason == .empty }) {
      ledger.setAside[line].rows += left
    } else {
      ledger.setAside.append(.init(reason: .empty, rows: left, money: .zero))
    }
  }

  private mutating func leaveOutRowNumbers(_ names: [String]) {
    let found = columns.filter(ColumnTable.countsRows).map(\.name)
    guard !found.isEmpty, found.count < columns.count else { return }
    columns.removeAll { found.contains($0.name) }
    unread += found.map { UnreadColumn(name: $0, reason: .rowNumber) }
    let place = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    unread.sort { place[$0.name] ?? 0 < place[$1.name] ?? 0 }
  }

  /// Fewer rows may rise by chance.
  private static let fewestRising = 20

  /// Whether whole numbers rise from row to row and leave out less than every other one.
  private static func countsRows(_ column: Column) -> Bool {
    guard case .numbers(let values) = column.values, values.count >= fewestRising else { return false }
    guard values[values.count - 1] - values[0] < 2 * Double(values.count) else { return false }
    return values.indices.allSatisfy { row in
      values[row] == values[row].rounded() && (row == 0 || values[row] > values[row - 1])
    }
  }
}
