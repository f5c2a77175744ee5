internal import SegueCore

/// What must be known of a whole orders file before its first row can be judged.
struct OrderScan {
  var grain: OrderGrain = .order
  /// Rows that repeat an earlier row byte for byte, by number of row; empty if there are none.
  var isDuplicate: [Bool] = []
  var duplicateCount = 0
  /// Rows per currency, in order of appearance.
  var currencies: [(code: CurrencyCode, rows: Int)] = []
  /// Ids of a `C` and digits mark cancellation invoices, because most ids are digits only.
  var hasCancellationIDs = false
  /// Order ids that stand on differing rows although the file is not of order lines.
  var repeatedOrderCount = 0
  /// Each line repeats the total of its order, which counts once.
  var repeatsTotals = false

  /// - Complexity: one pass over the bytes.
  init(_ source: ResolvedSource, _ monitor: Monitor) throws {
    let file = source.file
    let orderColumn = source.column(.orderID)
    let currencyColumn = source.column(.currency)
    let amountColumn = source.column(.amount) ?? source.column(.unitPrice)
    let signs =
      currencyColumn == nil && amountColumn.map { file.surveys[$0].numbers.withCurrency > 0 } == true
    let reader = NumberReader(decimal: amountColumn.map { source.decimalMark($0).value } ?? 0x2E)
    let width = file.headers.count
    var rows = RowSet()
    var orders = InternedStrings()
    var distinctRows = 0
    var totals = RepeatedTotals.mayBe(source) ? RepeatedTotals() : nil
    var flags = [Bool](repeating: false, count: file.rowCount)
    var row = -1
    try file.scan.forEachBatch(monitor, "comparing rows of") { batch, bytes in
      for record in batch.records {
        row += 1
        guard record.fieldCount == width else { continue }
        if let currencyColumn {
          count(batch.trimmed(record, currencyColumn, in: bytes) { CurrencyCode.cell($0) })
        } else if signs, let amountColumn {
          var code = CurrencyCode.none
          _ = batch.trimmed(record, amountColumn, in: bytes) { reader.read($0, currency: &code) }
          count(code)
        }
        guard rows.insert(record.bytes, in: bytes) else {
          flags[row] = true
          duplicateCount += 1
          continue
        }
        if let orderColumn {
          let order = batch.trimmed(record, orderColumn, in: bytes) {
            $0.isEmpty ? -1 : Int(orders.intern($0))
          }
          if order >= 0 { distinctRows += 1 }
          if order >= 0, totals != nil, let amountColumn {
            var sign = CurrencyCode.none
            let reading = batch.trimmed(record, amountColumn, in: bytes) { reader.read($0, currency: &sign) }
            if case .value(let amount, _) = reading {
              totals?.take(order, amount)
            } else {
              totals?.take(order, 0)
            }
          }
        }
      }
    }
    if duplicateCount > 0 { isDuplicate = flags }
    repeatsTotals = totals?.isRepeated ?? false
    if let orderColumn {
      let repeated = distinctRows - orders.count
      let survey = file.surveys[orderColumn]
      hasCancellationIDs = survey.cancellationIDs > 0 && survey.cancellationIDs < survey.digitIDs
      let hasItems = source.column(.product) != nil || source.column(.quantity) != nil
      if repeated > 0, hasItems || repeated * 100 > distinctRows { grain = .orderLine }
      if grain == .order { repeatedOrderCount = repeated }
    }
    // quantity times price is what a line costs, whether or not an order has several
    if source.column(.amount) == nil { grain = .orderLine }
  }

  private mutating func count(_ code: CurrencyCode) {
    if code.isNone { return }
    if let index = currencies.firstIndex(where: { $0.code == code }) {
      currencies[index].rows += 1
    } else {
      currencies.append((code, 1))
    }
  }
}

/// The one currency of a study.
struct CurrencyChoice {
  /// None if the data names no currency and the options neither.
  var code = CurrencyCode.none

  /// - Throws: ``SegueCore/SegueError`` `ingest.currency` if several are left to choose from, or none that was asked for.
  init(_ scans: [OrderScan], _ sources: [ResolvedSource], wanted: String?) throws {
    var totals: [(code: CurrencyCode, rows: Int)] = []
    for entry in scans.flatMap(\.currencies) {
      if let index = totals.firstIndex(where: { $0.code == entry.code }) {
        totals[index].rows += entry.rows
      } else {
        totals.append(entry)
      }
    }
    totals.sort { ($1.rows, $0.code.text) < ($0.rows, $1.code.text) }
    let list = totals.map { "\($0.code.text) (\(NumberText.count($0.rows, "row")))" }.joined(separator: ", ")
    let file = Diagnostic.Location(file: sources.first?.file.name ?? "")
    if let wanted {
      guard let choice = CurrencyCode(wanted) else {
        throw SegueError.usage(
          Diagnostic(
            "ingest.currency", "\"\(wanted)\" is not a currency code", hint: "use ISO 4217: --currency EUR"))
      }
      code = choice
      guard totals.isEmpty || totals.contains(where: { $0.code == choice }) else {
        throw SegueError.data(
          Diagnostic(
            "ingest.currency", "no row is in \(choice.text); currencies are \(list)", at: file,
            hint: "choose one of them: --currency \(totals[0].code.text)"))
      }
      return
    }
    guard totals.count <= 1 else {
      throw SegueError.data(
        Diagnostic(
          "ingest.currency", "amounts are in several currencies and cannot be added: \(list)", at: file,
          hint: "keep one: --currency \(totals[0].code.text); the other rows are set aside and counted"))
    }
    code = totals.first?.code ?? .none
  }
}
