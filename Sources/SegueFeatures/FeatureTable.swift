public import SegueCore
public import SegueNumerics

/// How a feature's values are reshaped before scaling.
public enum Transform: String, Sendable, Codable, CaseIterable {
  /// `log1p` for features that are skewed and never negative, `none` for the others.
  case auto
  /// sign(x)·ln(1 + |x|).
  case log1p
  case none
}

/// What clustering sees: customers × features, transformed and scaled, with the way back.
public struct FeatureTable: Sendable {
  public var features: [Feature]
  /// Values as people know them: days, orders, money.
  public var raw: Matrix
  /// One per column, never `auto`.
  public var transforms: [Transform]
  public var scaler: Scaler
  /// `raw`, transformed and scaled.
  public var scaled: Matrix
  /// How each attribute became columns: fills, folded levels, transforms.
  public var treatments: [FeatureTreatment] = []
  /// What is known of customers and no column, with the reason.
  public var leftOut: [LeftOutFeature] = []
  /// The day that ages count to; nil where nothing is counted in days.
  public var asOf: CalendarDay?
  /// What a reader should know: columns that were log-transformed, columns left out.
  public var remarks: [String] = []

  /// - Parameter columns: one array of finite values per feature, all of equal length.
  /// - Complexity: O(n·d log n).
  public init(_ features: [Feature], columns: [[Double]], _ options: FeatureOptions) {
    let count = columns.first?.count ?? 0
    self.features = features
    raw = FeatureTable.matrix(columns, rows: count)
    transforms = zip(features, columns).map { feature, column in
      // A logarithm of 0 and 1 would be 0 and less than 1.
      if feature.shape != .number { return .none }
      return options.transform == .auto ? FeatureTable.chosenTransform(feature, column) : options.transform
    }
    let shaped = zip(columns, transforms).map { column, transform in column.map(transform.apply) }
    scaler = Scaler(shaped, of: features, options.scaling)
    scaled = FeatureTable.matrix(scaler.apply(shaped), rows: count)
    let logged = zip(features, transforms).filter { $1 == .log1p }.map(\.0.label)
    if !logged.isEmpty {
      let rest = logged.count > 10 ? " and \(NumberText.integer(logged.count - 10)) more" : ""
      remarks.append(
        "Taken on a log scale, because a few large values would decide otherwise: "
          + "\(logged.prefix(10).joined(separator: ", "))\(rest).")
    }
  }

  /// Money, days and counts run over orders of magnitude and are always logged; anything else only if
  /// its sample skewness exceeds 1 and it is never negative.
  private static func chosenTransform(_ feature: Feature, _ column: [Double]) -> Transform {
    if [.money, .days, .count].contains(feature.unit) { return .log1p }
    guard column.allSatisfy({ $0 >= 0 }) else { return .none }
    return skewness(column) > 1 ? .log1p : .none
  }

  private static func skewness(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let second = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let third = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) } / n
    return second > 0 ? third / (second * second.squareRoot()) : 0
  }

  private static func matrix(_ columns: [[Double]], rows: Int) -> Matrix {
    var elements = [Double](repeating: 0, count: rows * columns.count)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { elements[row * columns.count + column] = value }
    }
    return Matrix(rowCount: rows, columnCount: columns.count, elements: elements)
  }
}

/// How features are chosen and made comparable.
public struct FeatureOptions: Sendable, Codable, Hashable {
  /// Names of the features to cluster on; `all` for everything that can be used. Empty means recency,
  /// frequency and monetary where there are orders, else every usable number.
  public var columns: [String] = []
  /// The name that stands for all that can be used.
  public static let all = "all"

  /// How features are made comparable.
  public var scaling = Scaling.standard
  /// How skewed features are reshaped.
  public var transform = Transform.auto

  public init() {}
}

extension Transform {
  func apply(_ value: Double) -> Double {
    guard self == .log1p else { return value }
    return value < 0 ? -Elementary.log1p(-value) : Elementary.log1p(value)
  }
}
