internal import Glibc
internal import SegueCore
internal import SegueIngest

/// Writes the one form all tables take: comma, line feed, quotes only where needed, empty for what is missing.
///
/// - Complexity: O(bytes); a buffer of a megabyte, nothing allocated per cell.
@safe
struct TableWriter: ~Copyable {
  private static let capacity = 1 << 20

  private var spool: Spool
  private let memory = Memory()
  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var fields = 0
  private var rowStart = 0
  private var rowIsEmpty = true
  private let stage: String
  private let monitor: Monitor
  /// Rows written so far, the header among them.
  private(set) var rows = 0

  /// - Parameter stage: what the monitor is told, `reading shop.sqlite`.
  init(_ scratch: Scratch) {
    spool = Spool(name: scratch.name, folder: scratch.folder)
    stage = "reading \(scratch.name)"
    monitor = scratch.monitor
    unsafe buffer = memory.start
  }

  /// Goes with the writer; a writer that freed it could not give its spool away.
  @safe
  private final class Memory {
    let start = UnsafeMutablePointer<UInt8>.allocate(capacity: TableWriter.capacity)

    deinit { unsafe start.deallocate() }
  }

  /// The table so far, ready to be read.
  consuming func finish() throws -> ByteStore {
    try flush()
    return spool.finish()
  }

  mutating func emptyField() throws { try separate() }

  mutating func field(_ text: UnsafeRawBufferPointer) throws {
    try separate()
    guard text.count > 0 else { return }
    rowIsEmpty = false
    if unsafe TableWriter.needsQuotes(text) { return try unsafe quoted(text) }
    try unsafe put(text)
  }

  mutating func field(_ text: String) throws {
    var text = text
    try text.withUTF8 { try unsafe field(UnsafeRawBufferPointer($0)) }
  }

  mutating func field(_ value: Int64) throws {
    try separate()
    rowIsEmpty = false
    try reserve(20)
    unsafe count += Digits.write(value, to: buffer + count)
  }

  /// The shortest text that reads back as the same number.
  ///
  /// - Parameter keepsPoint: 17850 is written as `17850.0`, for a column that holds reals.
  mutating func field(_ value: Double, keepsPoint: Bool) throws {
    if !keepsPoint, value == value.rounded(), value.magnitude < 9_007_199_254_740_992 {
      return try field(Int64(value))
    }
    try field(Digits.plain(value))
  }

  mutating func endRow() throws {
    // A single empty cell would be a blank line, which is no row.
    if fields == 1, rowIsEmpty { try unsafe TableWriter.emptyText.withUnsafeBytes { try unsafe put($0) } }
    try newLine()
  }

  /// A line with nothing in it, to keep the count of lines.
  mutating func blankLine() throws { try newLine() }

  /// Bytes that are delimited text already.
  mutating func raw(_ bytes: UnsafeRawBufferPointer) throws { try unsafe put(bytes) }

  private static let emptyText: [UInt8] = [0x22, 0x22]

  private mutating func newLine() throws {
    try reserve(1)
    unsafe buffer[count] = 0x0A
    count += 1
    rows += 1
    fields = 0
    rowIsEmpty = true
  }

  private mutating func separate() throws {
    if fields > 0 {
      try reserve(1)
      unsafe buffer[count] = 0x2C
      count += 1
    }
    fields += 1
  }

  private mutating func quoted(_ text: UnsafeRawBufferPointer) throws {
    try unsafe TableWriter.emptyText.withUnsafeBytes {
      try unsafe put(UnsafeRawBufferPointer(rebasing: $0[..<1]))
    }
    var start = 0
    for index in 0..<text.count where unsafe text[index] == 0x22 {
      try unsafe put(UnsafeRawBufferPointer(rebasing: text[start...index]))
      start = index
    }
    try unsafe put(UnsafeRawBufferPointer(rebasing: text[start...]))
    try unsafe TableWriter.emptyText.withUnsafeBytes {
      try unsafe put(UnsafeRawBufferPointer(rebasing: $0[..<1]))
    }
  }

  @inline(__always)
  private mutating func put(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.count > TableWriter.capacity - count {
      try flush()
      if bytes.count > TableWriter.capacity { return try unsafe spool.append(bytes) }
    }
    if let start = bytes.baseAddress { unsafe memcpy(buffer + count, start, bytes.count) }
    count += bytes.count
  }

  @inline(__always)
  private mutating func reserve(_ room: Int) throws {
    if room > TableWriter.capacity - count { try flush() }
  }

  private mutating func flush() throws {
    try unsafe spool.append(UnsafeRawBufferPointer(start: buffer, count: count))
    count = 0
    try monitor.checkpoint(stage)
  }

  /// Commas, quotes and line ends; blanks count as they are, with quotes or without.
  @inline(__always)
  private static func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
    for index in 0..<text.count {
      let byte = unsafe text[index]
      // all four stand below the minus sign
      if byte <= 0x2C, byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { return true }
    }
    return false
  }
}

/// What every source needs while it writes its table.
struct Scratch {
  /// How diagnostics call the table.
  var name: String
  var folder: String
  var monitor: Monitor
}
