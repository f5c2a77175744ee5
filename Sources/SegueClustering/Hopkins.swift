public import SegueCore
public import SegueNumerics

/// Whether rows lie closer together than rows drawn evenly from a box around them (Hopkins & Skellam 1954,
/// doi:10.1093/oxfordjournals.aob.a083391).
///
/// About 0.5 for rows spread evenly, near 1 for rows in heaps. A single normal cloud is no box either and
/// is told from one: a high value is a reason to look for clusters, not a proof of them, and rows that are
/// equal count as heaps.
public struct Hopkins: Hashable, Sendable, Codable {
  /// Σuᵈ / (Σuᵈ + Σwᵈ), 0…1: u from places drawn evenly to their nearest row, w from rows drawn at random
  /// to theirs, d the number of columns.
  public var statistic: Double
  /// How likely a value at least this high is where rows lie evenly: the statistic is then Beta(m, m) distributed.
  /// Too small beyond some ten columns, where most rows lie near an edge: in twelve, a fifth of even tables fall below 0.05.
  public var pValue: Double
  /// m: how many places and how many rows were measured from.
  public var probes: Int
  /// How many rows were measured to: all of them, or a sample.
  public var rowCount: Int

  /// - Parameters:
  ///   - points: n×d, finite, n ≥ 2, not all rows equal.
  ///   - probes: m, at most a tenth of the rows, so that distances hardly depend on each other.
  ///   - rowLimit: of more rows a sample of this size is drawn first.
  /// - Complexity: O(m·min(n, `rowLimit`)·d).
  public init(_ points: Matrix, probes: Int = 100, rowLimit: Int = 10_000, seed: Seed = Seed(0)) throws {
    var generator = seed.generator(for: .hopkins)
    let rows = generator.sample(rowLimit, outOf: points.rowCount)
    let sample = rows.count < points.rowCount ? points.selecting(rows: rows) : points
    let count = max(1, min(probes, sample.rowCount / 10))
    let drawn = generator.sample(count, outOf: sample.rowCount)
    let places = try ReferenceBox(around: sample, .columns).draw(count, &generator)
    let packed = PackedPoints(sample)
    let centered = packed.centered(places)
    @Sendable func nearest(to position: ArraySlice<Double>, except own: Int?) -> Double {
      var least = Double.infinity
      for row in 0..<packed.rowCount where row != own {
        least = min(least, packed.squaredDistance(from: row, to: position))
      }
      return least
    }
    let squares = parallelMap(count) { probe in
      (
        nearest(to: centered.row(probe), except: nil),
        nearest(to: packed.row(drawn[probe])[...], except: drawn[probe])
      )
    }
    // Over the largest of them, because powers of many columns leave the range of a double.
    let largest = squares.reduce(0) { max($0, $1.0, $1.1) }
    func volume(_ square: Double) -> Double {
      square > 0 ? Elementary.exp(Double(points.columnCount) / 2 * Elementary.log(square / largest)) : 0
    }
    let placeSum = squares.reduce(0) { $0 + volume($1.0) }
    let rowsSum = squares.reduce(0) { $0 + volume($1.1) }
    statistic = largest > 0 ? placeSum / (placeSum + rowsSum) : 0.5
    pValue = Hopkins.upperTail(of: statistic, probes: count)
    self.probes = count
    rowCount = sample.rowCount
  }

  /// P(Beta(m, m) ≥ x), which is the chance of fewer than m successes in 2m − 1 trials.
  static func upperTail(of x: Double, probes m: Int) -> Double {
    guard x > 0 else { return 1 }
    guard x < 1 else { return 0 }
    let trials = 2 * m - 1
    let (success, failure) = (Elementary.log(x), Elementary.log1p(-x))
    var logTerm = Double(trials) * failure
    var total = 0.0
    for successes in 0..<m {
      total += Elementary.exp(logTerm)
      logTerm += success - failure + Elementary.log(Double(trials - successes) / Double(successes + 1))
    }
    return min(1, total)
  }
}
