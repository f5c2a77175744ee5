import SegueNumerics

/// How features are made comparable.
public enum Scaling: String, Sendable, Codable, CaseIterable {
  /// Mean 0, standard deviation 1 (population).
  case standard
  /// Median 0, interquartile range 1.
  case robust
  /// Smallest 0, largest 1.
  case minmax
  /// As they are.
  case none
}

/// The fitted, invertible centre and scale of each column. Constant columns get scale 1.
///
/// Quartiles and ranges say nothing of columns of 0 and 1. Under `standard` and `robust` a flag has variance 1;
/// the levels of a category have it together, so that a category weighs as much as a number however many
/// levels it has; the mark of a missing value stays 0 or 1 about its mean, so that being filled never counts
/// for more than one standard deviation. Under `minmax` two levels are as far apart as smallest and largest.
public struct Scaler: Sendable, Codable, Hashable {
  public var scaling: Scaling
  public var centers: [Double]
  public var scales: [Double]

  /// - Parameter statistics: of each column, reshaped.
  init(_ statistics: [ColumnStatistics], of features: [Feature], _ scaling: Scaling) {
    self.scaling = scaling
    centers = []
    scales = []
    var spread: [String: Double] = [:]
    for (column, feature) in zip(statistics, features) where feature.shape == .level {
      spread[feature.attribute, default: 0] += column.deviation * column.deviation
    }
    for (column, feature) in zip(statistics, features) {
      let (center, scale) = Scaler.fit(column, feature, spread[feature.attribute] ?? 0, scaling)
      centers.append(center)
      scales.append(scale > 0 && scale.isFinite ? scale : 1)
    }
  }

  /// One that was fitted elsewhere.
  package init(_ scaling: Scaling, centers: [Double], scales: [Double]) {
    (self.scaling, self.centers, self.scales) = (scaling, centers, scales)
  }

  package func apply(_ value: Double, _ column: Int) -> Double {
    let (center, scale) = (centers[column], scales[column])
    // Near the limits of Double the difference itself would leave them.
    return scale < 1e150 ? (value - center) / scale : value / scale - center / scale
  }

  package func invert(_ scaled: Double, _ column: Int) -> Double { centers[column] + scaled * scales[column] }

  /// - Parameter spread: the variances of all levels of the feature's attribute, summed.
  private static func fit(
    _ column: ColumnStatistics, _ feature: Feature, _ spread: Double, _ scaling: Scaling
  ) -> (center: Double, scale: Double) {
    let isByRange = scaling == .minmax || scaling == .none
    switch feature.shape {
    case .number: return fit(column, scaling)
    case .flag: return isByRange ? (0, 1) : fit(column, .standard)
    case .missing: return isByRange ? (0, 1) : (fit(column, .standard).center, 1)
    case .level:
      if isByRange { return (0, scaling == .minmax ? 2.0.squareRoot() : 1) }
      return (fit(column, .standard).center, spread.squareRoot())
    }
  }

  private static func fit(_ column: ColumnStatistics, _ scaling: Scaling) -> (center: Double, scale: Double) {
    if scaling == .none { return (0, 1) }
    if column.isConstant { return (column.minimum, 1) }
    switch scaling {
    case .standard: return (column.mean, column.deviation)
    case .robust: return (column.median, column.robustRange)
    case .minmax:
      let range = column.maximum - column.minimum
      return (column.minimum, range.isFinite ? range : .greatestFiniteMagnitude)
    case .none: return (0, 1)
    }
  }
}
