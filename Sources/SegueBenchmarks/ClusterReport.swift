import Foundation

/// What scripts/bench reads of a run of ``ClusterCommand``; what a task does not tell is left out.
struct ClusterReport: Encodable {
  /// Of the calls, in the order they were made.
  var seconds: [Double]
  var iterations: Int?
  var inertia: Double?
  /// Mean silhouette.
  var mean: Double?
  var silhouetteRows: Int?
  var scores: [Score]?
  /// Resident before any points were read.
  var programMiB: Double?

  struct Score: Encodable {
    var k: Int
    var inertia: Double
    var silhouette: Double
    var calinskiHarabasz: Double
    var daviesBouldin: Double
  }
}

/// Memory this process has needed so far, as the kernel counts it.
func peakMiB() throws -> Double {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
  return (Double(line.filter(\.isNumber)) ?? .nan) / 1024
}
