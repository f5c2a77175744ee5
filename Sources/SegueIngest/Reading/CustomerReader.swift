internal import SegueCore

/// Reads customers files into one table whose attributes are the union of their columns.
struct CustomerReader {
  private var table = CustomerTable()
  private var seen: Set<Int32> = []
  private var columns: [AttributeColumn] = []

  /// Settles the attributes of all files before the first is read.
  init(_ sources: [ResolvedSource]) {
    var position: [String: Int] = [:]
    for source in sources {
      for column in source.file.headers.indices where source.recognition.assignment.roles[column] != .customer
      {
        let role = source.recognition.assignment.roles[column]
        if role == .ignored { continue }
        let header = source.file.headers[column]
        var type = AttributeTyping.type(header, source.file.surveys[column], role: role)
        if type == .date, source.dateOrder(column) == nil { type = .text }
        if let known = position[header] {
          columns[known].merge(type)
        } else {
          position[header] = columns.count
          columns.append(AttributeColumn(name: header, type: type))
        }
      }
    }
  }

  /// - Returns: the file's account.
  mutating func read(
    _ source: ResolvedSource, rejectFile: Int32, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer,
    _ monitor: Monitor
  ) throws -> CleaningLedger.File {
    var book = LedgerBook(CleaningLedger.File(file: source.file.name, kind: .customers))
    let file = source.file
    let customer = source.column(.customer)!
    let diagnosis = RowDiagnosis(file)
    var rows = RowSet()
    var cells = try columns.map { try AttributeCells($0, source) }
    let before = columns.map(\.unreadableCount)
    try file.scan.forEachBatch(monitor, "reading") { batch, bytes in
      for record in batch.records {
        book.comesIn(0)
        var reason: SetAsideReason?
        var index: Int32 = -1
        if record.fieldCount != file.headers.count {
          if source.options.onBadRow == .fail { gatherer.add(diagnosis.ragged(batch, record)) }
          reason = .unreadable
        } else if batch.trimmed(record, customer, in: bytes, { CustomerKey.range($0).isEmpty }) {
          reason = .missingCustomer
        } else {
          index = batch.trimmed(record, customer, in: bytes) {
            data.customerIDs.intern($0.extracting(CustomerKey.range($0)))
          }
          let isCopy = !rows.insert(record.bytes, in: bytes)
          if !seen.insert(index).inserted { reason = isCopy ? .duplicate : .repeatedCustomer }
        }
        if let reason {
          book.isSetAside(reason, 0)
          data.rejects.append(
            .init(file: rejectFile, reason: reason, line: record.line, bytes: batch.place(record)))
          continue
        }
        book.isUsed(0)
        table.customer.append(index)
        for column in columns.indices { columns[column].append(&cells[column], batch, record, bytes) }
      }
    }
    for (column, count) in zip(columns, before) {
      book.remark(
        "cells of \(column.name) that cannot be read taken as missing", rows: column.unreadableCount - count)
    }
    return book.closed()
  }

  func finished() -> CustomerTable {
    var table = table
    table.attributes = columns.map(\.attribute)
    return table
  }
}

/// Where a file keeps an attribute and how its cells read.
private struct AttributeCells {
  var column: Int?
  var numbers: NumberReader
  var dates: DateReader

  init(_ attribute: AttributeColumn, _ source: ResolvedSource) throws {
    column = source.file.headers.firstIndex(of: attribute.name)
    numbers = NumberReader(decimal: column.map { source.decimalMark($0).value } ?? 0x2E)
    dates = try source.dateReader(column ?? 0)
  }
}

/// An attribute while it is filled.
private struct AttributeColumn {
  let name: String
  private var type: CustomerTable.AttributeType
  private var numbers: [Double] = []
  private var labels = Labels()
  private var missing = 0
  private(set) var unreadableCount = 0

  init(name: String, type: CustomerTable.AttributeType) {
    self.name = name
    self.type = type
  }

  /// Files that disagree about a column make it a category; what one does not keep none keeps.
  mutating func merge(_ other: CustomerTable.AttributeType) {
    guard other != type else { return }
    let loose: Set<CustomerTable.AttributeType> = [.number, .category, .flag]
    if loose.contains(type), loose.contains(other) {
      type = .category
    } else {
      type = type == .pii || other == .pii ? .pii : .text
    }
  }

  mutating func append(
    _ cells: inout AttributeCells, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) {
    let isMissing = cells.column.map {
      batch.trimmed(record, $0, in: bytes) { $0.isEmpty || CustomerKey.isNull($0) }
    }
    let column = isMissing == false ? cells.column : nil
    if column == nil { missing += 1 }
    switch type {
    case .number:
      appendNumber(
        column.flatMap { batch.trimmed(record, $0, in: bytes) { cells.numbers.double($0) } }, column)
    case .date:
      let seconds = column.flatMap { batch.trimmed(record, $0, in: bytes) { cells.dates.read($0) } }
      appendNumber(seconds.map { Double(LocalTime(seconds: $0).day.daysSinceEpoch) }, column)
    case .category, .flag: labels.append(column, batch, record, bytes)
    case .text, .identifier, .pii: break
    }
  }

  private mutating func appendNumber(_ value: Double?, _ column: Int?) {
    numbers.append(value ?? .nan)
    if value == nil, column != nil {
      missing += 1
      unreadableCount += 1
    }
  }

  var attribute: CustomerTable.Attribute {
    let values: CustomerTable.Values =
      switch type {
      case .number, .date: .numbers(numbers)
      case .category, .flag: .labels(labels)
      case .text, .identifier, .pii: .notKept
      }
    return CustomerTable.Attribute(name: name, type: type, values: values, missingCount: missing)
  }
}
