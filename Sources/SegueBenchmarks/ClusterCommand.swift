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
  private let options: [String: String]

  init(_ arguments: [String]) throws {
    guard arguments.count % 2 == 1 else { throw Usage() }
    task = arguments[0]
    var options: [String: String] = [:]
    for index in stride(from: 1, to: arguments.count, by: 2) {
      guard arguments[index].hasPrefix("--") else { throw Usage() }
      options[String(arguments[index].dropFirst(2))] = arguments[index + 1]
    }
    self.options = options
  }

  func report() throws -> String {
    Threads.count = try number("threads")
    let programMiB = try peakMiB()
    var report =
      switch task {
      case "lloyd": try lloyd()
      case "fit": try fit()
      case "scan": try scan(isWhole: false)
      case "scan-all": try scan(isWhole: true)
      case "silhouette": try silhouette()
      default: throw Usage()
      }
    report.programMiB = programMiB
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  private func lloyd() throws -> ClusterReport {
    let (k, columns): (Int, Int) = (try number("k"), try number("columns"))
    let start = Matrix(
      rowCount: k, columnCount: columns, elements: try RawNumbers.read(text("start"), count: k * columns))
    var (short, whole) = (KMeansOptions(), KMeansOptions())
    short.maxIterations = 2
    whole.maxIterations = try number("iterations")
    let run: (KMeansOptions) throws -> KMeansModel
    if try text("precision") == "double" {
      let points = try points()
      run = { try KMeans($0).lloyd(points, from: start) }
    } else {
      let points = try floatPoints()
      run = { try KMeans($0).lloyd(points, from: start) }
    }
    _ = try run(short)
    let (seconds, model) = try timed { try run(whole) }
    try writeLabels(model.labels)
    return ClusterReport(seconds: seconds, iterations: model.iterations, inertia: model.inertia)
  }

  private func writeLabels(_ labels: [Int32]) throws {
    if let path = options["labels"] { try RawNumbers.write(labels, to: path) }
  }

  /// k-means++ and ten restarts, everything else by default.
  private func fit() throws -> ClusterReport {
    var kMeans = KMeansOptions()
    kMeans.k = try number("k")
    kMeans.restarts = 10
    let fitting = KMeans(kMeans)
    let run: () throws -> KMeansModel
    if try text("precision") == "double" {
      let points = try points()
      run = { try fitting.fit(points) }
    } else {
      let points = try floatPoints()
      run = { try fitting.fit(points) }
    }
    let (seconds, model) = try timed(run)
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
    let (seconds, scan) = try timed { try SegmentCountScan(points, options: scanning) }
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
    let labels: [Int32] = try RawNumbers.read(text("labels"), count: points.rowCount)
    let k: Int = try number("k")
    let (seconds, silhouette) = try timed {
      Silhouette(points, labels: labels, clusterCount: k, limit: points.rowCount)
    }
    return ClusterReport(seconds: seconds, mean: silhouette.mean)
  }

  /// Seconds of each run, and what the last one found.
  private func timed<Result>(_ work: () throws -> Result) throws -> (seconds: [Double], result: Result) {
    let (runs, budget): (Int, Double) = (try number("runs"), try number("budget"))
    let clock = ContinuousClock()
    var seconds: [Double] = []
    var result: Result?
    repeat {
      result = nil  // what the last run held is free again
      let start = clock.now
      result = try work()
      seconds.append((clock.now - start) / .seconds(1))
    } while seconds.count < runs && seconds.reduce(0, +) < budget
    return (seconds, result!)
  }

  private func points() throws -> Matrix {
    Matrix(rowCount: try number("rows"), columnCount: try number("columns"), elements: try values())
  }

  private func floatPoints() throws -> FloatMatrix {
    FloatMatrix(rowCount: try number("rows"), columnCount: try number("columns"), elements: try values())
  }

  private func values<Number: BitwiseCopyable>() throws -> [Number] {
    try RawNumbers.read(text("points"), count: number("rows") * number("columns"))
  }

  private func text(_ name: String) throws -> String {
    guard let value = options[name] else { throw Usage() }
    return value
  }

  private func number<Number: LosslessStringConvertible>(_ name: String) throws -> Number {
    guard let value = Number(try text(name)) else { throw Usage() }
    return value
  }

  private struct Usage: Error, CustomStringConvertible {
    var description: String {
      "usage: SegueBenchmarks cluster (lloyd|fit|scan|scan-all|silhouette) --points FILE --rows N --columns N "
        + "--precision (float|double) --threads N --runs N --budget SECONDS [--k N] [--start FILE] "
        + "[--iterations N] [--labels FILE]"
    }
  }
}
