internal import CKernels

/// 128 bits that stand for some bytes: two texts with the same are taken for equal. Among a billion rows a
/// false match has a chance of about one in 10²⁰.
struct Fingerprint: Hashable, Sendable {
  var first: UInt64
  var second: UInt64

  init(_ text: Span<UInt8>) {
    (first, second) = (0, 0)
    unsafe text.withUnsafeBufferPointer { bytes in
      // An empty text may have no address.
      guard let start = bytes.baseAddress else { return }
      unsafe segue_fingerprint(start, bytes.count, &first, &second)
    }
  }
}
