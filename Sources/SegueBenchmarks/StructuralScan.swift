import SegueCore
import SegueIngest

/// Finds every delimiter and line end of a file, and reads nothing of what is between.
struct StructuralScan {
  var bytes = 0
  var records = 0
  var seconds = 0.0

  init(path: String, threads: Int) throws {
    Threads.count = threads
    let store = try ByteStore(path: path)
    bytes = store.count
    let clock = ContinuousClock()
    let start = clock.now
    records = try TableScan(store, delimiter: 0x2C).countLines()
    seconds = (clock.now - start) / .seconds(1)
  }
}
