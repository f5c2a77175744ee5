import SegueClustering
import SegueCore
import SegueFeatures
import SegueNumerics

/// The clustering step: by the method that was asked for, into a given number of segments or as many as are found.
struct SegmentSplit {
  /// The split as means and labels, whatever method made it.
  var model: KMeansModel
  /// Nil where k was given or another method than k-means looked for it.
  var scan: SegmentCountScan?
  /// Why that many; nil where k was given.
  var choice: SegmentCountChoice?
  /// Mean Jaccard per cluster; nil for methods that are not drawn anew.
  var stability: [Double]?
  var quality: ClusterQuality
  /// Of each row to its centroid, in scaled units.
  var distances: [Double]
  var axes: PrincipalAxes
  var mixture: MixtureSplit?
  var prototypes: PrototypeModel?
  /// The cuts of bisection; nil for other methods.
  var tree: BisectingModel?

  /// - Parameters:
  ///   - points: n×d, scaled.
  ///   - mixed: the same rows with their gaps and categories, for k-prototypes; nil where there are only numbers.
  ///   - noun: what a row is, in the plural.
  ///   - file: where the rows came from, as the user named it.
  ///   - isBrief: whether a search for k leaves out the indices that decide nothing.
  init(
    _ points: Matrix, mixed: (() -> MixedFeatures)? = nil, of noun: String, _ file: String?,
    _ options: StudyOptions, isBrief: Bool = false, monitor: Monitor
  ) throws {
    let place = file.map { Diagnostic.Location(file: $0) }
    let range = try SegmentSplit.range(points.rowCount, noun, place, options.clustering)
    let (seed, clustering) = (options.seed, options.clustering)
    var kMeans = KMeansOptions()
    (kMeans.restarts, kMeans.seeding) = (clustering.restarts, clustering.seeding)
    (model, scan, choice, mixture, prototypes, tree) = try SegmentSplit.placed(place) {
      switch clustering.algorithm {
      case .kmeans, .minibatch, .bisecting:
        let (model, scan, tree) = try SegmentSplit.byMeans(
          points, range, kMeans, clustering.algorithm, isBrief, seed, monitor)
        return (model, scan, scan?.choice, nil, nil, tree)
      case .gmm:
        let found = try MixtureSplit(points, range, clustering.covariance, seed: seed, monitor: monitor)
        return (found.partition, nil, clustering.k == nil ? found.choice : nil, found, nil, nil)
      case .kprototypes:
        guard let mixed else {
          throw SegueError.usage(
            Diagnostic(
              "study.algorithm", "k-prototypes takes tables of numbers and categories", at: place,
              hint: "use segue cluster TABLE --algorithm kprototypes, or another --algorithm here"))
        }
        let found = try PrototypeSplit(
          mixed(), points, range, clustering, seed: seed, monitor: monitor)
        return (found.partition, nil, clustering.k == nil ? found.choice : nil, nil, found.model, nil)
      }
    }
    if clustering.algorithm == .kmeans, let scan {
      stability = scan[model.k]?.stability?.jaccard
      quality = scan[model.k]!.quality
    } else {
      let isByMeans = [.kmeans, .minibatch, .bisecting].contains(clustering.algorithm)
      stability =
        isByMeans ? try ClusterStability(points, model: model, seed: seed, monitor: monitor).jaccard : nil
      quality = ClusterQuality(points, labels: model.labels, clusterCount: model.k, seed: seed)
    }
    distances = SegmentSplit.distances(points, model)
    axes = try PrincipalAxes(points, count: min(2, points.columnCount))
  }

  /// Whether some number of clusters stands apart, whether or not they come back: without it no scan finds any. By
  /// k-means for any method, whose indices say whether there are clusters at all.
  static func mayHoldClusters(_ points: Matrix, _ options: StudyOptions, monitor: Monitor) throws -> Bool {
    var search = SegmentCountOptions()
    search.range = try range(points.rowCount, "customers", nil, options.clustering)
    (search.kMeans.restarts, search.kMeans.seeding) = (
      options.clustering.restarts, options.clustering.seeding
    )
    (search.stability, search.gap, search.prediction) = (nil, nil, nil)
    return try SegmentCountScan(points, options: search, seed: options.seed, monitor: monitor).choice.verdict
      == .clustered
  }

  /// A split that was made by other means.
  init(
    _ model: KMeansModel, scan: SegmentCountScan?, choice: SegmentCountChoice?, of points: Matrix,
    _ options: StudyOptions
  ) throws {
    (self.model, self.scan, self.choice) = (model, scan, choice)
    quality = ClusterQuality(points, labels: model.labels, clusterCount: model.k, seed: options.seed)
    distances = SegmentSplit.distances(points, model)
    axes = try PrincipalAxes(points, count: min(2, points.columnCount))
  }

  /// By k-means or one of its kin; k is looked for with k-means, whose indices say whether there are clusters at all.
  private static func byMeans(
    _ points: Matrix, _ range: ClosedRange<Int>, _ options: KMeansOptions, _ algorithm: ClusteringAlgorithm,
    _ isBrief: Bool, _ seed: Seed, _ monitor: Monitor
  ) throws -> (KMeansModel, SegmentCountScan?, BisectingModel?) {
    var options = options
    var scan: SegmentCountScan?
    options.k = range.lowerBound
    if range.count > 1 {
      var search = SegmentCountOptions()
      (search.range, search.kMeans) = (range, options)
      if isBrief { (search.gap, search.prediction) = (nil, nil) }
      let found = try SegmentCountScan(points, options: search, seed: seed, monitor: monitor)
      options.k = found.choice.k
      scan = found
      if algorithm == .kmeans { return (found.model(k: options.k)!, scan, nil) }
    }
    switch algorithm {
    case .minibatch:
      var batches = MiniBatchOptions()
      batches.k = options.k
      return (try MiniBatchKMeans(batches, seed: seed).fit(points, monitor: monitor), scan, nil)
    case .bisecting:
      let tree = try BisectingKMeans(options, seed: seed).fit(points, monitor: monitor)
      return (tree.model, scan, tree)
    default: return (try KMeans(options, seed: seed).fit(points, monitor: monitor), scan, nil)
    }
  }

  /// The numbers of segments to try: one where it was given.
  static func range(
    _ rows: Int, _ noun: String, _ place: Diagnostic.Location?, _ options: ClusteringOptions
  ) throws -> ClosedRange<Int> {
    if let k = options.k {
      guard k <= rows else {
        throw SegueError.usage(
          Diagnostic(
            "study.k", "\(k) segments cannot be made of \(rows) \(noun)", at: place,
            hint: rows < 3 ? "give more \(noun)" : "choose --k between 2 and \(rows), or give more \(noun)"))
      }
      return k...k
    }
    guard rows >= fewestForAuto else {
      throw SegueError.data(
        Diagnostic(
          "study.tooFew", "\(rows) \(noun) are too few to find segments in", at: place,
          hint: "give at least \(fewestForAuto), or say how many with --k"))
    }
    // Groups under ten are not described, so twenty customers a segment is the finest split worth trying.
    return 2...max(2, min(options.mostSegments, rows / fewestForAuto))
  }

  private static func distances(_ points: Matrix, _ model: KMeansModel) -> [Double] {
    Chunks(rowCount: points.rowCount).parallelMap { rows in
      rows.map { row in
        let centroid = model.centroids.row(Int(model.labels[row]))
        return zip(points.row(row), centroid).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      }
    }.flatMap(\.self)
  }

  static let fewestForAuto = 20

  /// Clustering knows no files, so its diagnostics get theirs here.
  private static func placed<Value>(_ place: Diagnostic.Location?, _ work: () throws -> Value) throws -> Value
  {
    do {
      return try work()
    } catch var error as SegueError {
      for index in error.diagnostics.indices where error.diagnostics[index].location == nil {
        error.diagnostics[index].location = place
      }
      throw error
    }
  }
}
