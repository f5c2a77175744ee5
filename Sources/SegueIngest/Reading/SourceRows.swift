internal import SegueCore

/// What is remarkable about a row, in bits.
struct RowMarks: OptionSet, Sendable {
  var rawValue: UInt16

  /// Another number of fields than the header; the row has no cells then.
  static let ragged = RowMarks(rawValue: 1)
  static let badTime = RowMarks(rawValue: 1 << 1)
  /// The amount, value or score cannot be read.
  static let badAmount = RowMarks(rawValue: 1 << 2)
  static let badQuantity = RowMarks(rawValue: 1 << 3)
  static let badRefund = RowMarks(rawValue: 1 << 4)
  static let badDiscount = RowMarks(rawValue: 1 << 5)
  static let badMoney: RowMarks = [.badAmount, .badQuantity, .badRefund, .badDiscount]
  /// What is bad is a number, but too large.
  static let outOfRange = RowMarks(rawValue: 1 << 6)
  /// The amount has more than four decimals.
  static let rounded = RowMarks(rawValue: 1 << 7)
  static let noAmount = RowMarks(rawValue: 1 << 8)
  /// The order id has the form of a cancellation's.
  static let cancellation = RowMarks(rawValue: 1 << 9)
  /// Repeats an earlier row byte for byte.
  static let copy = RowMarks(rawValue: 1 << 10)
  /// Judged to give money back.
  static let refund = RowMarks(rawValue: 1 << 11)
}

/// The columns that rows of one kind have beside customer and time.
protocol CellColumns: Sendable {
  /// Appends a row of the right width and says what is remarkable about it.
  mutating func append(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> RowMarks
  /// Appends a row without cells.
  mutating func appendNothing()
  /// Appends the rows of the next piece, all columns but the key.
  mutating func append(_ part: Self)
  /// A column of nearly as many texts as rows, if there is one.
  var key: TextColumn? { get set }
  mutating func reserve(_ rows: Int)
}

extension CellColumns {
  var key: TextColumn? {
    get { nil }
    set {}
  }
}

/// All rows of a file, or of a piece of one, as columns, before anyone judges them.
///
/// Some 50 bytes a row and what `Cells` needs; for the time of comparing rows 24 more.
struct SourceRows<Cells: CellColumns>: Sendable {
  private let width: Int
  private let timeColumn: Int
  private let comparesRows: Bool
  private var dates: DateReader
  /// Of the row before; nil if it has none that can be read.
  private var lastMoment: Int64?

  private var starts: [Int] = []
  private var lengths: [UInt32] = []
  private var lines: [UInt32] = []
  private var prints: [Fingerprint] = []
  var marks: [RowMarks] = []
  var time: [Int64] = []
  /// Empty texts name nobody.
  var customer: TextColumn
  var cells: Cells

  /// Reads the rows on all cores.
  ///
  /// - Parameter comparesRows: copies are to be marked.
  /// - Precondition: the source has columns for customer and time.
  /// - Complexity: one pass over the bytes.
  init(_ source: ResolvedSource, _ cells: Cells, comparesRows: Bool, _ monitor: Monitor) throws {
    width = source.file.headers.count
    timeColumn = source.column(.time)!
    customer = TextColumn(source.column(.customer)!, isKey: true)
    self.comparesRows = comparesRows
    dates = try source.dateReader(timeColumn)
    self.cells = cells
    let empty = self
    let pool = DateReaderPool(dates)
    reserve(source.file.rowCount)
    var waiting: [SourceRows] = []
    try source.file.scan.forEachPart(monitor, "reading") {
      var part = empty
      part.dates = pool.take()
      return part
    } read: { part, batch, bytes in
      var previous: RecordBatch.Record?
      for record in batch.records {
        part.take(batch, record, after: previous, bytes)
        previous = record
      }
    } merge: { part in
      pool.give(part.dates)
      waiting.append(part)
      if waiting.count == SourceRows.partsAtOnce {
        append(waiting)
        waiting = []
      }
    }
    append(waiting)
    for row in RowCopies.find(prints, where: { !marks[$0].contains(.ragged) }) {
      marks[Int(row)].insert(.copy)
    }
    prints = []
  }

  var indices: Range<Int> { marks.indices }

  /// Where a row stands in the file, without its line end.
  func place(_ row: Int) -> Range<Int> { starts[row]..<(starts[row] + Int(lengths[row])) }

  func line(_ row: Int) -> Int { Int(lines[row]) }

  // MARK: Filling

  /// - Parameter previous: of the same batch.
  private mutating func take(
    _ batch: RecordBatch, _ record: RecordBatch.Record, after previous: RecordBatch.Record?,
    _ bytes: Span<UInt8>
  ) {
    starts.append(batch.base + record.bytes.lowerBound)
    lengths.append(UInt32(clamping: record.bytes.count))
    lines.append(UInt32(clamping: record.line))
    if comparesRows { prints.append(Fingerprint(bytes.extracting(record.bytes))) }
    guard record.fieldCount == width else {
      marks.append(.ragged)
      time.append(0)
      customer.appendNothing()
      cells.appendNothing()
      return
    }
    // Rows of one order tend to follow each other.
    let isSameTime =
      if let previous, previous.fieldCount == width {
        batch.repeats(previous, record, timeColumn, in: bytes)
      } else {
        false
      }
    if !isSameTime { lastMoment = batch.trimmed(record, timeColumn, in: bytes) { dates.read($0) } }
    let moment = lastMoment
    time.append(moment ?? 0)
    batch.trimmed(record, customer.column!, in: bytes) {
      customer.append($0.extracting(CustomerKey.range($0)))
    }
    var found = cells.append(batch, record, bytes)
    if moment == nil { found.insert(.badTime) }
    marks.append(found)
  }

  /// As many as a round has.
  private static var partsAtOnce: Int { 32 }

  /// Appends the rows of some pieces; the columns whose texts are many at the same time.
  private mutating func append(_ parts: [SourceRows]) {
    let keys = [Handover(customer)] + (cells.key.map { [Handover($0)] } ?? [])
    customer = TextColumn(nil)
    cells.key = nil
    let merged = parallelMap(keys.count) { index in
      var column = keys[index].take()
      for part in parts { column.append(index == 0 ? part.customer : part.cells.key!) }
      return column
    }
    customer = merged[0]
    if merged.count > 1 { cells.key = merged[1] }
    for part in parts {
      starts += part.starts
      lengths += part.lengths
      lines += part.lines
      prints += part.prints
      marks += part.marks
      time += part.time
      cells.append(part.cells)
    }
  }

  private mutating func reserve(_ rows: Int) {
    starts.reserveCapacity(rows)
    lengths.reserveCapacity(rows)
    lines.reserveCapacity(rows)
    if comparesRows { prints.reserveCapacity(rows) }
    marks.reserveCapacity(rows)
    time.reserveCapacity(rows)
    customer.reserve(rows)
    cells.reserve(rows)
  }

  /// Lets go of what only judging needs.
  mutating func forgetPlaces() {
    starts = []
    lengths = []
    lines = []
  }
}
