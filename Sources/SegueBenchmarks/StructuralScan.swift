import Foundation
import SegueIngest

/// Finds every record and field of a file that is already in memory, and reads none.
struct StructuralScan {
  var bytes = 0
  var records = 0
  var seconds = 0.0

  init(path: String, threads: Int) throws {
    let text = [UInt8](try Data(contentsOf: URL(filePath: path)))
    bytes = text.count
    var parser = CSVParser()
    var batch = RecordBatch()
    var position = 0
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      while position < text.count {
        batch.removeAll()
        position = parser.read(text.span, from: position, limit: 4_096, into: &batch)
        records += batch.records.count
      }
    }
    seconds = elapsed / .seconds(1)
  }
}
