import Foundation
import SegueClustering
import SegueCore
import SegueNumerics

/// One part of clustering, run some times; `report` is a line of JSON.
///
///     SegueBenchmarks cluster lloyd --points x.f64 --rows 1000000 --columns 8 --precision double --k 8 \
///       --start s.f64 --iterations 100 --threads 2 --runs 3 --budget 10 [--labels out.i32]
///
/// The clock runs over the call alone, with the points in memory. Runs end early when `budget` seconds are
/// spent, but there is always one.
struct ClusterCommand {
  private let task: String
  private let arguments: NamedArguments

  init(_ given: [String]) throws {
    guard let task = given.first else { throw NamedArguments.Usage() }
    self.task = task
    arguments = try NamedArguments(given.dropFirst())
  }

  func report() throws -> String {
    Threads.count = try arguments.number("threads")
    let programMiB = try peakMiB()
    var report =
      switch task {
      case "lloyd": try lloyd()
      case "fit": try fit()
      case "scan": try scan(isWhole: false)
      case "scan-all": try scan(isWhole: true)
      case "silhouette": try silhouette()
      default: throw NamedArguments.Usage()
      }
    report.programMiB = programMiB
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  private func lloyd() throws -> ClusterReport {
    let (k, columns): (Int, Int) = (try arguments.number("k"), try arguments.number("columns"))
    let start = Matrix(
      rowCount: k, columnCount: columns,
      elements: try RawNumbers.read(arguments.text("start"), count: k * columns))
    var (short, whole) = (KMeansOptions(), KMeansOptions())
    short.maxIterations = 2
    whole.maxIterations = try arguments.number("iterations")
    let run: (KMeansOptions) throws -> KMeansModel
    if try arguments.text("precision") == "double" {
      let points = try points()
      run = { try KMeans($0).lloyd(points, from: start) }
    } else {
      let points = try floatPoints()
      run = { try KMeans($0).lloyd(points, from: start) }
    }
    _ = try run(short)
    let (seconds, model) = try arguments.timed { try run(whole) }
    try writeLabels(model.labels)
    return ClusterReport(seconds: seconds, iterations: model.iterations, inertia: model.inertia)
  }

  private func writeLabels(_ labels: [Int32]) throws {
    if let path = arguments["labels"] { try RawNumbers.write(labels, to: path) }
  }

  /// k-means++ and ten restarts, everything else by default.
  private func fit() throws -> ClusterReport {
    var kMeans = KMeansOptions()
    kMeans.k = try arguments.number("k")
    kMeans.restarts = 10
    let fitting = KMeans(kMeans)
    let run: () throws -> KMeansModel
    if try arguments.text("precision") == "double" {
      let points = try points()
      run = { try fitting.fit(points) }
    } else {
      let points = try floatPoints()
      run = { try fitting.fit(points) }
    }
    let (seconds, model) = try arguments.timed(run)
    try writeLabels(model.labels)
    return ClusterReport(seconds: seconds, iterations: model.iterations, inertia: model.inertia)
  }

  /// k = 2 to 10 with inertia and three indices, and nothing that repeats fits.
  /// - Parameter isWhole: with gap statistic, prediction strength, bootstraps and clouds without clusters too.
  private func scan(isWhole: Bool) throws -> ClusterReport {
    let points = try points()
    var scanning = SegmentCountOptions()
    scanning.range = 2...10
    if !isWhole {
      scanning.referenceCount = 0
      (scanning.stability, scanning.gap, scanning.prediction) = (nil, nil, nil)
    }
    let (seconds, scan) = try arguments.timed { try SegmentCountScan(points, options: scanning) }
    return ClusterReport(
      seconds: seconds, silhouetteRows: scan.sampleCount,
      scores: scan.candidates.map {
        ClusterReport.Score(
          k: $0.k, inertia: $0.inertia, silhouette: $0.silhouette, calinskiHarabasz: $0.calinskiHarabasz,
          daviesBouldin: $0.daviesBouldin)
      })
  }

  /// Exact, of all rows.
  private func silhouette() throws -> ClusterReport {
    let points = try points()
    let labels: [Int32] = try RawNumbers.read(arguments.text("labels"), count: points.rowCount)
    let k: Int = try arguments.number("k")
    let (seconds, silhouette) = try arguments.timed {
      Silhouette(points, labels: labels, clusterCount: k, limit: points.rowCount)
    }
    return ClusterReport(seconds: seconds, mean: silhouette.mean)
  }

  private func points() throws -> Matrix {
    Matrix(
      rowCount: try arguments.number("rows"), columnCount: try arguments.number("columns"),
      elements: try values())
  }

  private func floatPoints() throws -> FloatMatrix {
    FloatMatrix(
      rowCount: try arguments.number("rows"), columnCount: try arguments.number("columns"),
      elements: try values())
  }

  private func values<Number: BitwiseCopyable>() throws -> [Number] {
    try RawNumbers.read(
      arguments.text("points"), count: arguments.number("rows") * arguments.number("columns"))
  }
}
