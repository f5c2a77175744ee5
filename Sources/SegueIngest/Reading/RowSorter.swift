/// Parts the rows of a file into those in use and those set aside, and keeps the account.
struct RowSorter {
  let diagnosis: RowDiagnosis
  var book: LedgerBook
  /// Rows in use, in order.
  private(set) var used: [Int32] = []
  private(set) var rejects: [RejectList.Entry] = []
  private let rejectFile: Int32

  init(_ file: SourceFile, _ kind: TableKind, _ rejectFile: Int32) {
    diagnosis = RowDiagnosis(file)
    book = LedgerBook(CleaningLedger.File(file: file.name, kind: kind))
    self.rejectFile = rejectFile
    used.reserveCapacity(file.rowCount)
  }

  /// - Parameter net: what of the row's money counts.
  @inline(__always)
  mutating func use(_ row: Int, money: Int64 = 0, net: Int64 = 0) {
    book.comesIn(money)
    book.isUsed(net)
    used.append(Int32(row))
  }

  mutating func setAside<Cells>(
    _ row: Int, _ reason: SetAsideReason, of rows: SourceRows<Cells>, money: Int64 = 0
  ) {
    book.comesIn(money)
    book.isSetAside(reason, money)
    rejects.append(entry(row, reason, of: rows))
  }

  func entry<Cells>(
    _ row: Int, _ reason: SetAsideReason, of rows: SourceRows<Cells>
  ) -> RejectList.Entry {
    RejectList.Entry(file: rejectFile, reason: reason, line: rows.line(row), bytes: rows.place(row))
  }
}
