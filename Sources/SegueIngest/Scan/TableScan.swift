package import SegueCore

/// Reads the records of a table in parallel: rounds of some megabytes, cut into pieces of whole records, which
/// workers take one by one; what they make of them is handed over in the order of the file.
///
/// Results do not depend on the number of threads. From a stray quote to the end of its round the text goes
/// through ``CSVParser``, which takes such quotes as they stand.
package struct TableScan: Sendable {
  let store: ByteStore
  let dialect: CSVDialect
  /// Where the first record starts, and on which line.
  let start: Int
  let line: Int
  /// Bytes of a round, and of a piece of it.
  package var roundSize = 1 << 24
  package var pieceSize = 1 << 19
  /// A quote that never closes is taken for a stray one: its line is a row without fields.
  var passesOpenQuotes = false

  init(store: ByteStore, dialect: CSVDialect, start: Int, line: Int) {
    self.store = store
    self.dialect = dialect
    self.start = start
    self.line = line
  }

  /// All records of a text, with a dialect that is known.
  package init(_ store: ByteStore, delimiter: UInt8, carriageReturnEndsLine: Bool = false) {
    let dialect = CSVDialect(
      delimiter: delimiter, delimiterOrigin: .flag, carriageReturnEndsLine: carriageReturnEndsLine)
    self.init(store: store, dialect: dialect, start: 0, line: 1)
  }

  /// Feeds every record to a part and every part to `merge`.
  ///
  /// - Parameters:
  ///   - make: a new part for a piece.
  ///   - read: takes some records of a piece into its part; on any thread.
  ///   - merge: takes the parts in order of the file; on the calling thread.
  /// - Throws: ``SegueCore/SegueError`` `csv.quote`, `csv.longRecord`, `ingest.unreadable`; what `read` and `merge` throw.
  /// - Complexity: one look at every byte; memory of a round and its parts.
  package func forEachPart<Part: Sendable>(
    _ monitor: Monitor, _ stage: String, make: @Sendable () -> Part,
    read: @Sendable (inout Part, RecordBatch, Span<UInt8>) throws -> Void,
    merge: (consuming Part) throws -> Void
  ) throws {
    try forEachRound(monitor, stage) { round in
      var reached = RoundPosition(position: 0, line: round.line)
      if dialect.delimiter != 0x20 {
        let readings = try parallelMap(round.pieces.count) { number in
          var part = make()
          let end = try readPiece(round, number) { try read(&part, $0, $1) }
          return (part, end)
        }
        for (part, end) in readings {
          try merge(part)
          reached = end
          if end.isDoubtful { break }
        }
        if !reached.isDoubtful { return reached }
      }
      var part = make()
      try readStraight(round, &reached) { try read(&part, $0, $1) }
      try merge(part)
      return reached
    }
  }

  /// Calls `body` for some records after the other, on the calling thread.
  package func forEachBatch(
    _ monitor: Monitor, _ stage: String, _ body: (RecordBatch, Span<UInt8>) throws -> Void
  ) throws {
    try forEachRound(monitor, stage) { round in
      var reached = RoundPosition(position: 0, line: round.line)
      if dialect.delimiter != 0x20 {
        for number in round.pieces.indices where !reached.isDoubtful {
          reached = try readPiece(round, number, body)
        }
        if !reached.isDoubtful { return reached }
      }
      try readStraight(round, &reached, body)
      return reached
    }
  }
}

/// How far a round was read.
struct RoundPosition: Sendable {
  /// Behind the last whole record, in the round.
  var position: Int
  var line: Int
  /// What follows needs the scalar parser.
  var isDoubtful = false
}

/// Sizes of rounds and pieces other than the usual ones, to show that results do not depend on them.
package enum ScanSizes {
  @TaskLocal package static var chosen: (round: Int, piece: Int)?
}
