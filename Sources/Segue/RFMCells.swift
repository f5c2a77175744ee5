import SegueCore
import SegueFeatures
import SegueIngest

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

  init(_ rfm: RFMTable, _ scores: RFMScores) {
    self.rfm = rfm
    self.scores = scores
    parts = PerCode(scores) { row in
      var ending = Array(",\"rfmCode\":\"\(scores.code(row))\",\"rfmSegment\":".utf8)
      TableText.appendQuoted(scores.segments[row], to: &ending)
      return Parts(
        beforeFrequency: Array(",\"fScore\":\(scores.frequency[row]),\"frequency\":".utf8),
        beforeMonetary: Array(",\"mScore\":\(scores.monetary[row]),\"monetary\":".utf8),
        beforeRecency: Array(",\"rScore\":\(scores.recency[row])".utf8), ending: ending)
    }
  }

  func append(_ row: Int, _ id: Span<UInt8>, to output: inout [UInt8]) {
    output += RFMObjects.beforeID
    TableText.appendQuoted(id, to: &output)
    appendFigures(row, to: &output)
    output.append(UInt8(ascii: "}"))
  }

  /// The figures alone, each behind a comma.
  func appendFigures(_ row: Int, to output: inout [UInt8]) {
    let parts = parts[row, scores]
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
  init(_ scores: RFMScores, _ make: (_ row: Int) -> Value) {
    values = Array(repeating: nil, count: scores.bins * scores.bins * scores.bins)
    for row in scores.recency.indices {
      let place = PerCode.place(row, scores)
      if values[place] == nil { values[place] = make(row) }
    }
  }

  private static func place(_ row: Int, _ scores: RFMScores) -> Int {
    let (recency, frequency) = (Int(scores.recency[row]) - 1, Int(scores.frequency[row]) - 1)
    return (recency * scores.bins + frequency) * scores.bins + Int(scores.monetary[row]) - 1
  }

  subscript(row: Int, scores: RFMScores) -> Value { values[PerCode.place(row, scores)]! }
}
