public import SegueCore
public import SegueNumerics

/// The tree of clusters in which every merge is the one that adds least to the inertia.
///
/// Works on the rows of a table, on a stated sample of them, or on the centroids of a finished
/// clustering with their sizes as weights; that tree shows which segments are close kin.
public struct Ward: Hashable, Sendable, Codable {
  /// Two clusters that became one.
  public struct Merge: Hashable, Sendable, Codable {
    /// Ids of the two, `first` < `second`: a leaf `0..<m`, or m + i for the result of merge i.
    public var first: Int
    public var second: Int
    /// √(2·wₐ·w_b / (wₐ + w_b)) · ‖cₐ − c_b‖, in units of the points: the height of R's "ward.D2" and
    /// of scipy. Its square is twice the inertia that the merge adds.
    public var height: Double
    /// Weight of all leaves below: rows, if no weights were given.
    public var size: Double
  }

  /// Up to this many rows make a tree without being asked twice.
  public static let defaultLimit = 2_000

  /// The row of the points that each leaf is, ascending.
  public var rows: [Int]
  /// Whether `rows` is a sample of a longer table.
  public var isSampled: Bool
  /// Weight of each leaf.
  public var weights: [Double]
  /// m − 1 merges by rising height, in the convention of scipy's linkage matrix.
  public var merges: [Merge]

  public var leafCount: Int { rows.count }

  /// The tree over all rows.
  ///
  /// - Parameters:
  ///   - points: m×d, already scaled as for k-means.
  ///   - weights: how many rows each row stands for, such as the sizes of centroids; 1 each if nil.
  ///     A row of weight 3 is the same as three equal rows.
  ///   - limit: the most rows to take, because time grows with their square.
  /// - Throws: ``SegueError`` `ward.rows` or `ward.columns` if there is nothing to join, `ward.limit`
  ///   if there are more rows than `limit`, `ward.weights` if a weight is not positive or their number is
  ///   wrong, `kmeans.nonfinite` or `kmeans.magnitude` for values that cannot be squared.
  /// - Complexity: O(m²·d) time, O(m·d) memory: distances are not kept.
  ///
  /// Ward 1963, doi:10.1080/01621459.1963.10500845, by nearest-neighbour chains; heights as "ward.D2" of
  /// Murtagh & Legendre 2014, doi:10.1007/s00357-014-9161-z. Ties go to the earliest rows.
  public init(_ points: Matrix, weights: [Double]? = nil, limit: Int = Ward.defaultLimit) throws {
    guard points.rowCount <= limit else {
      throw SegueError.usage(
        Diagnostic(
          "ward.limit", "\(points.rowCount) rows are more than the limit of \(limit) for a tree",
          hint: "draw the tree of a sample or of the centroids, or raise the limit"))
    }
    try self.init(points, rows: Array(0..<points.rowCount), weights: weights)
  }

  /// The tree over a random sample of `limit` rows; over all rows if there are no more.
  ///
  /// - Throws: as above, and `ward.limit` if `limit` is below 1.
  /// - Complexity: O(n + m²·d) time, O(m·d) memory, m = min(n, `limit`).
  public init(sampleOf points: Matrix, limit: Int = Ward.defaultLimit, seed: Seed = Seed(0)) throws {
    guard limit >= 1 else {
      throw SegueError.usage(
        Diagnostic("ward.limit", "a sample of \(limit) rows is none", hint: "choose a limit of 1 or more"))
    }
    var generator = seed.generator(for: .treeSample)
    let rows = generator.sample(limit, outOf: points.rowCount)
    try self.init(points, rows: rows, weights: nil)
  }

  private init(_ points: Matrix, rows: [Int], weights: [Double]?) throws {
    guard !rows.isEmpty else {
      throw SegueError.data(Diagnostic("ward.rows", "there is no row to join", hint: "bring 1 row or more"))
    }
    guard points.columnCount > 0 else {
      throw SegueError.data(
        Diagnostic(
          "ward.columns", "there is no column to join rows by", hint: "choose at least one numeric feature"))
    }
    try PointChecks.requireFinite(points)
    let weights = weights ?? [Double](repeating: 1, count: rows.count)
    try Ward.check(weights, rowCount: rows.count)
    self.rows = rows
    self.weights = weights
    isSampled = rows.count < points.rowCount
    let leaves = isSampled ? points.selecting(rows: rows) : points
    merges = WardChain(leaves, weights: weights).merges()
  }

  /// Larger weights than this leave the range of a double when multiplied.
  private static let heaviest = 1e100

  private static func check(_ weights: [Double], rowCount: Int) throws {
    guard weights.count == rowCount else {
      throw SegueError.data(
        Diagnostic(
          "ward.weights", "\(weights.count) weights do not fit \(rowCount) rows",
          hint: "bring one weight for each row"))
    }
    guard let row = weights.firstIndex(where: { !($0 >= 1 / heaviest && $0 <= heaviest) }) else { return }
    throw SegueError.data(
      Diagnostic(
        "ward.weights", "row \(row + 1) has the weight \(weights[row])",
        hint: "weights are positive numbers up to 1e100; leave out rows that stand for nothing"))
  }
}
