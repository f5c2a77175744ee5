import SegueClustering
import SegueCore
import SegueFeatures
import SegueNumerics

/// A split by k-prototypes.
struct PrototypeSplit {
  var model: PrototypeModel
  var choice: SegmentCountChoice?
  /// The same split in the coordinates of the encoded columns, so that indices compare with other methods.
  var partition: KMeansModel

  /// - Parameters:
  ///   - mixed: the rows, numbers scaled, NaN and −1 for gaps.
  ///   - points: the same rows, encoded.
  init(
    _ mixed: MixedFeatures, _ points: Matrix, _ range: ClosedRange<Int>, _ options: ClusteringOptions,
    seed: Seed, monitor: Monitor
  ) throws {
    let table = try MixedTable(
      numbers: mixed.numbers, numberNames: mixed.features.map(\.name),
      categories: mixed.categories.map {
        CategoricalColumn(name: $0.name, levels: $0.names, codes: $0.levels)
      })
    var search = KPrototypesOptions()
    (search.k, search.gamma, search.restarts) = (range.lowerBound, options.gamma, options.restarts)
    if range.count > 1 {
      var scanned = PrototypeScanOptions()
      (scanned.range, scanned.kPrototypes) = (range, search)
      let scan = try PrototypeScan(table, options: scanned, seed: seed, monitor: monitor)
      let found = scan.choice
      choice = SegmentCountChoice(
        k: found.k, runnerUp: found.runnerUp, verdict: found.isStable ? .clustered : .unstable,
        reason: found.reason)
      model = scan[found.k]!.model
    } else {
      model = try KPrototypes(search, seed: seed).fit(table, monitor: monitor)
    }
    partition = KMeansModel(
      describing: points, labels: model.labels,
      places: Matrix(rowCount: model.k, columnCount: points.columnCount), iterations: model.iterations)
  }
}
