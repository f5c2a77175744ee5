/// Turns positions of separators into records and fields.
extension RecordBatch {
  /// Appends the rows of the last window; a field in quotes loses them, its escapes are resolved.
  ///
  /// - Parameters:
  ///   - text: the round's first byte, from which the batch's positions count.
  ///   - piece: where the piece starts in it.
  ///   - start: position in the piece of the first row; moves behind the last.
  ///   - line: line of the first row; moves behind the last.
  mutating func append(
    _ index: borrowing SeparatorIndex, _ text: UnsafePointer<UInt8>, piece: Int, start: inout Int,
    line: inout Int, newline: UInt8
  ) {
    let rows = Int(index.rowCount)
    let hasQuotes = index.hasQuotes
    var first = 0
    for row in 0..<rows {
      let end = unsafe Int(index.rowEnds[row])
      let recordStart = piece + start
      let lineEnd = unsafe piece + Int(index.separators[end - 1])
      var recordEnd = lineEnd
      if unsafe newline == 10 && recordEnd > recordStart && text[recordEnd - 1] == 13 { recordEnd -= 1 }
      let recordLine = line
      line += 1
      start = lineEnd + 1 - piece
      if recordEnd == recordStart, end - first == 1 {
        first = end
        continue
      }
      let firstField = fields.count
      var fieldStart = recordStart
      for separator in first..<end {
        let isLast = separator == end - 1
        let fieldEnd = unsafe isLast ? recordEnd : piece + Int(index.separators[separator])
        if unsafe hasQuotes && fieldStart < fieldEnd && text[fieldStart] == 0x22 {
          unsafe line += appendQuoted(text, fieldStart..<fieldEnd, newline)
        } else {
          fields.append(Field(start: fieldStart, end: fieldEnd, inArena: false))
        }
        fieldStart = fieldEnd + 1
      }
      records.append(
        Record(
          bytes: recordStart..<recordEnd, line: recordLine, firstField: firstField,
          fieldCount: end - first))
      first = end
    }
  }

  /// Appends a field that begins with a quote and returns the line ends inside it.
  private mutating func appendQuoted(
    _ text: UnsafePointer<UInt8>, _ range: Range<Int>, _ newline: UInt8
  ) -> Int {
    var lines = 0
    var at = range.lowerBound + 1
    let end = range.upperBound
    var escapes = false
    while at < end {
      let byte = unsafe text[at]
      if byte == newline { lines += 1 }
      if byte == 0x22 {
        guard unsafe at + 1 < end && text[at + 1] == 0x22 else { break }
        escapes = true
        at += 1
      }
      at += 1
    }
    let close = min(at, end)
    if !escapes, close + 1 >= end {
      fields.append(Field(start: range.lowerBound + 1, end: close, inArena: false))
      return lines
    }
    let arenaStart = arena.count
    at = range.lowerBound + 1
    while at < close {
      unsafe arena.append(text[at])
      unsafe at += text[at] == 0x22 ? 2 : 1
    }
    at = close + 1
    while at < end {
      unsafe arena.append(text[at])
      at += 1
    }
    fields.append(Field(start: arenaStart, end: arena.count, inArena: true))
    return lines
  }
}
