/// What joining has to know of each row of a customers table and nobody after it: dropped when tables are joined.
struct CustomerRowNotes: Sendable {
  /// Where a row stands, and how much it says.
  struct Place: Sendable {
    /// Index into the files of ``RejectList``.
    var file: Int32
    var line: Int
    var bytes: Range<Int>
    /// Of those bytes.
    var hash: UInt64
    /// Cells that are neither empty nor unreadable.
    var filled: Int32
  }

  /// A column by which other tables may name customers: the e-mail address, or an id that is not the key.
  struct KeyColumn: Sendable {
    var header: String
    var isAddress: Bool
    /// One per row.
    var keys: [CellKey] = []
  }

  static let mostKeyColumns = 4

  var places: [Place] = []
  /// Checksums of the headers, by file as in ``Place/file``.
  var headerHashes: [Int32: UInt64] = [:]
  var keyColumns: [KeyColumn] = []
}

/// A cell as 128 bits that cannot be read back: customers are compared by it and never printed.
struct CellKey: Hashable, Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0

  /// Of a cell that names nothing.
  static let none = CellKey()

  private init() {}

  /// - Parameter cell: without blanks around it. What should be an address and is none has no key.
  init(_ cell: Span<UInt8>, isAddress: Bool) {
    if isAddress, CellKey.isPlainAddress(cell) {
      for index in cell.indices { take(cell[index] &- 65 < 26 ? cell[index] | 0x20 : cell[index]) }
    } else {
      let spelling = CustomerSpelling(cell)
      guard !isAddress || spelling.isAddress else { return }
      for byte in spelling.folded { take(byte) }
    }
    finish()
  }

  /// ASCII without blanks, one `@`, a point behind it: folding such a cell is lowering its case.
  private static func isPlainAddress(_ cell: Span<UInt8>) -> Bool {
    var at = 0
    var hasPoint = false
    for index in cell.indices {
      guard (0x21...0x7E).contains(cell[index]) else { return false }
      if cell[index] == 0x40 {
        guard at == 0, index > 0 else { return false }
        at = index
      }
      if cell[index] == 0x2E, at > 0, index > at + 1, index + 1 < cell.count { hasPoint = true }
    }
    return hasPoint
  }

  /// FNV-1a twice, from two starts and with two primes.
  private mutating func take(_ byte: UInt8) {
    first = (first ^ 0xcbf2_9ce4_8422_2325 ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    second = (second ^ 0x6C62_272E_07BB_0142 ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    second ^= second &>> 29
  }

  private mutating func finish() {
    guard self != .none else { return }
    first ^= first &>> 32
    second |= 1
  }
}
