import SegueCore

/// What a reader should know of scores, in sentences without their full stop.
struct RFMRemarks {
  private let table: RFMTable
  private let options: RFMOptions
  private let cuts: RFMScores.CutPoints
  private let parts: [RFMRows.Part]
  private let count: Int

  init(_ table: RFMTable, _ options: RFMOptions, _ cuts: RFMScores.CutPoints, _ parts: [RFMRows.Part]) {
    self.table = table
    self.options = options
    self.cuts = cuts
    self.parts = parts
    count = table.recencyDays.count
  }

  var sentences: [String] {
    guard count > 1 else {
      return count == 1 ? ["there is only one customer: scores compare customers, so these say nothing"] : []
    }
    let recencies = cuts.recencyCadence == nil ? table.recencyDays : table.recencyCadence ?? []
    let found = [
      rhythm, unused(.recency, recencies), unused(.frequency, table.frequency),
      unused(.monetary, table.monetary), money,
    ]
    return found.compactMap { $0 }
  }

  private var rhythm: String? {
    guard options.recency == .cadence, cuts.recencyCadence == nil else { return nil }
    return "nobody ordered on two days, so nobody has a usual gap: recency is scored by days"
  }

  /// Scores of a dimension that nobody has, and why.
  private func unused(_ dimension: RFMOptions.Dimension, _ values: [Double]) -> String? {
    let place = RFMOptions.Dimension.allCases.firstIndex(of: dimension)!
    let used = parts.reduce(UInt16(0)) { $0 | $1.used[place] }
    let missing = (1...options.bins).filter { used & 1 << UInt16($0) == 0 }
    guard !missing.isEmpty else { return nil }
    let name = dimension.rawValue
    let distinct = distinctCount(values)
    guard distinct > 1 else {
      let score = used.trailingZeroBitCount
      return "all \(NumberText.integer(count)) customers have the same \(name), so it parts nobody: "
        + "everybody scores \(score)"
    }
    let nobody = "nobody scores \(RFMRemarks.list(missing))"
    if distinct < options.bins {
      return "\(name) takes only \(distinct) different values, too few for \(options.bins) scores: \(nobody)"
    }
    if options.cuts[dimension] != nil {
      return "\(nobody) in \(name): no customer lies between these cut points"
    }
    return "\(nobody) in \(name): too many customers share the same value to part them"
  }

  /// Counts no further than it takes to know that there are enough for all scores.
  private func distinctCount(_ values: [Double]) -> Int {
    var known: [Double] = []
    for value in values where !known.contains(value) {
      known.append(value)
      if known.count == options.bins { break }
    }
    return known.count
  }

  private var money: String? {
    let negative = parts.reduce(0) { $0 + $1.negative }
    let zero = parts.reduce(0) { $0 + $1.zero }
    let spent = [
      negative > 0 ? "\(customers(negative)) got back more than they paid" : nil,
      zero > 0 ? "\(customers(zero)) spent nothing" : nil,
    ].compactMap { $0 }
    guard !spent.isEmpty else { return nil }
    return "\(spent.joined(separator: " and ")); they are scored with all others, lowest first"
  }

  private func customers(_ count: Int) -> String {
    count == 1 ? "1 customer" : "\(NumberText.integer(count)) customers"
  }

  /// `2`, `2 or 4`, `1, 2 or 4`.
  private static func list(_ scores: [Int]) -> String {
    let texts = scores.map(String.init)
    guard texts.count > 1 else { return texts.joined() }
    return texts.dropLast().joined(separator: ", ") + " or " + texts[texts.count - 1]
  }
}
