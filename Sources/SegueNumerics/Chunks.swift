internal import Dispatch
internal import Synchronization

/// Fixed ranges of rows: the unit of parallel work.
///
/// The cut depends on the number of rows alone, and contributions come back in the order of the
/// rows. Whoever folds them in that order gets the same bits on any number of threads.
package struct Chunks: Sendable {
  package static let defaultSize = 16_384

  package let rowCount: Int
  package let size: Int

  package init(rowCount: Int, size: Int = Chunks.defaultSize) {
    precondition(rowCount >= 0 && size > 0, "chunks need a positive size")
    self.rowCount = rowCount
    self.size = size
  }

  package var count: Int { (rowCount + size - 1) / size }

  package subscript(index: Int) -> Range<Int> {
    index * size..<min(rowCount, (index + 1) * size)
  }

  /// What `body` returns for each chunk, in chunk order.
  package func parallelMap<Value: Sendable, Failure: Error>(
    _ body: @Sendable (Range<Int>) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    try SegueNumerics.parallelMap(count) { (index) throws(Failure) in try body(self[index]) }
  }
}

/// What `body` returns for 0, 1, … `count` − 1, in that order, computed on up to `Threads.count` threads.
///
/// Work is handed out one index at a time, so `body` should take microseconds at least. When
/// bodies throw, the error of the lowest index is thrown, after all have ended.
package func parallelMap<Value: Sendable, Failure: Error>(
  _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let threads = min(Threads.count, count)
  var values: [Value] = []
  values.reserveCapacity(count)
  if threads <= 1 {
    for index in 0..<count { values.append(try body(index)) }
    return values
  }
  var slots = [Result<Value, Failure>?](repeating: nil, count: count)
  unsafe slots.withUnsafeMutableBufferPointer { buffer in
    let shared = unsafe Slots(base: buffer.baseAddress!)
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        // Each index is handed out once, so no two threads write the same slot.
        do throws(Failure) {
          let value = try body(index)
          unsafe shared.base[index] = .success(value)
        } catch {
          unsafe shared.base[index] = .failure(error)
        }
      }
    }
  }
  for slot in slots { values.append(try slot!.get()) }
  return values
}

/// Carries a pointer into the `@Sendable` closure of `concurrentPerform`.
@unsafe private struct Slots<Value, Failure: Error>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Result<Value, Failure>?>
}
