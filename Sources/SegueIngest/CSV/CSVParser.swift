/// A pull parser over delimited text: finds records and fields, reads no files, decides nothing.
///
/// Give it bytes from a record's start; it appends whole records to a batch and says where the next
/// one starts. Bytes after that are an incomplete record: present them again with more behind them.
/// RFC 4180 with the liberties files take: any delimiter, LF, CRLF or CR, quotes inside unquoted
/// fields and text after a closing quote taken as they stand, blank lines passed over.
package struct CSVParser: Sendable {
  package var delimiter: UInt8
  /// A carriage return alone ends a line. Only for files without any line feed.
  package var carriageReturnEndsLine: Bool
  /// Any number of blanks separates fields and none stands around a row: tables aligned for the eye.
  var blanksSeparate: Bool { delimiter == 0x20 }
  /// Line of the next record; counts from 1.
  package var line = 1

  package init(delimiter: UInt8 = 0x2C, carriageReturnEndsLine: Bool = false) {
    self.delimiter = delimiter
    self.carriageReturnEndsLine = carriageReturnEndsLine
  }

  private static let quote: UInt8 = 0x22
  private static let lineFeed: UInt8 = 10
  private static let carriageReturn: UInt8 = 13

  /// Appends up to `limit` records to `batch`.
  ///
  /// - Parameters:
  ///   - start: offset of a record's first byte.
  ///   - isEnd: no bytes will follow, so what is left is a record.
  /// - Returns: the offset of the first record not taken.
  /// - Complexity: one look at every byte.
  package mutating func read(
    _ bytes: Span<UInt8>, from start: Int, isEnd: Bool = true, limit: Int = .max,
    into batch: inout RecordBatch
  ) -> Int {
    var position = start
    var taken = 0
    while taken < limit, position < bytes.count {
      let firstField = batch.fields.count
      let firstLine = line
      let arenaCount = batch.arena.count
      guard let (end, next) = readRecord(bytes, position, isEnd, &batch) else {
        batch.fields.removeSubrange(firstField...)
        batch.arena.removeSubrange(arenaCount...)
        line = firstLine
        return position
      }
      if end == position {
        batch.fields.removeSubrange(firstField...)  // a blank line
      } else {
        batch.records.append(
          RecordBatch.Record(
            bytes: position..<end, line: firstLine, firstField: firstField,
            fieldCount: batch.fields.count - firstField))
        taken += 1
      }
      position = next
    }
    return position
  }

  /// One record from `start`: where its text ends and where the next begins; nil if it is incomplete.
  @inline(__always)
  private mutating func readRecord(
    _ bytes: Span<UInt8>, _ start: Int, _ isEnd: Bool, _ batch: inout RecordBatch
  ) -> (end: Int, next: Int)? {
    let count = bytes.count
    var i = blanksSeparate ? skipBlanks(bytes, start) : start
    while true {
      let fieldStart = i
      if i < count, bytes[i] == CSVParser.quote {
        guard let end = readQuoted(bytes, i, isEnd, &batch) else { return nil }
        i = end
      } else {
        i = scanUnquoted(bytes, i)
        batch.fields.append(RecordBatch.Field(start: fieldStart, end: i, inArena: false))
      }
      if i < count, bytes[i] == delimiter {
        i += 1
        guard blanksSeparate else { continue }
        i = skipBlanks(bytes, i)
        if i < count, bytes[i] != CSVParser.lineFeed, bytes[i] != CSVParser.carriageReturn { continue }
      }
      if i == count { return isEnd ? (i, i) : nil }
      line += 1
      if bytes[i] == CSVParser.carriageReturn {
        if i + 1 == count { return isEnd ? (i, i + 1) : nil }
        if bytes[i + 1] == CSVParser.lineFeed { return (i, i + 2) }
      }
      return (i, i + 1)
    }
  }

  private func skipBlanks(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i] == 0x20 { i += 1 }
    return i
  }

  /// The offset of the delimiter or line end that ends an unquoted field, or the end of the bytes.
  @inline(__always)
  private func scanUnquoted(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    let count = bytes.count
    var i = start
    while i < count {
      let byte = bytes[i]
      if byte == delimiter || byte == CSVParser.lineFeed { return i }
      if byte == CSVParser.carriageReturn {
        if carriageReturnEndsLine || i + 1 == count || bytes[i + 1] == CSVParser.lineFeed { return i }
      }
      i += 1
    }
    return i
  }

  /// Appends a field that begins with a quote; returns the offset of what ends it, nil if incomplete.
  private mutating func readQuoted(
    _ bytes: Span<UInt8>, _ start: Int, _ isEnd: Bool, _ batch: inout RecordBatch
  ) -> Int? {
    let count = bytes.count
    let openLine = line
    var escapes = false
    var i = start + 1
    while true {
      while i < count, bytes[i] != CSVParser.quote {
        if bytes[i] == CSVParser.lineFeed {
          line += 1
        } else if carriageReturnEndsLine, bytes[i] == CSVParser.carriageReturn,
          i + 1 == count || bytes[i + 1] != CSVParser.lineFeed
        {
          line += 1
        }
        i += 1
      }
      if i == count {
        guard isEnd else { return nil }
        batch.unterminatedQuote = (openLine, start)
        break
      }
      if i + 1 == count, !isEnd { return nil }
      if i + 1 < count, bytes[i + 1] == CSVParser.quote {
        escapes = true
        i += 2
        continue
      }
      break
    }
    let close = i
    let end = close < count ? scanUnquoted(bytes, close + 1) : close
    if !escapes, end <= close + 1 {
      batch.fields.append(RecordBatch.Field(start: start + 1, end: close, inArena: false))
      return end
    }
    let arenaStart = batch.arena.count
    var j = start + 1
    while j < close {
      batch.arena.append(bytes[j])
      j += bytes[j] == CSVParser.quote ? 2 : 1
    }
    j = close + 1
    while j < end {
      batch.arena.append(bytes[j])
      j += 1
    }
    batch.fields.append(RecordBatch.Field(start: arenaStart, end: batch.arena.count, inArena: true))
    return end
  }
}
