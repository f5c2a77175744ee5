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
public struct Scaler: Sendable, Codable, Hashable {
  public var scaling: Scaling
  public var centers: [Double]
  public var scales: [Double]

  init(_ columns: [[Double]], _ scaling: Scaling) {
    self.scaling = scaling
    centers = []
    scales = []
    for column in columns {
      let (center, scale) = Scaler.fit(column, scaling)
      centers.append(center)
      scales.append(scale > 0 && scale.isFinite ? scale : 1)
    }
  }

  func apply(_ columns: [[Double]]) -> [[Double]] {
    columns.indices.map { column in
      columns[column].map { ($0 - centers[column]) / scales[column] }
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
