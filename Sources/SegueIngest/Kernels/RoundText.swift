internal import CKernels
internal import SegueCore

/// The text of one round: some megabytes of a table in one buffer, cut into pieces that begin and end with records.
///
/// A round begins at a record, so nothing before it matters. Pieces start behind the first line end outside quotes
/// at or after every so many bytes; the number of quotes before a place tells whether it is inside some.
@safe final class RoundText: @unchecked Sendable {
  /// Room before and behind the text, so that kernels may load whole words and vectors at its ends.
  static let padding = 128

  /// A run of whole records; the last one of a round may end in part of one.
  struct Piece: Sendable {
    var bytes: Range<Int>
    /// Of its first record; counts from 1.
    var line: Int
  }

  let text: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  /// Bytes of the round.
  private(set) var count = 0
  /// Where the first byte stands in the store.
  private(set) var offset: Int
  /// Line of the first record.
  private(set) var line: Int
  /// The text behind the last whole record is itself one: nothing follows.
  private(set) var isLast = false
  private(set) var pieces: [Piece] = []
  /// Some byte of the round is above 127.
  private(set) var hasHighBytes = false

  /// - Parameter capacity: longest round, in bytes.
  init(capacity: Int, offset: Int, line: Int) {
    self.capacity = capacity
    self.offset = offset
    self.line = line
    unsafe text = RoundText.allocate(capacity)
  }

  /// The same text with more room behind it.
  init(_ round: RoundText, capacity: Int) {
    self.capacity = capacity
    offset = round.offset
    line = round.line
    count = round.count
    unsafe text = RoundText.allocate(capacity)
    unsafe text.update(from: round.text, count: round.count)
  }

  deinit { unsafe (text - RoundText.padding).deallocate() }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let size = capacity + 2 * padding
    let isLarge = size >= 1 << 22
    let raw = unsafe isLarge ? LargePages.allocate(size) : .allocate(byteCount: size, alignment: 64)
    let bytes = unsafe raw.bindMemory(to: UInt8.self, capacity: size)
    unsafe bytes.update(repeating: 0, count: padding)
    return unsafe bytes + padding
  }

  /// The round's bytes, for as long as `body` runs.
  func withText<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe UnsafeBufferPointer(start: text, count: count)
    return try unsafe body(bytes.span)
  }

  /// Reads on, as far as the capacity goes, and finds the pieces.
  ///
  /// - Parameter newline: the byte that ends lines.
  /// - Returns: false if there was no room to read anything: one record fills the buffer.
  func fill(from store: ByteStore, newline: UInt8, pieceSize: Int) throws -> Bool {
    let kept = count
    // One byte more than fits tells whether more will come.
    let there = try store.available(upTo: offset + capacity + 1)
    let wanted = min(capacity, there.count - offset) - kept
    isLast = there.isAll && offset + kept + wanted == there.count
    guard wanted > 0 || isLast else { return false }
    let cuts = (wanted + pieceSize - 1) / pieceSize
    var counts = [unsafe PieceCount(text, kept, newline)]
    counts += try parallelMap(cuts) { cut in
      let start = kept + cut * pieceSize
      let size = min(pieceSize, kept + wanted - start)
      try unsafe store.read(
        at: self.offset + start, into: UnsafeMutableRawBufferPointer(start: self.text + start, count: size))
      return unsafe PieceCount(self.text + start, size, newline)
    }
    count = kept + wanted
    hasHighBytes = counts.contains { $0.hasHighBytes }
    findPieces(counts, kept: kept, newline: newline, pieceSize: pieceSize)
    // A last line without an end gets one behind the text.
    unsafe (text + count).update(repeating: newline, count: RoundText.padding)
    return true
  }

  /// Passes over everything before `position` of this round; what is behind it begins the next.
  ///
  /// - Parameter line: of what is at `position`.
  func keep(from position: Int, line: Int) {
    offset += position
    self.line = line
    unsafe text.update(from: text + position, count: count - position)
    count -= position
  }

  /// - Parameter counts: of what was kept, then of each cut of what was read.
  private func findPieces(_ counts: [PieceCount], kept: Int, newline: UInt8, pieceSize: Int) {
    var starts = [0]
    var lines = [line]
    var quotes: UInt64 = counts[0].quotes
    var line = line + counts[0].newlines
    for cut in 1..<counts.count {
      let from = kept + (cut - 1) * pieceSize
      let to = min(count, from + pieceSize)
      if cut > 1 || kept > 0 {
        var isInside = quotes & 1 == 1
        var at = from
        var passed = 0
        while at < to {
          let byte = unsafe text[at]
          at += 1
          if byte == 0x22 { isInside.toggle() }
          if byte == newline {
            passed += 1
            if !isInside { break }
          }
        }
        if at < to {
          starts.append(at)
          lines.append(line + passed)
        }
      }
      quotes += counts[cut].quotes
      line += counts[cut].newlines
    }
    pieces = starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1] : count
      return Piece(bytes: starts[index]..<end, line: lines[index])
    }
  }
}

/// What one look at some bytes counts.
private struct PieceCount: Sendable {
  var quotes: UInt64
  var newlines: Int
  var hasHighBytes: Bool

  init(_ text: UnsafePointer<UInt8>, _ count: Int, _ newline: UInt8) {
    var (quotes, newlines, high): (UInt64, UInt64, UInt64) = (0, 0, 0)
    unsafe segue_count_bytes(text, count, newline, &quotes, &newlines, &high)
    self.quotes = quotes
    self.newlines = Int(newlines)
    hasHighBytes = high != 0
  }
}
