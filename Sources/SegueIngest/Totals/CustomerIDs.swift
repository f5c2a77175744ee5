/// Texts, one a row, as bytes that lie one behind the other: a million customer ids are no million objects.
public struct CustomerIDs: RandomAccessCollection, Sendable, Hashable {
  /// UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// Where each text ends; it starts where the one before ends.
  private var ends: [Int] = []

  public init() {}

  public init(_ texts: some Sequence<String>) {
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      ends.append(bytes.count)
    }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { ends.count }

  public subscript(row: Int) -> String { String(decoding: bytes[range(row)], as: UTF8.self) }

  /// Where the text of a row lies in `bytes`.
  package func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  mutating func reserveCapacity(_ count: Int, bytes size: Int) {
    ends.reserveCapacity(count)
    bytes.reserveCapacity(size)
  }

  mutating func append(_ text: Span<UInt8>) {
    bytes.append(text)
    ends.append(bytes.count)
  }

  mutating func append(_ other: CustomerIDs) {
    let start = bytes.count
    bytes.append(contentsOf: other.bytes)
    for end in other.ends { ends.append(start + end) }
  }

  /// All rows by their bytes.
  var order: [Int32] { ByteOrder(texts: bytes, ends: ends).sorted(Array(0..<Int32(count))) }
}
