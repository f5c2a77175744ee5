import SegueCore
import SegueNumerics

/// What was done to columns before clustering and why, a sentence for each group of columns.
struct PreparationText {
  private let table: FeatureTable
  private let options: FeatureOptions
  private let rowNoun: String

  init(_ table: FeatureTable, _ options: FeatureOptions, _ rows: RowKind) {
    self.table = table
    self.options = options
    rowNoun = rows.noun
  }

  func remarks(_ fits: [ColumnFit], _ decision: OutlierDecision) -> [String] {
    [logged(fits), powered(fits), pulledIn(decision), farRows(decision), nearlyConstant(fits), correlated]
      .compactMap { $0 }
  }

  // MARK: Transforms

  private var isChosen: Bool { options.transform == .auto }

  private func logged(_ fits: [ColumnFit]) -> String? {
    let labels = fits.filter { $0.reshaping.transform == .log1p }.map(\.feature.label)
    guard !labels.isEmpty else { return nil }
    let reason = isChosen ? "because a few large values would decide otherwise" : "as set"
    return "Taken on a log scale, \(reason): \(PreparationText.shortened(labels))."
  }

  private func powered(_ fits: [ColumnFit]) -> String? {
    let found = fits.filter { $0.reshaping.transform == .yeoJohnson }
    guard !found.isEmpty else { return nil }
    let labels = found.map { fit in
      "\(fit.feature.label) (power \(NumberText.fixed(fit.reshaping.lambda ?? 1, 2)), skewness "
        + "\(NumberText.fixed(fit.statistics.skewness, 1)) to \(NumberText.fixed(fit.skewnessLeft, 1)))"
    }
    let reason =
      isChosen ? "because they lean to one side and a log scale does not fit them" : "as set"
    return "Evened out by a power (Yeo-Johnson), \(reason): \(PreparationText.shortened(labels))."
  }

  // MARK: Far values

  private func pulledIn(_ decision: OutlierDecision) -> String? {
    guard !table.winsorized.isEmpty else { return nil }
    let labels = table.winsorized.map { column in
      let label = table.features.first { $0.name == column.name }?.label ?? column.name
      var ends: [String] = []
      if let lowest = column.lowest {
        ends.append("\(NumberText.integer(column.below)) below \(NumberText.compact(lowest))")
      }
      if let highest = column.highest {
        ends.append("\(NumberText.integer(column.above)) above \(NumberText.compact(highest))")
      }
      return "\(label) (\(ends.joined(separator: ", ")))"
    }
    let reason =
      decision.outcome == .pulledIn
      ? "so that a few far \(rowNoun)s do not decide how the others are grouped" : "as set"
    return "Values beyond a limit count as the limit, \(reason): \(PreparationText.shortened(labels))."
  }

  private func farRows(_ decision: OutlierDecision) -> String? {
    guard let outliers = decision.outliers else {
      guard options.outliers == .apart else { return nil }
      return "No \(rowNoun) lies far enough from the others to be set apart."
    }
    let rows = NumberText.count(outliers.rows.count, rowNoun)
    let share = NumberText.percent(Double(outliers.rows.count) / Double(max(1, table.raw.rowCount)))
    let lie = outliers.rows.count == 1 ? "lies" : "lie"
    let far =
      "far out in \(PreparationText.shortened(outliers.columns.map(PreparationText.range))): more than "
      + "\(NumberText.fixed(outliers.cutOff, 1)) robust standard deviations from the median"
    switch decision.outcome {
    case .nothing, .pulledIn: return nil
    case .apart:
      return "\(rows) (\(share)) \(outliers.rows.count == 1 ? "is" : "are") set apart as a segment of "
        + "\(outliers.rows.count == 1 ? "its" : "their") own, so that the others are not "
        + "grouped around them; they lie \(far)."
    case .tail:
      return "\(rows) (\(share)) \(lie) \(far). That many are no outliers but a tail or a cluster, "
        + "so none is set apart."
    case .kept: return "\(rows) (\(share)) \(lie) \(far). They are clustered with the others."
    }
  }

  private static func range(_ column: Outliers.Column) -> String {
    "\(column.label) (beyond \(NumberText.compact(column.lowest)) to \(NumberText.compact(column.highest)))"
  }

  // MARK: Columns

  /// From this share of equal values on, the others alone decide.
  private static let nearlyAll = 0.95

  private func nearlyConstant(_ fits: [ColumnFit]) -> String? {
    let count = Double(max(1, table.raw.rowCount))
    let found = fits.filter { fit in
      fit.feature.shape == .number && Double(fit.statistics.mode.count) >= PreparationText.nearlyAll * count
    }
    guard !found.isEmpty else { return nil }
    let labels = found.map { fit in
      "\(fit.feature.label) (\(NumberText.compact(fit.statistics.mode.value)) for "
        + "\(NumberText.percent(Double(fit.statistics.mode.count) / count, 1)))"
    }
    return "Nearly the same for all, so that the few others lie far away: "
      + "\(PreparationText.shortened(labels))."
  }

  private var correlated: String? {
    guard !table.correlated.isEmpty else { return nil }
    // Levels of two categories may be paired many times over: one pair of columns stands for the two.
    let attributes = Dictionary(
      table.features.map { ($0.name, $0.attribute) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<[String]> = []
    let pairs = table.correlated.compactMap { pair -> String? in
      guard seen.insert([attributes[pair.first] ?? "", attributes[pair.second] ?? ""]).inserted else {
        return nil
      }
      return "\(pair.firstLabel) and \(pair.secondLabel) (\(NumberText.fixed(pair.strongest, 2)))"
    }
    return "Nearly the same thing counts twice, by correlation: \(PreparationText.shortened(pairs, 5)). "
      + "Leave one of a pair out with --features if that is not meant."
  }

  private static func shortened(_ labels: [String], _ most: Int = 10) -> String {
    let rest = labels.count > most ? " and \(NumberText.integer(labels.count - most)) more" : ""
    return labels.prefix(most).joined(separator: ", ") + rest
  }
}
