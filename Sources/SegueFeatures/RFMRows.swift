/// Scores rows of a table by cut points.
struct RFMRows: Sendable {
  private let table: RFMTable
  private let recencies: [Double]
  private let cuts: RFMScores.CutPoints
  private let bins: Int
  /// Whether a value on a cut point scores above it.
  private let isAbove: Bool

  /// Of some rows: scores, and the place of each code among all codes.
  struct Part: Sendable {
    var recency: [UInt8] = []
    var frequency: [UInt8] = []
    var monetary: [UInt8] = []
    var codes: [UInt16] = []
    /// Rows whose money is below zero, and zero.
    var negative = 0
    var zero = 0
    /// One bit per score that occurs, by dimension.
    var used: [UInt16] = [0, 0, 0]
  }

  init(
    _ table: RFMTable, _ cuts: RFMScores.CutPoints, bins: Int, _ binning: RFMOptions.Binning
  ) {
    self.table = table
    recencies = cuts.recencyCadence == nil ? table.recencyDays : table.recencyCadence ?? table.recencyDays
    self.cuts = cuts
    self.bins = bins
    isAbove = binning == .rfmPackage
  }

  var count: Int { recencies.count }

  func scores(_ rows: Range<Int>) -> Part {
    var part = Part()
    let top = UInt8(bins + 1)
    let recencyCuts = cuts.recencyCadence ?? cuts.recencyDays
    part.recency = scores(recencies, rows, recencyCuts).map { top - $0 }
    part.frequency =
      if let within = cuts.frequencyWithin {
        scores(table.frequency, rows, within, cuts.frequency) { Int(part.recency[$0]) - 1 }
      } else {
        scores(table.frequency, rows, cuts.frequency)
      }
    part.codes = part.recency.indices.map {
      (UInt16(part.recency[$0]) - 1) * UInt16(bins) + UInt16(part.frequency[$0]) - 1
    }
    part.monetary =
      if let within = cuts.monetaryWithin {
        scores(table.monetary, rows, within, cuts.monetary) { Int(part.codes[$0]) }
      } else {
        scores(table.monetary, rows, cuts.monetary)
      }
    for place in part.codes.indices {
      part.codes[place] = part.codes[place] * UInt16(bins) + UInt16(part.monetary[place]) - 1
    }
    for row in rows {
      let money = table.monetary[row]
      if money < 0 { part.negative += 1 } else if money == 0 { part.zero += 1 }
    }
    part.used = [part.recency, part.frequency, part.monetary].map { scores in
      scores.reduce(0) { $0 | 1 << UInt16($1) }
    }
    return part
  }

  private func scores(_ values: [Double], _ rows: Range<Int>, _ cuts: [Double]) -> [UInt8] {
    // Cut points from elsewhere may be too many.
    let cuts = Array(cuts.prefix(bins - 1))
    return values[rows].map { score($0, cuts[...]) }
  }

  /// The same with cut points for each group; `others` where a group has none.
  private func scores(
    _ values: [Double], _ rows: Range<Int>, _ within: [[Double]], _ others: [Double], group: (Int) -> Int
  ) -> [UInt8] {
    rows.map { row in
      let place = group(row - rows.lowerBound)
      return score(values[row], (place < within.count ? within[place] : others).prefix(bins - 1))
    }
  }

  /// 1 + the number of cut points below the value, or not above it.
  @inline(__always)
  private func score(_ value: Double, _ cuts: ArraySlice<Double>) -> UInt8 {
    var score: UInt8 = 1
    if isAbove {
      for cut in cuts where cut <= value { score &+= 1 }
    } else {
      for cut in cuts where cut < value { score &+= 1 }
    }
    return score
  }
}
