/// How a file is written: what separates fields, what ends lines, where the header stands.
struct CSVDialect: Sendable {
  var delimiter: UInt8
  var delimiterOrigin: Origin
  var carriageReturnEndsLine: Bool
  /// Records above the header that are titles, not data.
  var titleRecords = 0

  /// The byte that ends lines; a carriage return before it belongs to the end.
  var newline: UInt8 { carriageReturnEndsLine ? 13 : 10 }

  var parser: CSVParser { CSVParser(delimiter: delimiter, carriageReturnEndsLine: carriageReturnEndsLine) }

  /// As `,` `;` `|`, `tab` or `blanks`.
  var delimiterName: String {
    switch delimiter {
    case 9: "tab"
    case 0x20: "blanks"
    default: String(Unicode.Scalar(delimiter))
    }
  }
}

enum DialectSniffer {
  private static let sampleBytes = 1 << 18
  private static let sampleRecords = 200

  /// Tries every delimiter on the head of the file and takes the one that cuts most records into the same
  /// number of fields, more than one; ties go to more fields, then to the order , ; tab |.
  static func sniff(_ bytes: Span<UInt8>, _ choice: IngestOptions.Delimiter) -> CSVDialect {
    let head = bytes.extracting(0..<min(bytes.count, sampleBytes))
    var hasLineFeed = false
    for index in head.indices where head[index] == 10 {
      hasLineFeed = true
      break
    }
    if let fixed = byte(of: choice) {
      var dialect = CSVDialect(delimiter: fixed, delimiterOrigin: .flag, carriageReturnEndsLine: !hasLineFeed)
      dialect.titleRecords = titleRecords(widths(head, dialect, isWhole: head.count == bytes.count))
      return dialect
    }
    var best = CSVDialect(delimiter: 0x2C, delimiterOrigin: .default, carriageReturnEndsLine: !hasLineFeed)
    var bestScore = 0.0
    for delimiter: UInt8 in [0x2C, 0x3B, 9, 0x7C] {
      var dialect = best
      dialect.delimiter = delimiter
      dialect.delimiterOrigin = .detected
      let widths = widths(head, dialect, isWhole: head.count == bytes.count)
      let (mode, share) = mode(widths.map(\.fields))
      guard mode > 1 else { continue }
      let score = share + min(0.2, Double(mode) * 0.002)
      if score > bestScore + 1e-9 {
        bestScore = score
        dialect.titleRecords = titleRecords(widths)
        best = dialect
      }
    }
    return bestScore > 0 ? best : blanks(head, best, isWhole: head.count == bytes.count)
  }

  /// Blanks separate fields only where nothing else does and nearly all records then have the same width.
  private static func blanks(_ head: Span<UInt8>, _ fallback: CSVDialect, isWhole: Bool) -> CSVDialect {
    var dialect = fallback
    dialect.delimiter = 0x20
    dialect.delimiterOrigin = .detected
    let widths = widths(head, dialect, isWhole: isWhole)
    let (mode, share) = mode(widths.map(\.fields))
    return mode > 2 && share > 0.98 && widths.count > 2 ? dialect : fallback
  }

  private static func byte(of choice: IngestOptions.Delimiter) -> UInt8? {
    switch choice {
    case .auto: nil
    case .comma: 0x2C
    case .semicolon: 0x3B
    case .tab: 9
    case .pipe: 0x7C
    case .blanks: 0x20
    }
  }

  private typealias Width = (fields: Int, filled: Int)

  /// Fields, and fields that are not empty, of the first records.
  private static func widths(_ head: Span<UInt8>, _ dialect: CSVDialect, isWhole: Bool) -> [Width] {
    var parser = dialect.parser
    var batch = RecordBatch()
    _ = parser.read(head, from: 0, isEnd: isWhole, limit: sampleRecords, into: &batch)
    return batch.records.map { record in
      var filled = 0
      for column in 0..<record.fieldCount {
        if batch.trimmed(record, column, in: head, { !$0.isEmpty }) { filled += 1 }
      }
      return (record.fieldCount, filled)
    }
  }

  private static func mode(_ values: [Int]) -> (value: Int, share: Double) {
    var counts: [Int: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    guard let best = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return (0, 0) }
    return (best.key, Double(best.value) / Double(values.count))
  }

  /// Records before the first that is as wide as most, if each holds no more than one value.
  private static func titleRecords(_ widths: [Width]) -> Int {
    let (mode, share) = mode(widths.map(\.fields))
    guard mode > 2, share >= 0.5 else { return 0 }
    let titles = widths.prefix { $0.filled <= 1 }.count
    return titles < widths.count && titles <= 10 ? titles : 0
  }
}
