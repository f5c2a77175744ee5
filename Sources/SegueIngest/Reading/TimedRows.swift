internal import SegueCore

/// Judges what rows of events and feedback files share: a customer, a moment, copies of each other.
struct TimedRows {
  let source: ResolvedSource
  private(set) var sorter: RowSorter
  private(set) var keptDuplicates = 0

  init(_ source: ResolvedSource, rejectFile: Int32) {
    self.source = source
    sorter = RowSorter(source.file, source.kind, rejectFile)
  }

  static func comparesRows(_ source: ResolvedSource) -> Bool { source.options.duplicates != .keep }

  /// Sorts all rows of a file.
  ///
  /// - Parameters:
  ///   - value: describes a row's value that cannot be read, which makes the row unreadable; nil if it may be
  ///     missing.
  ///   - further: a reason of the kind's own; asked last.
  mutating func sort<Cells>(
    _ rows: SourceRows<Cells>, _ gatherer: inout DiagnosticGatherer,
    value: ((RowDiagnosis, RereadRow) -> Diagnostic)? = nil, further: (Int) -> SetAsideReason? = { _ in nil }
  ) throws {
    for row in rows.indices {
      var reason = try judge(rows, row, &gatherer)
      if let value, reason != .unreadable, rows.marks[row].contains(.badAmount) {
        if reports { try gatherer.add(value(sorter.diagnosis, reread(rows, row))) }
        reason = .unreadable
      }
      if let reason = reason ?? further(row) {
        sorter.setAside(row, reason, of: rows)
      } else {
        sorter.use(row)
      }
    }
    sorter.book.remark("exact duplicates kept, because nothing proves them copies", rows: keptDuplicates)
  }

  /// The first reason to leave a row out, as far as all kinds share it.
  private mutating func judge<Cells>(
    _ rows: SourceRows<Cells>, _ row: Int, _ gatherer: inout DiagnosticGatherer
  ) throws -> SetAsideReason? {
    let marks = rows.marks[row]
    if marks.contains(.ragged) {
      if reports { try gatherer.add(sorter.diagnosis.ragged(reread(rows, row))) }
      return .unreadable
    }
    if marks.contains(.badTime) {
      let time = source.column(.time)!
      let format = source.dateFormat(time) ?? Setting("dates", .default)
      if reports { try gatherer.add(sorter.diagnosis.date(reread(rows, row), time, format)) }
      return .unreadable
    }
    if rows.customer.codes[row] < 0 { return .missingCustomer }
    if marks.contains(.copy) {
      if source.options.duplicates == .drop { return .duplicate }
      keptDuplicates += 1
    }
    return nil
  }

  private var reports: Bool { source.options.onBadRow == .fail }

  private func reread<Cells>(_ rows: SourceRows<Cells>, _ row: Int) throws -> RereadRow {
    try RereadRow(source.file, rows.place(row), line: rows.line(row))
  }

  mutating func remark(_ text: String, rows: Int) { sorter.book.remark(text, rows: rows) }
}
