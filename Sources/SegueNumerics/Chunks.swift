internal import SegueCore

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
    try SegueCore.parallelMap(count) { (index) throws(Failure) in try body(self[index]) }
  }

  /// As above, and tells `body` which of the workers it runs on, so that each can keep memory of its own.
  package func parallelMap<Value: Sendable, Failure: Error>(
    workers: Int, _ body: @Sendable (_ worker: Int, _ rows: Range<Int>) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    try SegueCore.parallelMap(count, workers: workers) { (worker, index) throws(Failure) in
      try body(worker, self[index])
    }
  }
}
