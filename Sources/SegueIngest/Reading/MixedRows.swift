internal import SegueCore

/// Some rows of a table whose chosen columns all can be read.
struct MixedRows: Sendable {
  private(set) var places: [Range<Int>] = []
  private(set) var badCount = 0
  private var numbers: [[Double]]
  private var levels: [TextColumn]
  private let width: Int
  private let chosen: [(column: Int, reading: ColumnChoice.Reading)]
  private let numberColumns: [Int]
  private let levelColumns: [Int]
  private let readers: [NumberReader]
  private let reports: Bool
  /// What keeps rows from being read: the first cells, or rows of another width, and the number of the others.
  private var issues: [Issue] = []
  private var furtherIssues = 0
  private var row: [Double]

  private struct Issue {
    var place: Range<Int>
    var line: Int
    /// Nil if it is the number of fields.
    var column: Int?
  }

  init(_ source: ResolvedSource, _ chosen: [(column: Int, reading: ColumnChoice.Reading)]) {
    self.chosen = chosen
    numberColumns = chosen.filter { $0.reading == .number }.map(\.column)
    levelColumns = chosen.filter { $0.reading != .number }.map(\.column)
    width = source.file.headers.count
    readers = numberColumns.map { NumberReader(decimal: source.decimalMark($0).value) }
    reports = source.options.onBadRow == .fail
    numbers = [[Double]](repeating: [], count: numberColumns.count)
    levels = levelColumns.map { TextColumn($0) }
    row = [Double](repeating: 0, count: numberColumns.count)
  }

  mutating func take(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) {
    var isReadable = record.fieldCount == width
    if isReadable {
      for (index, column) in numberColumns.enumerated() {
        let value = batch.trimmed(record, column, in: bytes) { cell in
          readers[index].double(cell) ?? (MissingWord.isNumber(cell) ? .nan : .infinity)
        }
        row[index] = value
        if value.isInfinite {
          isReadable = false
          note(Issue(place: batch.place(record), line: record.line, column: column))
        }
      }
    } else {
      note(Issue(place: batch.place(record), line: record.line))
    }
    guard isReadable else {
      badCount += 1
      return
    }
    for index in row.indices { numbers[index].append(row[index]) }
    for (index, column) in levelColumns.enumerated() {
      batch.trimmed(record, column, in: bytes) { cell in
        if MissingWord.isLevel(cell) { levels[index].appendNothing() } else { levels[index].append(cell) }
      }
    }
    places.append(batch.place(record))
  }

  private mutating func note(_ issue: Issue) {
    if issues.count < DiagnosticGatherer.limit { issues.append(issue) } else { furtherIssues += 1 }
  }

  mutating func append(_ part: MixedRows) {
    for index in numbers.indices { numbers[index] += part.numbers[index] }
    for index in levels.indices { levels[index].append(part.levels[index]) }
    places += part.places
    badCount += part.badCount
    for issue in part.issues { note(issue) }
    furtherIssues += part.furtherIssues
  }

  func throwIfBad(_ file: SourceFile) throws {
    guard reports else { return }
    var gatherer = DiagnosticGatherer()
    let diagnosis = RowDiagnosis(file)
    for issue in issues {
      let row = try RereadRow(file, issue.place, line: issue.line)
      gatherer.add(issue.column.map { diagnosis.number(row, $0) } ?? diagnosis.ragged(row))
    }
    gatherer.addFurther(furtherIssues)
    try gatherer.throwIfAny()
  }

  /// In the order they were chosen.
  ///
  /// - Parameter names: of all columns of the file.
  func columns(_ names: [String]) -> [ColumnTable.Column] {
    chosen.map { choice in
      if choice.reading == .number {
        let values = numbers[numberColumns.firstIndex(of: choice.column)!]
        return ColumnTable.Column(name: names[choice.column], values: .numbers(values))
      }
      let column = levels[levelColumns.firstIndex(of: choice.column)!]
      var labels = Labels()
      (labels.codes, labels.texts) = (column.codes, column.texts)
      let (levelNames, rankOf) = labels.alphabet
      let codes = labels.codes.map { $0 < 0 ? -1 : rankOf[Int($0)] }
      return ColumnTable.Column(
        name: names[choice.column],
        values: .levels(codes, names: levelNames, isFlag: choice.reading == .flag))
    }
  }
}
