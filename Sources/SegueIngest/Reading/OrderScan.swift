internal import SegueCore

/// What must be known of a whole orders file before its first row can be judged.
struct OrderScan {
  var grain: OrderGrain = .order
  /// Rows that repeat an earlier row byte for byte.
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
    self.init(source, try SourceRows(orders: source, monitor))
  }

  /// - Complexity: O(rows).
  init(_ source: ResolvedSource, _ rows: SourceRows<OrderCells>) {
    duplicateCount = rows.marks.count { $0.contains(.copy) }
    countCurrencies(source, rows)
    let orders = rows.cells.order
    if let orderColumn = orders.column {
      var totals = RepeatedTotals.mayBe(source) ? RepeatedTotals() : nil
      var distinctRows = 0
      for row in rows.indices where orders.codes[row] >= 0 && !rows.marks[row].contains(.copy) {
        distinctRows += 1
        totals?.take(Int(orders.codes[row]), rows.cells.amount[row])
      }
      repeatsTotals = totals?.isRepeated ?? false
      let repeated = distinctRows - orders.texts.count
      let survey = source.file.surveys[orderColumn]
      hasCancellationIDs = survey.cancellationIDs > 0 && survey.cancellationIDs < survey.digitIDs
      let hasItems = source.column(.product) != nil || source.column(.quantity) != nil
      if repeated > 0, hasItems || repeated * 100 > distinctRows { grain = .orderLine }
      if grain == .order { repeatedOrderCount = repeated }
    }
    // quantity times price is what a line costs, whether or not an order has several
    if source.column(.amount) == nil { grain = .orderLine }
  }

  private mutating func countCurrencies(_ source: ResolvedSource, _ rows: SourceRows<OrderCells>) {
    let amount = source.column(.amount) ?? source.column(.unitPrice)
    let hasSigns = amount.map { source.file.surveys[$0].numbers.withCurrency > 0 } == true
    guard source.column(.currency) != nil || hasSigns else { return }
    var last = 0
    for code in rows.cells.currency where !code.isNone {
      if last < currencies.count, currencies[last].code == code {
        currencies[last].rows += 1
      } else if let index = currencies.firstIndex(where: { $0.code == code }) {
        currencies[index].rows += 1
        last = index
      } else {
        last = currencies.count
        currencies.append((code, 1))
      }
    }
  }
}

extension SourceRows where Cells == OrderCells {
  init(orders source: ResolvedSource, _ monitor: Monitor) throws {
    try self.init(source, OrderCells(OrderColumns(source)), comparesRows: true, monitor)
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
