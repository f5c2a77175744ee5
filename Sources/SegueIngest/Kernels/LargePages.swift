internal import Glibc

/// Memory in pages of two megabytes where the system has them: fewer of them to fetch, and to look up.
enum LargePages {
  /// - Returns: memory at a multiple of two megabytes, to be freed with `deallocate()`.
  static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 1 << 21)
    // Advice: where it is not taken, the memory is as good as any.
    _ = unsafe madvise(memory, bytes, Int32(MADV_HUGEPAGE))
    return unsafe memory
  }
}
