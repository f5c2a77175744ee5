internal import SegueCore

/// A row may be as long as this.
private let longestRecord = 1 << 26

/// Rounds and pieces, below what is made of their records.
extension TableScan {
  var newline: UInt8 { dialect.newline }

  /// Calls `body` with one round of text after the other; it says how far it came.
  func forEachRound(
    _ monitor: Monitor, _ stage: String, _ body: (RoundText) throws -> RoundPosition
  ) throws {
    var room = try store.available(upTo: start + roundSize).count - start
    var round = RoundText(capacity: room, offset: start, line: line)
    while true {
      try monitor.checkpoint(
        "\(stage) \(store.name)", store.expectedCount.map { Double(round.offset) / Double(max(1, $0)) })
      guard try round.fill(from: store, newline: newline, pieceSize: pieceSize) else {
        room *= 2
        guard room <= longestRecord else { throw tooLong(round.line) }
        round = RoundText(round, capacity: room)
        continue
      }
      let reached = try body(round)
      if round.isLast { return }
      round.keep(from: reached.position, line: reached.line)
    }
  }

  /// Finds all delimiters and line ends and counts the lines: the structural scan alone.
  package func countLines() throws -> Int {
    var lines = 0
    try forEachRound(.silent, "scanning") { round in
      let ends = parallelMap(round.pieces.count) { number in
        let piece = round.pieces[number]
        var index = SeparatorIndex(delimiter: dialect.delimiter, newline: newline)
        var (count, end) = (0, 0)
        for from in stride(from: 0, to: piece.bytes.count, by: SeparatorIndex.window) {
          let base = unsafe round.text + piece.bytes.lowerBound
          unsafe index.scan(base, from: from, to: min(piece.bytes.count, from + SeparatorIndex.window))
          count += Int(index.rowCount)
          if index.rowCount > 0 { end = Int(index.lastRowEnd) + 1 }
        }
        return (count: count, end: piece.bytes.lowerBound + end)
      }
      lines += ends.reduce(0) { $0 + $1.count }
      return RoundPosition(position: ends[ends.count - 1].end, line: 1)
    }
    return lines
  }

  /// Finds the records of a piece, window by window, up to the first stray quote.
  func readPiece(
    _ round: RoundText, _ number: Int, _ body: (RecordBatch, Span<UInt8>) throws -> Void
  ) throws -> RoundPosition {
    let piece = round.pieces[number]
    // The line end behind the last line is there, whether or not the file has one.
    let isEnd = round.isLast && number == round.pieces.count - 1
    let size = piece.bytes.count + (isEnd ? 1 : 0)
    var index = SeparatorIndex(delimiter: dialect.delimiter, newline: newline)
    var batch = RecordBatch()
    batch.base = round.offset
    var start = 0
    var line = piece.line
    for from in stride(from: 0, to: size, by: SeparatorIndex.window) {
      unsafe index.scan(
        round.text + piece.bytes.lowerBound, from: from, to: min(size, from + SeparatorIndex.window))
      if index.hasStrayQuotes { break }
      batch.removeAll()
      unsafe batch.append(
        index, round.text, piece: piece.bytes.lowerBound, start: &start, line: &line, newline: newline)
      if !batch.records.isEmpty { try round.withText { try body(batch, $0) } }
    }
    let isDoubtful = index.hasStrayQuotes || (isEnd && index.isInsideQuotes)
    return RoundPosition(
      position: min(piece.bytes.lowerBound + start, piece.bytes.upperBound), line: line,
      isDoubtful: isDoubtful)
  }

  /// Reads the rest of a round byte by byte.
  func readStraight(
    _ round: RoundText, _ reached: inout RoundPosition,
    _ body: (RecordBatch, Span<UInt8>) throws -> Void
  ) throws {
    var parser = dialect.parser
    parser.line = reached.line
    var batch = RecordBatch()
    batch.base = round.offset
    let isLast = round.isLast
    try round.withText { text in
      while reached.position < text.count {
        batch.removeAll()
        let next = parser.read(text, from: reached.position, isEnd: isLast, limit: 1_024, into: &batch)
        if let open = batch.unterminatedQuote {
          guard passesOpenQuotes else { throw openQuote(batch.base + open.offset, open.line) }
          reached.position = passOpenQuote(text, &batch, &parser)
          try body(batch, text)
          continue
        }
        if !batch.records.isEmpty { try body(batch, text) }
        if next == reached.position { break }
        reached.position = next
      }
    }
    reached = RoundPosition(position: reached.position, line: parser.line)
  }

  /// Makes the last record of a batch, in which a quote never closes, the rest of that quote's line.
  ///
  /// - Returns: where the next line begins.
  private func passOpenQuote(
    _ text: Span<UInt8>, _ batch: inout RecordBatch, _ parser: inout CSVParser
  ) -> Int {
    let open = batch.unterminatedQuote!
    batch.unterminatedQuote = nil
    var end = open.offset
    while end < text.count, text[end] != newline { end += 1 }
    let last = batch.records.count - 1
    let hasReturn = newline == 10 && text[end - 1] == 13
    batch.records[last].bytes = batch.records[last].bytes.lowerBound..<(hasReturn ? end - 1 : end)
    batch.records[last].fieldCount = 0
    parser.line = open.line + 1
    return end + 1
  }

  func openQuote(_ offset: Int, _ line: Int) -> SegueError {
    SegueError.data(
      Excerpts(store).diagnostic(
        "csv.quote", "a quote opens here and never closes", at: offset..<(offset + 1), line: line,
        hint: "close it, or double quotes that belong to the text: \"\""))
  }

  private func tooLong(_ line: Int) -> SegueError {
    SegueError.data(
      Diagnostic(
        "csv.longRecord", "this row is longer than \(longestRecord >> 20) MiB",
        at: .init(file: store.name, line: line),
        hint: "look for a quote that never closes, or export the file again with line ends"))
  }
}
