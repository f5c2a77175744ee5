import SegueCore
import SegueNumerics

extension RFMScores {
  /// Where scores part: ascending, one fewer than there are scores. Where two are equal, nobody scores between.
  ///
  /// The lists of a dimension are empty where it is cut otherwise.
  public struct CutPoints: Sendable, Codable, Hashable {
    public var recencyDays: [Double]
    public var frequency: [Double]
    public var monetary: [Double]
    /// Instead of days, in usual gaps of each customer.
    public var recencyCadence: [Double]?
    /// Of customers with each recency score, 1 first, where scores are nested.
    public var frequencyWithin: [[Double]]?
    /// Of customers with recency score r and frequency score f, at (r − 1)·bins + f − 1.
    public var monetaryWithin: [[Double]]?

    public init(recencyDays: [Double], frequency: [Double], monetary: [Double]) {
      self.recencyDays = recencyDays
      self.frequency = frequency
      self.monetary = monetary
    }
  }

  /// A cut point as people write it: `30`, `12.5`.
  package static func spelled(_ cut: Double) -> String {
    cut == cut.rounded() && cut.magnitude < 1e15 ? String(Int64(cut)) : "\(cut)"
  }
}

extension RFMScores.CutPoints {
  /// Own cut points where the options hold some, else those of the binning.
  ///
  /// - Parameter options: that can be used, see ``RFMOptions/diagnostics``.
  /// - Complexity: O(n), on all cores; O(n log n) for natural breaks.
  public init(_ table: RFMTable, _ options: RFMOptions) {
    let binning = RFMBinning(options)
    self.init(recencyDays: [], frequency: [], monetary: [])
    let cadence = options.recency == .cadence ? table.recencyCadence : nil
    let recency = binning.cuts(cadence ?? table.recencyDays, .recency)
    if cadence == nil { recencyDays = recency } else { recencyCadence = recency }
    guard options.binning == .nested else {
      frequency = binning.cuts(table.frequency, .frequency)
      monetary = binning.cuts(table.monetary, .monetary)
      return
    }
    nest(table, binning)
  }

  /// Cuts frequency within recency, then monetary within both.
  private mutating func nest(_ table: RFMTable, _ binning: RFMBinning) {
    let bins = binning.bins
    frequency = binning.cuts(table.frequency, .frequency)
    monetary = binning.cuts(table.monetary, .monetary)
    if binning.own[.frequency] == nil {
      let groups = rows(table, bins).flatMap { part in part.recency.map { Int($0) - 1 } }
      frequencyWithin = binning.cuts(table.frequency, .frequency, within: groups, bins, otherwise: frequency)
      frequency = []
    }
    if binning.own[.monetary] == nil {
      let groups = rows(table, bins).flatMap { part in part.codes.map { Int($0) / bins } }
      monetaryWithin = binning.cuts(
        table.monetary, .monetary, within: groups, bins * bins, otherwise: monetary)
      monetary = []
    }
  }

  private func rows(_ table: RFMTable, _ bins: Int) -> [RFMRows.Part] {
    Chunks(rowCount: table.recencyDays.count, size: 1 << 15)
      .parallelMap(RFMRows(table, self, bins: bins, .nested).scores)
  }
}
