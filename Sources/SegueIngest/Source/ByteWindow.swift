/// Looks at many places of a store in rising order without a call of the system for each.
package struct ByteWindow {
  private let store: ByteStore
  private var start = 0
  private var bytes: [UInt8] = []

  package init(_ store: ByteStore) { self.store = store }

  /// Calls `body` with the bytes of a range.
  package mutating func read<R>(_ range: Range<Int>, _ body: (Span<UInt8>) -> R) throws -> R {
    if range.lowerBound < start || range.upperBound > start + bytes.count {
      start = range.lowerBound
      bytes = try store.bytes(start..<max(range.upperBound, start + (1 << 20)))
    }
    return body(bytes.span.extracting((range.lowerBound - start)..<(range.upperBound - start)))
  }
}
