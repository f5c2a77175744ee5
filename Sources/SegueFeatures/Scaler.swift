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

  init(_ columns: [[Double]], of features: [Feature], _ scaling: Scaling) {
    self.scaling = scaling
    centers = []
    scales = []
    var spread: [String: Double] = [:]
    for (column, feature) in zip(columns, features) where feature.shape == .level {
      let scale = Scaler.fit(column, .standard).scale
      spread[feature.attribute, default: 0] += scale * scale
    }
    for (column, feature) in zip(columns, features) {
      let (center, scale) = Scaler.fit(column, feature, spread[feature.attribute] ?? 0, scaling)
      centers.append(center)
      scales.append(scale > 0 && scale.isFinite ? scale : 1)
    }
  }

  func apply(_ columns: [[Double]]) -> [[Double]] {
    columns.indices.map { column in
      columns[column].map { ($0 - centers[column]) / scales[column] }
    }
  }

  /// - Parameter spread: the variances of all levels of the feature's attribute, summed.
  private static func fit(
    _ column: [Double], _ feature: Feature, _ spread: Double, _ scaling: Scaling
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

  private static func fit(_ column: [Double], _ scaling: Scaling) -> (center: Double, scale: Double) {
    // A constant column's mean is off by rounding, which would pass for spread.
    guard let first = column.first, column.contains(where: { $0 != first }) else {
      return (scaling == .none ? 0 : column.first ?? 0, 1)
    }
    switch scaling {
    case .standard:
      let n = Double(column.count)
      let mean = column.reduce(0, +) / n
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
      return (mean, variance.squareRoot())
    case .robust:
      let quartiles = Quantiles.quantiles([0.25, 0.5, 0.75], of: column)
      return (quartiles[1], quartiles[2] - quartiles[0])
    case .minmax:
      let low = column.min() ?? 0
      return (low, (column.max() ?? 0) - low)
    case .none:
      return (0, 1)
    }
  }
}
