import SegueCore
import SegueFeatures
import SegueIngest
import SegueNumerics

/// Rows of an RFM table as CSV has them.
///
/// What follows from the scores alone is prepared once per code, so that a row takes no string of its own.
struct RFMCells {
  private let rfm: RFMTable
  private let scores: RFMScores
  /// By code: `,4,1,3,413,Promising`.
  private let endings: PerCode<[UInt8]>

  init(_ rfm: RFMTable, _ scores: RFMScores) {
    self.rfm = rfm
    self.scores = scores
    endings = PerCode(scores) { row in
      let numbers = "\(scores.recency[row]),\(scores.frequency[row]),\(scores.monetary[row])"
      var cells = Array(",\(numbers),\(scores.code(row)),".utf8)
      CSVWriter.append(scores.segments[row], to: &cells)
      return cells
    }
  }

  /// What `append` writes: cadence stands beside days where recency is scored by it.
  static func columns(_ rfm: RFMTable) -> String {
    let cadence = rfm.recencyCadence == nil ? "" : "recency_cadence,"
    return "recency_days,\(cadence)frequency,monetary,r_score,f_score,m_score,rfm_code,rfm_segment"
  }

  func append(_ row: Int, to output: inout [UInt8]) {
    output.append(decimal: Int(rfm.recencyDays[row]))
    if let cadence = rfm.recencyCadence?[row] {
      output.append(0x2C)
      output.append(Amount(tenThousandths: Int64(exactly: (cadence * 10_000).rounded()) ?? .max))
    }
    output.append(0x2C)
    output.append(decimal: Int(rfm.frequency[row]))
    output.append(0x2C)
    // Sums saturate at the ends of the range, where a double no longer fits.
    let money = Int64(exactly: (rfm.monetary[row] * 10_000).rounded()) ?? .max
    output.append(Amount(tenThousandths: money))
    output += endings[row, scores]
  }
}

/// The same rows as JSON objects with sorted keys.
struct RFMObjects {
  /// What stands between the figures of a row's own.
  private struct Parts {
    var beforeFrequency: [UInt8]
    var beforeMonetary: [UInt8]
    var beforeRecency: [UInt8]
    var ending: [UInt8]
  }

  private let rfm: RFMTable
  private let scores: RFMScores
  private let parts: PerCode<Parts>
  private static let beforeID = Array("{\"customerId\":".utf8)
  private static let beforeCadence = Array(",\"recencyCadence\":".utf8)
  private static let beforeDays = Array(",\"recencyDays\":".utf8)

  init(_ rfm: RFMTable, _ scores: RFMScores) throws {
    self.rfm = rfm
    self.scores = scores
    parts = try PerCode(scores) { row in
      var ending = Array(",\"rfmCode\":\"\(scores.code(row))\",\"rfmSegment\":".utf8)
      try ending.append(jsonString: Array(scores.segments[row].utf8).span)
      ending.append(UInt8(ascii: "}"))
      return Parts(
        beforeFrequency: Array(",\"fScore\":\(scores.frequency[row]),\"frequency\":".utf8),
        beforeMonetary: Array(",\"mScore\":\(scores.monetary[row]),\"monetary\":".utf8),
        beforeRecency: Array(",\"rScore\":\(scores.recency[row])".utf8), ending: ending)
    }
  }

  func append(_ row: Int, _ id: Span<UInt8>, to output: inout [UInt8]) throws {
    let parts = parts[row, scores]
    output += RFMObjects.beforeID
    try output.append(jsonString: id)
    output += parts.beforeFrequency
    output.append(decimal: Int(rfm.frequency[row]))
    output += parts.beforeMonetary
    output.append(json: rfm.monetary[row])
    output += parts.beforeRecency
    if let cadence = rfm.recencyCadence?[row] {
      output += RFMObjects.beforeCadence
      output.append(json: cadence)
    }
    output += RFMObjects.beforeDays
    output.append(decimal: Int(rfm.recencyDays[row]))
    output += parts.ending
  }
}

/// Something for each code that occurs.
private struct PerCode<Value: Sendable>: Sendable {
  private var values: [Value?]

  /// - Parameter make: from a row that has the code.
  init(_ scores: RFMScores, _ make: (_ row: Int) throws -> Value) rethrows {
    values = Array(repeating: nil, count: scores.bins * scores.bins * scores.bins)
    for row in scores.recency.indices {
      let place = PerCode.place(row, scores)
      if values[place] == nil { values[place] = try make(row) }
    }
  }

  private static func place(_ row: Int, _ scores: RFMScores) -> Int {
    let (recency, frequency) = (Int(scores.recency[row]) - 1, Int(scores.frequency[row]) - 1)
    return (recency * scores.bins + frequency) * scores.bins + Int(scores.monetary[row]) - 1
  }

  subscript(row: Int, scores: RFMScores) -> Value { values[PerCode.place(row, scores)]! }
}

extension [UInt8] {
  /// Appends what `body` writes for 0, 1, … `count` − 1, in that order, on all cores.
  mutating func append<Failure: Error>(
    rows count: Int, _ body: @Sendable (_ row: Int, _ output: inout [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let parts = try Chunks(rowCount: count).parallelMap { (rows) throws(Failure) -> [UInt8] in
      var output: [UInt8] = []
      output.reserveCapacity(rows.count * 64)
      for row in rows { try body(row, &output) }
      return output
    }
    reserveCapacity(self.count + parts.reduce(0) { $0 + $1.count })
    for part in parts { self += part }
  }

  /// A string in quotes. What takes an escape, or is no ASCII, is left to the encoder.
  fileprivate mutating func append(jsonString text: Span<UInt8>) throws {
    let start = count
    append(0x22)
    for index in text.indices {
      let byte = text[index]
      guard byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C else {
        removeSubrange(start...)
        var bytes: [UInt8] = []
        for index in text.indices { bytes.append(text[index]) }
        self += try StudyResult.json(String(decoding: bytes, as: UTF8.self), isPretty: false).dropLast()
        return
      }
      append(byte)
    }
    append(0x22)
  }
}
