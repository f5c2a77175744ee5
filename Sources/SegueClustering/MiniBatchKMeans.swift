public import SegueCore
public import SegueNumerics

/// k-means for rows that come in batches and are not kept.
///
/// Each batch moves every centroid towards the mean of the rows nearest to it, by the share these rows
/// have in all that ever came to it: the more it has seen, the calmer it gets (Sculley 2010,
/// doi:10.1145/1772690.1772862). The same batches in the same order give the same bits, on any number of
/// threads. Memory is O(b·d + k·d) for batches of b rows.
public struct MiniBatchKMeans: Sendable {
  public let options: MiniBatchOptions
  public let seed: Seed

  /// k×d, in the columns and units of the points; nil until enough rows have come.
  public private(set) var centroids: Matrix?
  /// Weight of the rows that came to each centroid since it got its place: k values, or none yet.
  public private(set) var centroidWeights: [Double] = []
  /// Rows of all batches so far, whatever their weight.
  public private(set) var rowsSeen = 0
  /// Times that a starved centroid was moved.
  public private(set) var moves = 0

  /// Rows that wait for a start.
  private var waiting: (elements: [Double], weights: [Double]) = ([], [])
  private var columnCount: Int?
  /// Rows seen since the last one came to a centroid.
  private var idleRows: [Int] = []
  private var progress = BatchProgress()

  public init(_ options: MiniBatchOptions = MiniBatchOptions(), seed: Seed = Seed(0)) {
    self.options = options
    self.seed = seed
  }

  /// Mean of the squared distances from rows to their centroids as they came, newer rows counting more:
  /// the average over about the last 20,000 rows or the last batch. Nil before the start.
  public var meanSquaredDistance: Double? { progress.average }

  /// Whether `meanSquaredDistance` has stopped falling. A hint: a stream may change its mind later.
  public var hasSettled: Bool { progress.stale >= options.patience }

  /// Learns from a batch and forgets its rows.
  ///
  /// - Parameters:
  ///   - batch: b×d, scaled in the same way as all batches before; no rows are no batch.
  ///   - weights: how many rows each row stands for; 1 each if nil, and 0 is allowed.
  /// - Throws: ``SegueError`` with all offences of the options, `kmeans.columns` if the batch has none or
  ///   not as many as before, `kmeans.nonfinite`, `kmeans.magnitude`, or `minibatch.weights`; nothing is
  ///   learnt then.
  /// - Complexity: O(b·k·d) time, and once a fit of k-means on a sample of the first rows.
  public mutating func update(_ batch: Matrix, weights: [Double]? = nil) throws {
    try check(batch, weights)
    guard batch.rowCount > 0 else { return }
    // A batch counts as a whole or not at all.
    var next = self
    try next.absorb(batch, weights ?? [Double](repeating: 1, count: batch.rowCount))
    self = next
  }

  private mutating func absorb(_ batch: Matrix, _ weights: [Double]) throws {
    columnCount = batch.columnCount
    rowsSeen += batch.rowCount
    if let centroids {
      try learn(batch, weights, centroids)
      return
    }
    for (row, weight) in weights.enumerated() where weight > 0 {
      waiting.elements += batch.row(row)
      waiting.weights.append(weight)
    }
    guard waiting.weights.count >= options.resolvedStartRows else { return }
    let rows = waitingRows
    if PointChecks.distinctRows(rows, upTo: options.k) == options.k {
      try start()
    } else {
      mergeEqualRows(rows)
    }
  }

  /// Places the centroids by what has come so far, without waiting for more. Does nothing after the start.
  ///
  /// - Throws: ``SegueError`` `kmeans.distinct` if fewer than k distinct rows have come.
  public mutating func start() throws {
    guard centroids == nil else { return }
    let rows = waitingRows
    let distinct = PointChecks.distinctRows(rows, upTo: options.k)
    guard distinct >= options.k else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.distinct", "only \(distinct) distinct rows have come for k = \(options.k)",
          hint: "bring more rows or choose a smaller k"))
    }
    var generator = seed.generator(for: .miniBatch)
    // A few times the rows asked for are plenty, however large the first batch is.
    let chosen = generator.sample(4 * min(options.resolvedStartRows, rows.rowCount), outOf: rows.rowCount)
    let sample = rows.selecting(rows: chosen)
    let isEnough = PointChecks.distinctRows(sample, upTo: options.k) == options.k
    var kMeans = KMeansOptions()
    (kMeans.k, kMeans.restarts, kMeans.swaps) = (options.k, 4, 0)
    let model = try KMeans(kMeans, seed: seed).fit(isEnough ? sample : rows)
    idleRows = [Int](repeating: 0, count: options.k)
    centroidWeights = [Double](repeating: 0, count: options.k)
    centroids = model.centroids
    try learn(rows, waiting.weights, model.centroids)
    waiting = ([], [])
  }

  /// The nearest centroid of each row of `points` and the distance to it, in units of the points.
  ///
  /// - Throws: ``SegueError`` `minibatch.start` before the start, `kmeans.columns` if the columns do not
  ///   match, `kmeans.nonfinite` or `kmeans.magnitude`.
  /// - Complexity: O(n·k·d).
  public func assign(_ points: Matrix) throws -> (labels: [Int32], distances: [Double]) {
    guard let centroids else {
      throw SegueError.usage(
        Diagnostic(
          "minibatch.start",
          "there are no centroids yet: \(rowsSeen) of \(options.resolvedStartRows) rows have come",
          hint: "bring more rows, or start with what there is"))
    }
    return try KMeansModel(placedAt: centroids).nearest(to: points)
  }

  private func check(_ batch: Matrix, _ weights: [Double]?) throws {
    let own = options.diagnostics
    if !own.isEmpty { throw SegueError(.usage, own) }
    guard batch.columnCount > 0, batch.columnCount == columnCount ?? batch.columnCount else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.columns",
          columnCount.map { "the batch has \(batch.columnCount) columns, those before had \($0)" }
            ?? "there is no column to cluster by",
          hint: columnCount == nil
            ? "choose at least one numeric feature" : "bring the same features in every batch"))
    }
    try PointChecks.requireFinite(batch)
    guard let weights else { return }
    guard weights.count == batch.rowCount else {
      throw SegueError.data(
        Diagnostic(
          "minibatch.weights", "\(weights.count) weights do not fit \(batch.rowCount) rows",
          hint: "bring one weight for each row"))
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0 <= MiniBatchKMeans.heaviest) }) {
      throw SegueError.data(
        Diagnostic(
          "minibatch.weights", "row \(row + 1) has the weight \(weights[row])",
          hint: "weights are numbers from 0 to 1e100"))
    }
  }

  /// Larger weights than this could leave the range of a double when summed over a stream.
  private static let heaviest = 1e100

  private var waitingRows: Matrix {
    Matrix(
      rowCount: waiting.weights.count, columnCount: columnCount ?? 0, elements: waiting.elements)
  }

  /// Keeps a stream of few distinct rows from filling the memory.
  private mutating func mergeEqualRows(_ rows: Matrix) {
    var places: [[Double]: Int] = [:]
    var merged: (elements: [Double], weights: [Double]) = ([], [])
    for (row, weight) in waiting.weights.enumerated() {
      let values = Array(rows.row(row))
      if let place = places[values] {
        merged.weights[place] += weight
      } else {
        places[values] = merged.weights.count
        merged.elements += values
        merged.weights.append(weight)
      }
    }
    waiting = merged
  }

  private mutating func learn(_ batch: Matrix, _ weights: [Double], _ centroids: Matrix) throws {
    let step = try BatchStep(batch, weights, nearestOf: centroids)
    guard step.weight > 0 else { return }
    guard step.squaredDistance.isFinite else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.magnitude", "the weighted squares of the batch are too large to add up",
          hint: "scale the columns or the weights"))
    }
    progress.record(
      step.squaredDistance / step.weight, rows: batch.rowCount, tolerance: options.tolerance)
    var moved = centroids
    for j in 0..<options.k {
      if step.weights[j] > 0 {
        centroidWeights[j] += step.weights[j]
        for column in 0..<batch.columnCount {
          moved[j, column] += step.residuals[j * batch.columnCount + column] / centroidWeights[j]
        }
        idleRows[j] = 0
      } else {
        idleRows[j] += batch.rowCount
      }
      guard idleRows[j] >= options.resolvedStarvedAfter else { continue }
      var generator = seed.generator(for: .miniBatch, index: moves + 1)
      guard let row = step.draw(&generator) else { continue }
      for column in 0..<batch.columnCount { moved[j, column] = batch[row, column] }
      // The next rows to come decide where it settles.
      (idleRows[j], centroidWeights[j]) = (0, 0)
      moves += 1
    }
    self.centroids = moved
  }
}
