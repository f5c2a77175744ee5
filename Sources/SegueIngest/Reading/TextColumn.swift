/// A column of texts: for each row the code of its text, in order of first appearance, or -1 for an empty cell.
struct TextColumn: Sendable {
  /// Where it stands in the file; nil if the file has none, and then there are no codes either.
  let column: Int?
  private(set) var codes: [Int32] = []
  private(set) var texts = InternedStrings()

  /// In a piece, texts are only compared with those of the row before: most are new to it anyway.
  private let isKey: Bool

  init(_ column: Int?, isKey: Bool = false) {
    self.column = column
    self.isKey = isKey
  }

  @inline(__always)
  mutating func append(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) {
    guard let column else { return }
    batch.trimmed(record, column, in: bytes) { append($0) }
  }

  @inline(__always)
  mutating func append(_ text: Span<UInt8>) {
    guard !text.isEmpty else { return codes.append(-1) }
    // Rows of one customer or order tend to follow each other.
    if let last = codes.last, last >= 0, texts.matches(Int(last), text) { return codes.append(last) }
    codes.append(isKey ? texts.append(text) : texts.intern(text))
  }

  mutating func appendNothing() {
    if column != nil { codes.append(-1) }
  }

  /// Appends the rows of the next piece.
  ///
  /// - Complexity: O(rows), and one look-up per distinct text of the piece.
  mutating func append(_ part: TextColumn) {
    let here = texts.intern(all: part.texts)
    for code in part.codes { codes.append(code < 0 ? -1 : here[Int(code)]) }
  }

  mutating func reserve(_ rows: Int) {
    if column != nil { codes.reserveCapacity(rows) }
  }

  /// Gives a row the text of another.
  mutating func copy(_ row: Int, from other: Int) {
    if column != nil { codes[row] = codes[other] }
  }

  // MARK: Into tables

  /// Codes of some rows in another list, which takes up what it does not know yet, in order of the rows.
  ///
  /// - Parameter namesEach: an empty cell gets an index of its own instead of -1.
  func codes(of rows: [Int32], in list: inout InternedStrings, namesEach: Bool = false) -> [Int32] {
    guard column != nil else { return rows.map { _ in namesEach ? list.addUnnamed() : -1 } }
    if list.count == 0, takesUpAll(rows, namesEach) {
      list = texts
      return codes.picked(rows)
    }
    var there = [Int32](repeating: -1, count: texts.count)
    return rows.map { row in
      let code = Int(codes[Int(row)])
      guard code >= 0 else { return namesEach ? list.addUnnamed() : -1 }
      if there[code] < 0 { there[code] = list.intern(Int32(code), of: texts) }
      return there[code]
    }
  }

  /// An empty list would take up all texts in their order, and nothing else.
  private func takesUpAll(_ rows: [Int32], _ namesEach: Bool) -> Bool {
    var next: Int32 = 0
    for row in rows {
      let code = codes[Int(row)]
      if code == next { next += 1 }
      if code >= next || (code < 0 && namesEach) { return false }
    }
    return Int(next) == texts.count
  }
}

extension Array {
  /// The elements of some rows, in their order.
  func picked(_ rows: [Int32]) -> [Element] {
    rows.count == count ? self : rows.map { self[Int($0)] }
  }

  /// Appends the elements of some rows; takes the column over if that is all.
  mutating func append(_ column: [Element], rows: [Int32]) {
    if isEmpty { self = column.picked(rows) } else { append(contentsOf: column.picked(rows)) }
  }
}

extension Labels {
  /// A column of empty cells.
  init(missing count: Int) { codes = [Int32](repeating: -1, count: count) }

  /// Appends some rows of a file's column; all are empty if it has none.
  mutating func append(_ column: TextColumn, rows: [Int32]) {
    codes.append(contentsOf: column.codes(of: rows, in: &texts))
  }
}

extension Labels {
  /// Appends a cell, -1 if there is no such column or the cell is empty.
  @inline(__always)
  mutating func append(
    _ column: Int?, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) {
    guard let column else {
      codes.append(-1)
      return
    }
    let code = batch.trimmed(record, column, in: bytes) { $0.isEmpty ? -1 : texts.intern($0) }
    codes.append(code)
  }
}
