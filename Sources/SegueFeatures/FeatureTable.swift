public import SegueCore
public import SegueNumerics

/// What clustering sees: customers × features, reshaped and scaled, with the way back.
public struct FeatureTable: Sendable {
  public var features: [Feature]
  /// Values as people know them: days, orders, money.
  public var raw: Matrix
  /// One per column.
  public var reshapings: [Reshaping]
  public var scaler: Scaler
  /// `raw`, reshaped and scaled.
  public var scaled: Matrix
  /// How each attribute became columns: fills, folded levels, transforms.
  public var treatments: [FeatureTreatment] = []
  /// What is known of customers and no column, with the reason.
  public var leftOut: [LeftOutFeature] = []
  /// Columns whose far values were pulled in, and how many.
  public var winsorized: [Winsorized] = []
  /// Rows far from all others; nil if there are none, or nobody looked for them.
  public var outliers: Outliers?
  /// Columns that say nearly the same, the strongest first.
  public var correlated: [CorrelatedPair] = []
  /// Each attribute's share of the squared distance between two rows.
  public var distanceShares: [DistanceShare] = []
  /// The day that ages count to; nil where nothing is counted in days.
  public var asOf: CalendarDay?
  /// What a reader should know: how columns were reshaped and why, what was pulled in, set apart or left out.
  public var remarks: [String] = []

  /// One per column, never `auto`.
  public var transforms: [Transform] { reshapings.map(\.transform) }

  /// Rows to cluster, ascending: all but those set apart.
  public var clusteredRows: [Int] {
    guard let outliers, outliers.areApart else { return Array(0..<raw.rowCount) }
    var isApart = [Bool](repeating: false, count: raw.rowCount)
    for row in outliers.rows { isApart[row] = true }
    return isApart.indices.filter { !isApart[$0] }
  }

  /// - Parameter columns: one array of finite values per feature, all of equal length.
  /// - Complexity: O(n·d log n).
  public init(
    _ features: [Feature], columns: [[Double]], _ options: FeatureOptions,
    treatments: [FeatureTreatment] = [], rows kind: RowKind = .customers
  ) {
    let count = columns.first?.count ?? 0
    self.features = features
    self.treatments = treatments
    raw = Matrix(columns: columns, rowCount: count)
    let fits = parallelMap(columns.count) { index in
      ColumnFit(features[index], columns[index], options.transform)
    }
    reshapings = fits.map(\.reshaping)
    var reshaped = fits.indices.map { column in columns[column].map(fits[column].reshaping.apply) }
    let decision = OutlierDecision(
      features, raw: columns, reshaped: reshaped, fits.map(\.spread), options)
    outliers = decision.outliers
    winsorized = fits.compactMap { $0.winsorized(decision.winsorizing) }
    for column in features.indices {
      guard let limits = winsorized.first(where: { $0.name == features[column].name }) else { continue }
      reshapings[column].lowest = limits.lowest
      reshapings[column].highest = limits.highest
      reshaped[column] = columns[column].map(reshapings[column].apply)
    }
    scaled = Matrix(rowCount: count, columnCount: features.count)
    scaler = Scaler([], of: [], options.scaling)
    let rows = clusteredRows
    let isAll = rows.count == count
    let statistics = parallelMap(columns.count) { [reshaped] column in
      let values = reshaped[column]
      return ColumnStatistics(sorted: (isAll ? values : rows.map { values[$0] }).sorted())
    }
    scaler = Scaler(statistics, of: features, options.scaling)
    for column in features.indices {
      for row in 0..<count { scaled[row, column] = scaler.apply(reshaped[column][row], column) }
    }
    for index in treatments.indices {
      guard let column = features.firstIndex(where: { $0.attribute == treatments[index].name }) else {
        continue
      }
      self.treatments[index].transform = reshapings[column].transform
    }
    correlated = CorrelatedPair.pairs(features, scaled, rows: rows)
    let labels = Dictionary(treatments.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
    distanceShares = DistanceShare.shares(features, labels: labels, scaled, rows: rows)
    remarks = PreparationText(self, options, kind).remarks(fits, decision)
  }

  /// A point of the scaled space, such as a centroid, in the columns' own units.
  public func restored(_ point: [Double]) -> [Double] {
    point.indices.map { reshapings[$0].invert(scaler.invert(point[$0], $0)) }
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
  /// How far values are let out before they count as a limit.
  public var winsorize = Winsorizing.auto
  /// What becomes of rows that lie far from all others.
  public var outliers = OutlierHandling.auto

  public init() {}
}

/// What one column's own values say about how to treat it.
struct ColumnFit: Sendable {
  var feature: Feature
  var reshaping: Reshaping
  /// Of the values as they are.
  var statistics: ColumnStatistics
  /// Of the reshaped values.
  var skewnessLeft: Double
  var spread: OneSidedSpread
  private var sorted: [Double]

  init(_ feature: Feature, _ column: [Double], _ transform: Transform) {
    self.feature = feature
    sorted = column.sorted()
    statistics = ColumnStatistics(sorted: sorted)
    reshaping = Reshaping(choosing: transform, for: feature, sorted: sorted, statistics)
    let reshaped =
      reshaping.transform == .none ? statistics : ColumnStatistics(sorted: sorted.map(reshaping.apply))
    skewnessLeft = reshaped.skewness
    spread = OneSidedSpread(reshaped)
  }

  func winsorized(_ how: Winsorizing) -> Winsorized? {
    feature.shape == .number ? Winsorized(feature, sorted: sorted, reshaping, spread, how) : nil
  }
}

extension Matrix {
  fileprivate init(columns: [[Double]], rowCount: Int) {
    self.init(rowCount: rowCount, columnCount: columns.count)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { self[row, column] = value }
    }
  }
}
