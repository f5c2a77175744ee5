internal import CKernels

/// The instruction sets the structural scan was compiled for.
package enum InstructionSet {
  /// Uses nothing above a level from now on: 0 what every machine has, 1 AVX2, 2 AVX-512. For tests.
  package static func limit(_ level: Int) { segue_limit_instruction_set(Int32(level)) }
}

/// Where the delimiters and line ends of a piece stand, window by window; reused from piece to piece.
///
/// Positions count from `base`, the start of the piece.
@safe struct SeparatorIndex: ~Copyable {
  /// Small enough for a window's text and index to stay in the second-level cache.
  static let window = 1 << 16

  private let delimiter: UInt8
  private let newline: UInt8
  private var state = segue_scan_state(inside: 0, may_open: 1, stray: 0, quotes: 0)
  private var capacity: Int
  private(set) var separators: UnsafeMutablePointer<UInt32>
  private(set) var rowEnds: UnsafeMutablePointer<UInt32>
  private var separatorCount: UInt32 = 0
  /// Whole rows that the last window completed; their ends are in `rowEnds`, as counts of separators.
  private(set) var rowCount: UInt32 = 0

  init(delimiter: UInt8, newline: UInt8) {
    self.delimiter = delimiter
    self.newline = newline
    capacity = SeparatorIndex.window + 64
    unsafe separators = .allocate(capacity: capacity)
    unsafe rowEnds = .allocate(capacity: SeparatorIndex.window + 64)
  }

  deinit {
    unsafe separators.deallocate()
    unsafe rowEnds.deallocate()
  }

  /// A quote stood where none should: the positions may be wrong.
  var hasStrayQuotes: Bool { state.stray != 0 }
  /// There were quotes in this piece.
  var hasQuotes: Bool { state.quotes != 0 }
  /// The text ended inside quotes.
  var isInsideQuotes: Bool { state.inside != 0 }

  /// Where the last row that the window completed ends.
  var lastRowEnd: UInt32 { unsafe separators[Int(rowEnds[Int(rowCount) - 1]) - 1] }

  /// Starts on another piece.
  mutating func reset() {
    state = segue_scan_state(inside: 0, may_open: 1, stray: 0, quotes: 0)
    separatorCount = 0
    rowCount = 0
  }

  /// Indexes `from ..< to` of the piece behind what is left of the row that the last window did not complete.
  mutating func scan(_ base: UnsafePointer<UInt8>, from: Int, to: Int) {
    let used = unsafe rowCount == 0 ? 0 : rowEnds[Int(rowCount) - 1]
    let left = Int(separatorCount - used)
    if used > 0 { unsafe separators.update(from: separators + Int(used), count: left) }
    if left + (to - from) + 64 > capacity {
      capacity = 2 * (left + (to - from) + 64)
      let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
      unsafe larger.update(from: separators, count: left)
      unsafe separators.deallocate()
      unsafe separators = larger
    }
    separatorCount = UInt32(left)
    rowCount = 0
    unsafe segue_scan_separators(
      base, UInt32(from), UInt32(to), delimiter, newline, &state, separators, &separatorCount, rowEnds,
      &rowCount)
  }
}
