import SegueCore
import SegueNumerics

/// Points on a line in classes of least squared distance to their means: exact k-means in one dimension, which is
/// also what cartographers call natural breaks (Fisher 1958, doi:10.1080/01621459.1958.10501479).
///
/// Classes of sorted points are runs, so dynamic programming over where the last class starts finds the optimum
/// (Wang & Song 2011, doi:10.32614/RJ-2011-015). That place never moves back as points are added, which lets
/// division and conquest look at few of them (Grønlund et al. 2017, arXiv:1701.07204).
package struct NaturalBreaks: Sendable {
  /// Where each class but the first starts. Of equally good places the earliest.
  package private(set) var starts: [Int] = []
  package private(set) var withinSumOfSquares = 0.0

  /// - Parameters:
  ///   - points: ascending, finite.
  ///   - weights: how often each counts, above 0.
  ///   - classes: 1 to the number of points.
  /// - Complexity: O(classes · n log n), on all cores; memory 4 bytes a point and class.
  package init(_ points: [Double], weights: [Double], classes: Int) {
    precondition((1...points.count).contains(classes), "a class needs a point")
    let runs = Runs(points, weights)
    let count = points.count
    var cost = (0...count).map { runs.cost(0, $0) }
    var layers: [[Int32]] = []
    for layer in 2..<max(2, classes) {
      let next = NaturalBreaks.layer(layer, cost, runs, count)
      cost = next.cost
      layers.append(next.start)
    }
    guard classes > 1 else {
      withinSumOfSquares = cost[count]
      return
    }
    let last = NaturalBreaks.best(count, classes - 1...count - 1, cost, runs)
    withinSumOfSquares = last.cost
    starts = [last.start]
    for layer in layers.reversed() { starts.append(Int(layer[starts[starts.count - 1]])) }
    starts.reverse()
  }

  /// Sums over runs of points, about their mean for the digits' sake.
  private struct Runs: Sendable {
    private var weights = [0.0]
    private var sums = [0.0]
    private var squares = [0.0]

    init(_ points: [Double], _ counts: [Double]) {
      let total = counts.reduce(0, +)
      let mean = zip(points, counts).reduce(0) { $0 + $1.0 * ($1.1 / total) }
      for (point, count) in zip(points, counts) {
        let x = point - mean
        weights.append(weights[weights.count - 1] + count)
        sums.append(sums[sums.count - 1] + count * x)
        squares.append(squares[squares.count - 1] + count * x * x)
      }
    }

    /// The squared distances of points `start` ..< `end` to their mean.
    @inline(__always)
    func cost(_ start: Int, _ end: Int) -> Double {
      guard end - start > 1 else { return 0 }
      let sum = sums[end] - sums[start]
      return max(0, squares[end] - squares[start] - sum * sum / (weights[end] - weights[start]))
    }
  }

  /// The best start of the last class of the first `end` points.
  @inline(__always)
  private static func best(
    _ end: Int, _ starts: ClosedRange<Int>, _ before: [Double], _ runs: Runs
  ) -> (cost: Double, start: Int) {
    var best = (cost: Double.infinity, start: starts.lowerBound)
    for start in starts {
      let cost = before[start] + runs.cost(start, end)
      if cost < best.cost { best = (cost, start) }
    }
    return best
  }

  /// Ranges of ends that threads work on.
  private static let blocks = 16

  /// Least costs of the first 0, 1, … points in `classes` classes, and where the last of these starts.
  private static func layer(
    _ classes: Int, _ before: [Double], _ runs: Runs, _ count: Int
  ) -> (cost: [Double], start: [Int32]) {
    let ends = (0...blocks).map { classes + (count - classes) * $0 / blocks }
    var pivots = Part(ends.count)
    pivots.fill(0..<ends.count, classes - 1...count - 1, before, runs) { ends[$0] }
    let (edges, edgeStarts) = (ends, pivots.start)
    let parts = parallelMap(blocks) { block in
      let inner = edges[block]..<edges[block + 1]
      var part = Part(inner.count)
      part.fill(
        0..<inner.count, Int(edgeStarts[block])...Int(edgeStarts[block + 1]), before, runs
      ) { inner.lowerBound + $0 }
      return part
    }
    // As many points as classes, or fewer, cost nothing.
    var cost = [Double](repeating: 0, count: classes)
    var start = (0..<Int32(classes)).map { max(0, $0 - 1) }
    for part in parts {
      cost += part.cost
      start += part.start
    }
    cost.append(pivots.cost[blocks])
    start.append(pivots.start[blocks])
    return (cost, start)
  }

  /// Some ends of a layer.
  private struct Part: Sendable {
    var cost: [Double]
    var start: [Int32]

    init(_ count: Int) {
      cost = [Double](repeating: 0, count: count)
      start = [Int32](repeating: 0, count: count)
    }

    /// The middle of some ends first: it bounds the starts on both sides.
    mutating func fill(
      _ places: Range<Int>, _ starts: ClosedRange<Int>, _ before: [Double], _ runs: Runs, end: (Int) -> Int
    ) {
      guard !places.isEmpty else { return }
      let middle = places.lowerBound + places.count / 2
      let reach = min(starts.upperBound, end(middle) - 1)
      let found = best(end(middle), min(starts.lowerBound, reach)...reach, before, runs)
      (cost[middle], start[middle]) = (found.cost, Int32(found.start))
      fill(places.lowerBound..<middle, starts.lowerBound...found.start, before, runs, end: end)
      fill(middle + 1..<places.upperBound, found.start...starts.upperBound, before, runs, end: end)
    }
  }
}
