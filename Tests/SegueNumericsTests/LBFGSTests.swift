import SegueCore
import SegueNumerics
import Testing

@Suite("L-BFGS")
struct LBFGSTests {
  static func rosenbrock(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    var (value, gradient) = (0.0, [Double](repeating: 0, count: x.count))
    for i in 0..<(x.count - 1) {
      let (bend, gap) = (x[i + 1] - x[i] * x[i], 1 - x[i])
      value += 100 * bend * bend + gap * gap
      gradient[i] += -400 * bend * x[i] - 2 * gap
      gradient[i + 1] += 200 * bend
    }
    return (value, gradient)
  }

  @Test("it walks Rosenbrock's valley to its end", arguments: [2, 4, 10])
  func valley(dimension: Int) {
    let start = (0..<dimension).map { $0.isMultiple(of: 2) ? -1.2 : 1 }
    let minimum = LBFGS().minimize(from: start, Self.rosenbrock)
    #expect(minimum.ending == .converged && minimum.isConverged)
    // The chained function has a second minimum beside −1 where the dimension is 4 or more.
    let gradient = Self.rosenbrock(minimum.point).gradient
    #expect(gradient.allSatisfy { $0.magnitude <= 1e-8 })
    if dimension == 2 { #expect(minimum.point.allSatisfy { ($0 - 1).magnitude < 1e-7 }) }
    #expect(minimum.iterations < 100 && minimum.evaluations < 200)
    #expect(minimum.history.count == minimum.iterations + 1)
    for (earlier, later) in zip(minimum.history, minimum.history.dropFirst()) {
      #expect(later.value <= earlier.value)
    }
  }

  @Test("a parabola's bottom is found from anywhere", arguments: (0..<30).map { Seed($0) })
  func parabola(seed: Seed) {
    var random = seed.generator(for: .testData)
    let dimension = 1 + random.index(below: 6)
    let widths = (0..<dimension).map { _ in Elementary.exp(4 * random.normal()) }
    let bottom = (0..<dimension).map { _ in 10 * random.normal() }
    let start = (0..<dimension).map { _ in 10 * random.normal() }
    let minimum = LBFGS().minimize(from: start) { x in
      let gaps = zip(x, bottom).map { $0 - $1 }
      return (
        zip(gaps, widths).reduce(0) { $0 + 0.5 * $1.1 * $1.0 * $1.0 }, zip(gaps, widths).map { $0 * $1 }
      )
    }
    #expect(minimum.isConverged, "\(minimum.ending)")
    for index in bottom.indices {
      #expect((minimum.point[index] - bottom[index]).magnitude * widths[index] <= 1e-8)
    }
  }

  @Test("where the function has no value it turns back")
  func domain() {
    // x − ln x is NaN below 0 and infinite at 0; its minimum is at 1.
    let minimum = LBFGS().minimize(from: [30]) { x in
      (x[0] > 0 ? x[0] - Elementary.log(x[0]) : .nan, [1 - 1 / x[0]])
    }
    #expect(minimum.isConverged && (minimum.point[0] - 1).magnitude < 1e-7)
    let wall = LBFGS().minimize(from: [-1]) { x in
      x[0] < 2 ? (-x[0], [-1]) : (.infinity, [.nan])
    }
    #expect(!wall.isConverged && wall.point[0] < 2 && wall.point[0] > 1.9)
  }

  @Test("a start without a value, no minimum and too few iterations are said")
  func endings() {
    #expect(LBFGS().minimize(from: [0]) { _ in (.nan, [0]) }.ending == .undefinedStart)
    var few = LBFGS()
    few.maxIterations = 3
    let short = few.minimize(from: [-1.2, 1], Self.rosenbrock)
    #expect(short.ending == .tooManyIterations && short.iterations == 3)
    let slope = LBFGS().minimize(from: [0]) { x in (-x[0], [-1]) }
    #expect(!slope.isConverged)
    // What claims to fall and does not.
    let liar = LBFGS().minimize(from: [0]) { x in (x[0].magnitude, [1]) }
    #expect(liar.ending == .stalled && liar.point == [0])
  }

  @Test("no step is longer than allowed")
  func bounded() {
    var limited = LBFGS()
    limited.maxMove = 0.25
    var points: [[Double]] = []
    let minimum = limited.minimize(from: [-1.2, 1]) { x in
      points.append(x)
      return Self.rosenbrock(x)
    }
    #expect(minimum.isConverged)
    #expect(zip(points, points.dropFirst()).allSatisfy { ($0[0] - $1[0]).magnitude <= 0.5 + 1e-12 })
  }

  @Test("who watches can end it")
  func cancelled() {
    struct Enough: Error {}
    var seen = 0
    #expect(throws: Enough.self) {
      try LBFGS().minimize(
        from: [-1.2, 1],
        observe: { (_: LBFGS.Step) throws(Enough) in
          seen += 1
          if seen == 4 { throw Enough() }
        }, { (x) throws(Enough) in Self.rosenbrock(x) })
    }
    #expect(seen == 4)
  }
}
