internal import SegueCore

/// Reads customers files into one table whose attributes are the union of their columns.
///
/// A customer may have several rows in it until tables are joined: which of them stays is settled there.
struct CustomerReader {
  private var table = CustomerTable()
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
    let keys = sources.flatMap(KeyCells.columns)
    for key in keys where table.notes.keyColumns.count < CustomerRowNotes.mostKeyColumns {
      // E-mail columns of all files are one column, whatever each calls it.
      let isKnown = table.notes.keyColumns.contains {
        $0.isAddress == key.isAddress && ($0.isAddress || $0.header == key.header)
      }
      if !isKnown { table.notes.keyColumns.append(key) }
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
    let keys = KeyCells(source, table.notes.keyColumns)
    let before = columns.map(\.unreadableCount)
    let header = Array(file.headers.joined(separator: "\n").utf8)
    table.notes.headerHashes[rejectFile] = InternedStrings.hash(header.span)
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
          if !rows.insert(record.bytes, in: bytes) { reason = .duplicate }
        }
        if let reason {
          book.isSetAside(reason, 0)
          data.rejects.append(
            .init(file: rejectFile, reason: reason, line: record.line, bytes: batch.place(record)))
          continue
        }
        book.isUsed(0)
        table.customer.append(index)
        var filled: Int32 = 0
        for column in columns.indices {
          if columns[column].append(&cells[column], batch, record, bytes) { filled += 1 }
        }
        table.notes.places.append(
          .init(
            file: rejectFile, line: record.line, bytes: batch.place(record),
            hash: InternedStrings.hash(bytes.extracting(record.bytes)), filled: filled))
        keys.append(batch, record, bytes, to: &table.notes.keyColumns)
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

/// Where a file keeps the columns by which other tables may name customers.
private struct KeyCells {
  private var places: [Int?]

  /// The e-mail address, then ids that are not the key.
  static func columns(_ source: ResolvedSource) -> [CustomerRowNotes.KeyColumn] {
    let headers = source.file.headers
    let address = address(source).map { [CustomerRowNotes.KeyColumn(header: headers[$0], isAddress: true)] }
    let ids = headers.indices.filter { column in
      let role = source.recognition.assignment.roles[column]
      guard role == .attribute else { return false }
      return AttributeTyping.type(headers[column], source.file.surveys[column], role: role) == .identifier
    }
    return (address ?? []) + ids.map { CustomerRowNotes.KeyColumn(header: headers[$0], isAddress: false) }
  }

  private static func address(_ source: ResolvedSource) -> Int? {
    let roles = source.recognition.assignment.roles
    return roles.firstIndex(of: .email)
      ?? roles.indices.first { roles[$0] != .customer && source.file.surveys[$0].emailShare > 0.5 }
  }

  init(_ source: ResolvedSource, _ columns: [CustomerRowNotes.KeyColumn]) {
    places = columns.map { column in
      column.isAddress ? KeyCells.address(source) : source.file.headers.firstIndex(of: column.header)
    }
  }

  func append(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>,
    to columns: inout [CustomerRowNotes.KeyColumn]
  ) {
    for (index, place) in places.enumerated() {
      let key = place.map { column in
        batch.trimmed(record, column, in: bytes) { cell in
          let id = cell.extracting(CustomerKey.range(cell))
          return id.isEmpty ? CellKey.none : CellKey(id, isAddress: columns[index].isAddress)
        }
      }
      columns[index].keys.append(key ?? .none)
    }
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

  /// - Returns: whether the cell says something.
  mutating func append(
    _ cells: inout AttributeCells, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> Bool {
    let isMissing = cells.column.map {
      batch.trimmed(record, $0, in: bytes) { $0.isEmpty || CustomerKey.isNull($0) }
    }
    let column = isMissing == false ? cells.column : nil
    if column == nil { missing += 1 }
    switch type {
    case .number:
      return appendNumber(
        column.flatMap { batch.trimmed(record, $0, in: bytes) { cells.numbers.double($0) } }, column)
    case .date:
      let seconds = column.flatMap { batch.trimmed(record, $0, in: bytes) { cells.dates.read($0) } }
      return appendNumber(seconds.map { Double(LocalTime(seconds: $0).day.daysSinceEpoch) }, column)
    case .category, .flag: labels.append(column, batch, record, bytes)
    case .text, .identifier, .pii: break
    }
    return column != nil
  }

  private mutating func appendNumber(_ value: Double?, _ column: Int?) -> Bool {
    numbers.append(value ?? .nan)
    if value == nil, column != nil {
      missing += 1
      unreadableCount += 1
    }
    return value != nil
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
