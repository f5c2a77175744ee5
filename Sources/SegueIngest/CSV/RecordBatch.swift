/// Some records of a file as ranges of its bytes; reused from batch to batch.
package struct RecordBatch: Sendable {
  /// Where a field stands: in the file's bytes, or unescaped in the batch's own arena.
  package struct Field: Sendable {
    var start: Int
    private var endAndFlag: Int

    init(start: Int, end: Int, inArena: Bool) {
      self.start = start
      endAndFlag = end << 1 | (inArena ? 1 : 0)
    }

    var end: Int { endAndFlag >> 1 }
    var inArena: Bool { endAndFlag & 1 == 1 }
  }

  package struct Record: Sendable {
    /// Bytes of the record without its line end.
    package var bytes: Range<Int>
    /// Of the first character; counts from 1.
    package var line: Int
    package var firstField: Int
    package var fieldCount: Int
  }

  package var records: [Record] = []
  /// Where position 0 of the batch stands in the file.
  package var base = 0
  var fields: [Field] = []
  var arena: [UInt8] = []
  /// Line and offset of a quote that is never closed; the rest of the file is then one field.
  package var unterminatedQuote: (line: Int, offset: Int)?

  package init() {}

  package mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
  }

  /// Where a record stands in the file, without its line end.
  package func place(_ record: Record) -> Range<Int> {
    (base + record.bytes.lowerBound)..<(base + record.bytes.upperBound)
  }

  /// Calls `body` with a field's text: unquoted, unescaped, blanks as written.
  @inline(__always)
  package func text<R>(
    _ record: Record, _ column: Int, in bytes: Span<UInt8>, _ body: (Span<UInt8>) throws -> R
  ) rethrows -> R {
    let field = fields[record.firstField + column]
    if field.inArena { return try body(arena.span.extracting(field.start..<field.end)) }
    return try body(bytes.extracting(field.start..<field.end))
  }

  /// As `text`, with blanks around it trimmed.
  @inline(__always)
  package func trimmed<R>(
    _ record: Record, _ column: Int, in bytes: Span<UInt8>, _ body: (Span<UInt8>) throws -> R
  ) rethrows -> R {
    try text(record, column, in: bytes) { try body($0.extracting(ByteText.trim($0))) }
  }

  /// Whether a field has the same text as that of another record.
  @inline(__always)
  package func repeats(_ other: Record, _ record: Record, _ column: Int, in bytes: Span<UInt8>) -> Bool {
    let (a, b) = (fields[other.firstField + column], fields[record.firstField + column])
    if a.inArena || b.inArena || a.end - a.start != b.end - b.start { return false }
    if a.end == a.start { return true }
    // most that differ do so in the last byte
    guard bytes[a.end - 1] == bytes[b.end - 1] else { return false }
    return bytes.extracting(a.start..<a.end).hasSameBytes(as: bytes.extracting(b.start..<b.end))
  }

  /// A field as a string; not for hot paths.
  package func string(_ record: Record, _ column: Int, in bytes: Span<UInt8>) -> String {
    text(record, column, in: bytes) { ByteText.string($0) }
  }

  package func strings(_ record: Record, in bytes: Span<UInt8>) -> [String] {
    (0..<record.fieldCount).map { string(record, $0, in: bytes) }
  }
}
