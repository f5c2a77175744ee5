internal import Glibc

/// Memory that starts a cache line, on large pages where it is large. Freed with its last owner.
///
/// Kernels write disjoint parts of it from several threads, which is why it is no array.
@safe package final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  package let count: Int
  let base: UnsafeMutablePointer<Element>

  /// - Parameter value: what every element is set to; nil leaves them as they come.
  init(_ count: Int, repeating value: Element? = nil) {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let isLarge = bytes >= 4 << 20
    var memory: UnsafeMutableRawPointer?
    let status = unsafe posix_memalign(&memory, isLarge ? 2 << 20 : 64, bytes)
    precondition(status == 0, "out of memory: \(bytes) bytes")
    if isLarge { unsafe madvise(memory, bytes, Int32(MADV_HUGEPAGE)) }
    self.count = count
    unsafe base = memory!.bindMemory(to: Element.self, capacity: max(1, count))
    if let value { unsafe base.initialize(repeating: value, count: count) }
  }

  deinit { unsafe free(base) }

  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }
}
