import SegueCore
import SegueIngest

/// Text cut into records and fields, by each of the two engines.
enum Records {
  /// The scalar parser, shown the text `chunk` bytes at a time.
  static func scalar(_ bytes: [UInt8], delimiter: UInt8, chunk: Int = .max, numbered: Bool = false)
    -> [[String]]
  {
    var parser = CSVParser(delimiter: delimiter, carriageReturnEndsLine: !bytes.contains(10))
    var batch = RecordBatch()
    var found: [[String]] = []
    var (position, end) = (0, 0)
    repeat {
      end = bytes.count - end > chunk ? end + chunk : bytes.count
      let shown = bytes.span.extracting(0..<end)
      batch.removeAll()
      position = parser.read(shown, from: position, isEnd: end == bytes.count, into: &batch)
      found += fields(batch, shown, numbered)
    } while end < bytes.count
    return found
  }

  /// The parallel scan, with pieces of `chunk` bytes and rounds of five; an open quote ends as the scalar parser has it.
  static func parallel(_ bytes: [UInt8], delimiter: UInt8, chunk: Int = .max, numbered: Bool = false)
    -> [[String]]
  {
    var scan = TableScan(
      ByteStore(bytes, name: "text"), delimiter: delimiter, carriageReturnEndsLine: !bytes.contains(10))
    if chunk < 1 << 20 {
      scan.pieceSize = chunk
      scan.roundSize = chunk * 5
    }
    var found: [[String]] = []
    do {
      try scan.forEachPart(.silent, "reading", make: { [[String]]() }) { part, batch, text in
        part += fields(batch, text, numbered)
      } merge: {
        found += $0
      }
    } catch {
      return scalar(bytes, delimiter: delimiter, numbered: numbered)
    }
    return found
  }

  /// The fields of each record, behind the number of its line if that is wanted.
  private static func fields(_ batch: RecordBatch, _ text: Span<UInt8>, _ numbered: Bool) -> [[String]] {
    batch.records.map { (numbered ? ["\($0.line)"] : []) + batch.strings($0, in: text) }
  }
}
