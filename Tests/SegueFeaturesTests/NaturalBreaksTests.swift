import SegueCore
import SegueFeatures
import Testing

@Suite("Natural breaks", .serialized)
struct NaturalBreaksTests {
  private func classes(_ values: [Double], _ count: Int) -> (NaturalBreaks, [[Double]]) {
    let distinct = DistinctValues(values)
    let breaks = NaturalBreaks(distinct.values, weights: distinct.counts, classes: count)
    let edges = [0] + breaks.starts + [distinct.values.count]
    return (breaks, zip(edges, edges.dropFirst()).map { Array(distinct.values[$0..<$1]) })
  }

  struct Published: Sendable {
    var values: [Double]
    var classes: [[Double]]
    var squares: Double
  }

  /// From the tests of the R package Ckmeans.1d.dp 4.3 and of the JavaScript package ckmeans.
  static let published = [
    Published(
      values: [-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], classes: [[-1], [2], [4, 5, 6]], squares: 2),
    Published(values: [3, 3, 3, 3, 1, 1, 1, 2, 2, 2], classes: [[1], [2], [3]], squares: 0),
    Published(
      values: [-3, 2.2, -6, 7, 9, 11, -6.3, 75, 82.6, 32.3, -9.5, 62.5, 7, 95.2],
      classes: [[-9.5, -6.3, -6], [-3, 2.2], [7, 9, 11], [32.3], [62.5], [75], [82.6], [95.2]],
      squares: 7.526666667 + 13.52 + 11),
    Published(
      values: (1...10).map(Double.init), classes: [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]], squares: 20),
    Published(
      values: [1, 2, 4, 5, 12, 43, 52, 123, 234, 1244],
      classes: [[1, 2, 4, 5], [12], [43, 52], [123], [234], [1244]], squares: 50.5),
  ]

  @Test("are those of published examples", arguments: published)
  func examples(_ example: Published) {
    let (breaks, found) = classes(example.values, example.classes.count)
    #expect(found == example.classes)
    #expect((breaks.withinSumOfSquares - example.squares).magnitude < 1e-8)
  }

  /// Least squares over every way to cut, by its definition.
  private func least(_ values: ArraySlice<Double>, _ counts: ArraySlice<Double>, _ classes: Int) -> Double {
    func squares(_ range: Range<Int>) -> Double {
      let weight = range.reduce(0) { $0 + counts[$1] }
      let mean = range.reduce(0) { $0 + counts[$1] * values[$1] } / weight
      return range.reduce(0) { $0 + counts[$1] * (values[$1] - mean) * (values[$1] - mean) }
    }
    let (start, end) = (values.startIndex, values.endIndex)
    if classes == 1 { return squares(start..<end) }
    return (start + 1...end - classes + 1).map { cut in
      squares(start..<cut) + least(values[cut...], counts[cut...], classes - 1)
    }.min()!
  }

  @Test("are the best of all ways to cut", arguments: (0..<60).map { Seed($0) })
  func bruteForce(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let spread = [10, 100, 100_000][generator.index(below: 3)]
    let isFar = generator.index(below: 2) == 0
    let values = (0..<18).map { _ in
      Double(generator.index(below: spread)) / 4 + (isFar ? 1e6 : 0)
    }
    let distinct = DistinctValues(values)
    #expect(distinct.counts.reduce(0, +) == 18 && distinct.values == Set(values).sorted())
    for count in 1...min(6, distinct.values.count) {
      let breaks = NaturalBreaks(distinct.values, weights: distinct.counts, classes: count)
      let best = least(distinct.values[...], distinct.counts[...], count)
      #expect(breaks.starts.count == count - 1 && breaks.starts == Set(breaks.starts).sorted())
      #expect((breaks.withinSumOfSquares - best).magnitude <= 1e-9 * max(1, best), "\(count) classes")
      let edges = [0] + breaks.starts + [distinct.values.count]
      let squares = zip(edges, edges.dropFirst()).reduce(0) {
        $0 + least(distinct.values[$1.0..<$1.1], distinct.counts[$1.0..<$1.1], 1)
      }
      #expect((squares - best).magnitude <= 1e-9 * max(1, best))
    }
  }

  /// Every end against every start: O(k·n²).
  @Test("are those of the plain recurrence on thousands of points, on any number of threads")
  func recurrence() {
    let table = RandomRFM(customers: 3_000, seed: Seed(7)).table
    let distinct = DistinctValues(table.monetary)
    let (x, w) = (distinct.values, distinct.counts)
    let classes = 9
    var cost = [Double](repeating: .infinity, count: x.count + 1)
    cost[0] = 0
    for _ in 0..<classes {
      var next = [Double](repeating: .infinity, count: x.count + 1)
      for end in 1...x.count {
        // Backwards from the end, by the mean so far.
        var (weight, mean, squares) = (0.0, 0.0, 0.0)
        for start in stride(from: end - 1, through: 0, by: -1) {
          weight += w[start]
          let step = x[start] - mean
          mean += step * w[start] / weight
          squares += w[start] * step * (x[start] - mean)
          next[end] = min(next[end], cost[start] + squares)
        }
      }
      cost = next
    }
    defer { Threads.count = 0 }
    var starts: [[Int]] = []
    for threads in [1, 2, 3] {
      Threads.count = threads
      let breaks = NaturalBreaks(x, weights: w, classes: classes)
      #expect((breaks.withinSumOfSquares - cost[x.count]).magnitude <= 1e-9 * cost[x.count])
      starts.append(breaks.starts)
    }
    #expect(starts[0] == starts[1] && starts[0] == starts[2])
  }

  @Test("a long tail leaves customers in every score")
  func skew() throws {
    let table = RandomRFM(customers: 5_000, seed: Seed(2)).table
    var options = RFMOptions()
    options.binning = .natural
    let scores = try RFMScores(table, options)
    for own in [scores.recency, scores.frequency, scores.monetary] {
      for score in 1...5 as ClosedRange<UInt8> {
        #expect(own.count { $0 == score } > 5_000 / 50)
      }
    }
  }

  @Test("fewer values than scores are spread from the lowest to the highest")
  func few() throws {
    var options = RFMOptions()
    options.binning = .natural
    for (values, expected) in [
      ([4, 4, 4], [1, 1, 1]), ([4, 9, 4], [1, 5, 1]), ([7, 1, 3], [5, 1, 3]), ([8, 2, 4, 6], [5, 1, 2, 4]),
      ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
    ] as [([Double], [UInt8])] {
      let table = RandomRFM(recencyDays: values, frequency: values, monetary: values).table
      let scores = try RFMScores(table, options)
      #expect(scores.frequency == expected && scores.monetary == expected)
      #expect(scores.recency == expected.map { 6 - $0 })
      #expect(scores.cutPoints.frequency.count == 4)
    }
  }

  @Test("order statistics are those of sorted values", arguments: (0..<24).map { Seed($0) })
  func selection(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let count = [1, 5, 2_049, 40_000, 150_000][generator.index(below: 5)]
    let kind = generator.index(below: 6)
    let values = (0..<count).map { _ -> Double in
      let x = generator.unit()
      switch kind {
      case 0: return (x * 700).rounded()
      case 1: return Elementary.exp(20 * x - 5) - (x < 0.1 ? 40 : 0)
      case 2: return x < 0.7 ? 1 : (1 + x * 9).rounded()
      case 3: return x < 0.001 ? 1e300 : -x * 1e-300
      case 4: return x < 0.5 ? 0 : -0.0
      default: return 12.5 + Double(generator.index(below: 3)) * 0x1p-49
      }
    }
    let ranks = (0..<12).map { _ in generator.index(below: count) }.sorted()
    let sorted = values.sorted()
    #expect(OrderStatistics.values(at: ranks, of: values) == ranks.map { sorted[$0] })
    let distinct = DistinctValues(values)
    #expect(distinct.values == Set(values).sorted() && distinct.counts.reduce(0, +) == Double(count))
  }
}
