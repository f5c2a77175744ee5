internal import SegueCore
internal import SegueIngest

/// JSON Lines, objects one after the other, or one array of objects, as a table whose columns are all keys there are.
///
/// The table is written while the first look goes on. Only if a key appears that the first record did not have, a second look
/// writes it anew, with all columns.
///
/// - Complexity: O(bytes); memory for one record and a few megabytes.
struct JSONTable {
  private let store: ByteStore
  private let scratch: Scratch

  /// A record larger than this is no record.
  private static let recordLimit = 64 << 20
  private static let pieceSize = 4 << 20

  init(_ store: ByteStore, _ scratch: Scratch) {
    self.store = store
    self.scratch = scratch
  }

  func table() throws -> ByteStore {
    var record = JSONRecord()
    var width = 0
    var early = Optional(TableWriter(scratch))
    try eachRecord(into: &record) { record, text in
      if width == 0 {
        width = record.columns.count
        try JSONTable.writeHeader(record, to: &early!)
      }
      if record.columns.count > width { early = nil }
      if early != nil { try record.write(text, count: width, to: &early!) }
    }
    width = record.columns.count
    guard width > 0 else {
      throw SegueError.data(
        Diagnostic(
          "ingest.empty", "there is no record with a key in it", at: .init(file: scratch.name),
          hint: "export it again: one JSON object per line"))
    }
    if let early = early.take() { return try early.finish() }
    var writer = TableWriter(scratch)
    try JSONTable.writeHeader(record, to: &writer)
    try eachRecord(into: &record) { record, text in try record.write(text, count: width, to: &writer) }
    return try writer.finish()
  }

  private static func writeHeader(_ record: JSONRecord, to writer: inout TableWriter) throws {
    for name in record.columns.names { try unsafe name.withUnsafeBytes { try unsafe writer.field($0) } }
    try writer.endRow()
  }

  /// Reads piece by piece; a record that a piece cuts is read again with the next one.
  private func eachRecord(
    into record: inout JSONRecord, _ body: (JSONRecord, JSONText) throws -> Void
  ) throws {
    var buffer = [UInt8](repeating: 0, count: min(JSONTable.pieceSize, store.count + 1))
    // `buffer[..<filled]` are the bytes of the file from `offset` on.
    var (offset, filled, grammar) = (0, 0, JSONSeries())
    while true {
      try scratch.monitor.checkpoint("reading \(scratch.name)", Double(offset) / Double(max(1, store.count)))
      let wanted = min(buffer.count - filled, store.count - offset - filled)
      try unsafe buffer.withUnsafeMutableBytes {
        try unsafe store.read(
          at: offset + filled, into: UnsafeMutableRawBufferPointer(rebasing: $0[filled..<filled + wanted]))
      }
      filled += wanted
      let isLast = offset + filled == store.count
      let used = try unsafe buffer.withUnsafeBufferPointer { bytes in
        let text = unsafe JSONText(UnsafeBufferPointer(rebasing: bytes[..<filled]))
        var (place, before) = (0, grammar)
        do throws(JSONFault) {
          while let start = try grammar.nextRecord(text, from: place, isFirst: offset + place == 0) {
            let end = try record.read(text, from: start)
            do { try body(record, text) } catch { return Result<Int, any Error>.failure(error) }
            grammar.hasRead()
            (place, before) = (end, grammar)
          }
          if isLast, let missing = grammar.missingAtEnd { throw text.wrong(missing, at: filled) }
          place = filled
        } catch {
          guard case .unfinished = error.kind, !isLast else { return .failure(problem(error, from: offset)) }
          grammar = before
        }
        return .success(place)
      }.get()
      if isLast { return }
      if used == 0, filled == buffer.count {
        guard buffer.count < JSONTable.recordLimit else {
          throw problem(
            JSONFault(
              kind: .wrong(
                "the record that starts here is longer than 64 MiB",
                hint: "check that quotes and brackets are closed"),
              offset: 0), from: offset)
        }
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      } else {
        buffer.replaceSubrange(0..<filled - used, with: buffer[used..<filled])
        filled -= used
        offset += used
        let size = max(JSONTable.pieceSize, filled + 1)
        if buffer.count < size { buffer.append(contentsOf: repeatElement(0, count: size - buffer.count)) }
      }
    }
  }

  /// With the line and column of the file, which are counted only now.
  private func problem(_ fault: JSONFault, from offset: Int) -> any Error {
    do {
      let place = try LinePlace(store, offset: offset + fault.offset)
      let location = Diagnostic.Location(file: scratch.name, line: place.line, column: place.column)
      switch fault.kind {
      case .unfinished:
        return SegueError.data(
          Diagnostic(
            "json.truncated", "the file ends in the middle of a record", at: location,
            hint: "it was cut off on its way here: export or copy it again"))
      case .wrong(let message, let hint):
        return SegueError.data(Diagnostic("json.syntax", message, at: location, hint: hint))
      }
    } catch { return error }
  }
}

/// What stands between records: nothing but blanks, or brackets and commas where they are in one array.
private struct JSONSeries {
  private enum State {
    case start
    /// Objects one after the other.
    case free
    case arrayStart
    case afterElement
    case afterComma
    case end
  }

  private var state = State.start

  /// What an array still needs when the file ends.
  var missingAtEnd: String? {
    switch state {
    case .arrayStart, .afterElement, .afterComma: "the file ends before the array is closed with ]"
    case .start, .free, .end: nil
    }
  }

  mutating func hasRead() {
    if case .free = state { return }
    state = .afterElement
  }

  /// Where the next record starts; nil if there is none in the text at hand.
  mutating func nextRecord(_ text: JSONText, from place: Int, isFirst: Bool) throws(JSONFault) -> Int? {
    var place = place
    if isFirst, unsafe text.bytes(0..<min(3, text.count)).elementsEqual([0xEF, 0xBB, 0xBF]) { place = 3 }
    while true {
      place = text.skipBlanks(place)
      guard place < text.count else { return nil }
      let byte = try text.byte(place)
      switch (state, byte) {
      case (.start, UInt8(ascii: "[")): state = .arrayStart
      case (.start, UInt8(ascii: "{")):
        state = .free
        return place
      case (.free, UInt8(ascii: "{")), (.arrayStart, UInt8(ascii: "{")), (.afterComma, UInt8(ascii: "{")):
        return place
      case (.arrayStart, UInt8(ascii: "]")), (.afterElement, UInt8(ascii: "]")): state = .end
      case (.afterElement, UInt8(ascii: ",")): state = .afterComma
      case (.end, _): throw text.wrong("something follows the end of the array", at: place)
      case (.afterElement, _): throw text.wrong("a comma or ] is missing here", at: place)
      default: throw text.wrong("a record, which starts with {, is missing here", at: place)
      }
      place += 1
    }
  }
}

/// Line and column of a byte, counted from the beginning of the file.
struct LinePlace {
  private(set) var line = 1
  /// In characters.
  private(set) var column = 1

  /// - Complexity: O(offset).
  init(_ store: ByteStore, offset: Int) throws {
    for start in stride(from: 0, to: offset, by: 1 << 20) {
      for byte in try store.bytes(start..<min(start + 1 << 20, offset)) {
        if byte == 0x0A {
          line += 1
          column = 1
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
    }
  }
}
