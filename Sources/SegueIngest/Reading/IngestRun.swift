internal import SegueCore

/// One call of ``ingest(_:_:monitor:)``: files in, tables, ledger and rejects out.
struct IngestRun {
  private let sources: [ResolvedSource]
  private let options: IngestOptions
  private let monitor: Monitor
  private let scans: [OrderScan?]
  /// Rows of orders files by position of their source, until they are judged.
  private var orderRows: [SourceRows<OrderCells>?]
  private let currency: CurrencyChoice
  private let overlaps: [FileOverlap]
  private var data = IngestedData()
  private var gatherer = DiagnosticGatherer()
  /// Accounts by position of their source.
  private var accounts: [CleaningLedger.File?]

  /// - Throws: ``SegueCore/SegueError`` `ingest.currency`.
  init(_ sources: [ResolvedSource], _ options: IngestOptions, _ monitor: Monitor) throws {
    self.sources = sources
    self.options = options
    self.monitor = monitor
    orderRows = try sources.map { $0.kind == .orders ? try SourceRows(orders: $0, monitor) : nil }
    scans = zip(sources, orderRows).map { source, rows in rows.map { OrderScan(source, $0) } }
    currency = try CurrencyChoice(
      scans.compactMap { $0 }, sources.filter { $0.kind == .orders }, wanted: options.currency)
    accounts = [CleaningLedger.File?](repeating: nil, count: sources.count)
    // A file's grain is its own, whatever other files hold.
    overlaps = try FileOverlap.mark(&orderRows, sources)
    for source in sources { _ = data.rejects.addFile(source.file.store) }
  }

  private func positions(_ kind: TableKind) -> [Int] { sources.indices.filter { sources[$0].kind == kind } }

  mutating func readOrders() throws {
    let positions = positions(.orders)
    guard !positions.isEmpty else { return }
    var table = OrderTable(of: positions.map { sources[$0] })
    var readers: [OrderReader] = []
    for position in positions {
      var reader = OrderReader(
        sources[position], scans[position]!, currency.code, rejectFile: Int32(position))
      try reader.read(orderRows[position].take()!, into: &table, &data, &gatherer)
      readers.append(reader)
    }
    try gatherer.throwIfAny()
    for reader in readers where reader.book.overflows { throw overflow(reader.book.file.file) }
    table.complete(of: positions.map { sources[$0] })
    withdrawOnlyRefunds(&table, &readers)
    for (position, reader) in zip(positions, readers) { accounts[position] = reader.book.closed() }
    for overlap in overlaps {
      accounts[overlap.position]!.remarks.append(overlap.remark(isLeftOut: isLeftOut(overlap)))
    }
    guard table.rowCount > 0 else { throw nothingLeft(positions) }
    data.orders = table
  }

  /// Whether the copies are proven to be such, or unwanted anyway.
  private func isLeftOut(_ overlap: FileOverlap) -> Bool {
    switch options.duplicates {
    case .drop: true
    case .auto: scans[overlap.position]!.grain == .order
    case .keep: false
    }
  }

  /// Sets aside the refunds of customers who bought nothing in any file.
  private mutating func withdrawOnlyRefunds(_ table: inout OrderTable, _ readers: inout [OrderReader]) {
    guard readers.contains(where: { !$0.refundRows.isEmpty }) else { return }
    var buys = [Bool](repeating: false, count: data.customerIDs.count)
    for row in table.customer.indices where !table.isRefund[row] { buys[Int(table.customer[row])] = true }
    var stays: [Int32] = []
    stays.reserveCapacity(table.rowCount)
    for row in table.customer.indices where buys[Int(table.customer[row])] { stays.append(Int32(row)) }
    guard stays.count < table.rowCount else { return }
    for index in readers.indices {
      for row in readers[index].refundRows where !buys[Int(table.customer[row.tableRow])] {
        readers[index].withdraw(row)
        data.rejects.append(row.entry)
      }
    }
    table.keep(stays)
  }

  mutating func readCustomers() throws {
    let positions = positions(.customers)
    guard !positions.isEmpty else { return }
    var reader = CustomerReader(positions.map { sources[$0] })
    for position in positions {
      accounts[position] = try reader.read(
        sources[position], rejectFile: Int32(position), &data, &gatherer, monitor)
    }
    let table = reader.finished()
    try gatherer.throwIfAny()
    guard table.rowCount > 0 else { throw nothingLeft(positions) }
    data.customers = table
  }

  mutating func readEvents() throws {
    let positions = positions(.events)
    guard !positions.isEmpty else { return }
    var table = EventTable()
    for position in positions {
      accounts[position] = try EventReader.read(
        sources[position], rejectFile: Int32(position), into: &table, &data, &gatherer, monitor)
    }
    try gatherer.throwIfAny()
    guard table.rowCount > 0 else { throw nothingLeft(positions) }
    data.events = table
  }

  mutating func readFeedback() throws {
    let positions = positions(.feedback)
    guard !positions.isEmpty else { return }
    var table = FeedbackTable()
    for position in positions {
      accounts[position] = try FeedbackReader.read(
        sources[position], rejectFile: Int32(position), into: &table, &data, &gatherer, monitor)
    }
    try gatherer.throwIfAny()
    guard table.rowCount > 0 else { throw nothingLeft(positions) }
    data.feedback = table
  }

  consuming func finished() throws -> IngestedData {
    var data = data
    data.ledger.files = accounts.compactMap { $0 }
    data = CustomerJoin.joined(data, options)
    if options.duplicates == .auto {
      data.joining.warnings += overlaps.filter { !isLeftOut($0) }.map(\.warning)
    }
    data.rejects.sort()
    data.sources = sources.indices.map {
      SourceInspection(sources[$0], grain: scans[$0]?.grain, findings: sources[$0].findings(scans[$0]))
    }
    data.currency = currency.code.isNone ? nil : currency.code.text
    return data
  }

  // MARK: When nothing can be used

  private func nothingLeft(_ positions: [Int]) -> SegueError {
    SegueError(
      .data,
      positions.map { position in
        let account = accounts[position]!
        let place = Diagnostic.Location(file: account.file)
        let rows = NumberText.integer(account.rowsIn)
        let only = account.setAside.count == 1 ? account.setAside.first?.reason : nil
        switch only {
        case .onlyRefunds, .refund:
          return Diagnostic(
            "ingest.onlyRefunds", "all \(rows) rows are refunds; nothing was sold", at: place,
            hint: "add the file with the orders, or check the sign of the amounts")
        case .missingCustomer:
          let column = sources[position].column(.customer).map { sources[position].file.headers[$0] } ?? ""
          return Diagnostic(
            "ingest.anonymous", "none of the \(rows) rows names a customer: column \"\(column)\" is empty",
            at: place,
            hint: "name the column that holds customers: --column customer=HEADER")
        default:
          let reasons = account.setAside.map { "\($0.reason.wording): \(NumberText.integer($0.rows))" }
          return Diagnostic(
            "ingest.nothingLeft", "none of the \(rows) rows can be used (\(reasons.joined(separator: ", ")))",
            at: place, hint: "see what the columns were taken for: segue inspect \(account.file)")
        }
      })
  }

  private func overflow(_ file: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "ingest.moneyOverflow", "the amounts add up to more than 922 trillion", at: .init(file: file),
        hint: "check which column is the amount: --column amount=HEADER"))
  }
}
