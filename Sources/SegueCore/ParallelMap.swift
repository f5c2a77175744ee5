internal import Dispatch
internal import Synchronization

/// What `body` returns for 0, 1, … `count` − 1, in that order, computed on up to `Threads.count` threads.
///
/// Work is handed out one index at a time, so `body` should take microseconds at least. When
/// bodies throw, the error of the lowest index is thrown, after all have ended.
package func parallelMap<Value: Sendable, Failure: Error>(
  _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  try parallelMap(count, workers: Threads.count) { (_, index) throws(Failure) in try body(index) }
}

/// As above, and tells `body` first which of the workers it runs on: 0 ..< `workers`. No two bodies of one
/// worker run at the same time, so what belongs to a worker needs no lock.
package func parallelMap<Value: Sendable, Failure: Error>(
  _ count: Int, workers: Int, _ body: @Sendable (_ worker: Int, _ index: Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let threads = min(workers, count)
  var values: [Value] = []
  values.reserveCapacity(count)
  if threads <= 1 {
    for index in 0..<count { values.append(try body(0, index)) }
    return values
  }
  var slots = [Result<Value, Failure>?](repeating: nil, count: count)
  unsafe slots.withUnsafeMutableBufferPointer { buffer in
    let shared = unsafe Slots(base: buffer.baseAddress!)
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { worker in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        // Each index is handed out once, so no two threads write the same slot.
        do throws(Failure) {
          let value = try body(worker, index)
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
