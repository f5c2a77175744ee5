import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

/// ln of weight times density of each component at each row, from the packed factors.
private func naiveLogs(_ points: Matrix, _ density: MixtureDensity) -> Matrix {
  let (d, k) = (points.columnCount, density.componentCount)
  return Matrix(
    rows: (0..<points.rowCount).map { row in
      (0..<k).map { j in
        let x = (0..<d).map { points[row, $0] - density.means[j * d + $0] }
        var (square, next) = (0.0, j * density.factors.count / k)
        for i in 0..<d {
          var y = 0.0
          for c in density.isFull ? 0...i : i...i {
            y += density.factors[next] * x[c]
            next += 1
          }
          square += y * y
        }
        return density.constants[j] - square / 2
      }
    })
}

private func randomDensity(columns d: Int, components k: Int, isFull: Bool) -> MixtureDensity {
  var generator = Seed(7).generator(for: .testData)
  let means = (0..<k * d).map { _ in generator.normal() }
  let factors = (0..<k).flatMap { _ in
    (0..<d).flatMap { i in
      (isFull ? 0...i : i...i).map { c in c == i ? 0.5 + generator.unit() : 0.3 * generator.normal() }
    }
  }
  // One component so unlikely that its responsibilities vanish.
  let constants = (0..<k).map { $0 == 2 ? -1e4 : generator.normal() }
  return MixtureDensity(columnCount: d, isFull: isFull, means: means, factors: factors, constants: constants)
}

@Suite("Mixture kernels agree with their naive twins")
struct MixtureKernelTests {
  /// Rows on both sides of a block of 64.
  static let shapes = [(1, 1, 1), (63, 2, 3), (64, 3, 2), (65, 1, 4), (300, 8, 5), (203, 20, 3)]

  @Test("likelihood, responsibilities and moments", arguments: shapes, [true, false])
  func step(shape: (rows: Int, columns: Int, components: Int), isFull: Bool) {
    let (n, d, k) = (shape.rows, shape.columns, shape.components)
    let points = Cloud.normal(rows: n, columns: d, seed: Seed(1))
    let weights = (0..<n).map { Double($0 % 3) }
    let density = randomDensity(columns: d, components: k, isFull: isFull)
    let blocked = BlockedRows(
      points, center: [Double](repeating: 0, count: d), scale: [Double](repeating: 1, count: d),
      weights: weights)
    #expect(blocked.totalWeight == weights.reduce(0, +))
    let logs = naiveLogs(points, density)
    let shares = mixtureResponsibilities(0..<n, of: blocked, under: density)
    let found = mixtureStep(0..<n, of: blocked, under: density)
    var likelihood = 0.0
    var moments = [Double](repeating: 0, count: k * density.momentCount)
    for row in 0..<n {
      let most = logs.row(row).max()!
      let total = logs.row(row).reduce(0) { $0 + Elementary.exp($1 - most) }
      likelihood += weights[row] * (most + Elementary.log(total))
      for j in 0..<k {
        let r = Elementary.exp(logs[row, j] - most) / total
        #expect((shares[row, j] - r).magnitude < 1e-13)
        let x = (0..<d).map { points[row, $0] - density.means[j * d + $0] }
        let products = (0..<d).flatMap { i in (isFull ? 0...i : i...i).map { x[i] * x[$0] } }
        for (offset, term) in ([1] + x + products).enumerated() {
          moments[j * density.momentCount + offset] += weights[row] * r * term
        }
      }
    }
    #expect(
      (found.logLikelihood - likelihood).magnitude <= 1e-13 * Double(n * d) * (1 + likelihood.magnitude))
    for (value, exact) in zip(found.moments, moments) { #expect((value - exact).magnitude < 1e-10) }
  }

  @Test("exponentials and logarithms are good to the last place or two")
  func elementary() {
    // Two components on one column make the ratio e^−t/(1 + e^−t) and the logarithm ln(1 + e^−t).
    let points = Matrix(rowCount: 1, columnCount: 1, elements: [0])
    let blocked = BlockedRows(points, center: [0], scale: [1])
    for t in [1e-300, 1e-9, 0.1, 0.3465, 0.3466, 0.6931, 1, 2.5, 20, 300, 700, 707.9] {
      let density = MixtureDensity(
        columnCount: 1, isFull: false, means: [0, 0], factors: [1, 1], constants: [0, -t])
      let ratio = Elementary.exp(-t) / (1 + Elementary.exp(-t))
      let share = mixtureResponsibilities(0..<1, of: blocked, under: density)[0, 1]
      #expect((share / ratio - 1).magnitude < 1e-15, "\(t)")
      let logarithm = mixtureStep(0..<1, of: blocked, under: density).logLikelihood
      #expect((logarithm - Elementary.log(1 + Elementary.exp(-t))).magnitude < 3e-16, "\(t)")
    }
  }

  @Test("every instruction set gives the same bits", arguments: [true, false])
  func instructionSets(isFull: Bool) {
    let points = Cloud.normal(rows: 1000, columns: 5, seed: Seed(4))
    let blocked = BlockedRows(
      points, center: [Double](repeating: 0.1, count: 5), scale: [Double](repeating: 1.3, count: 5))
    let density = randomDensity(columns: 5, components: 4, isFull: isFull)
    defer { InstructionSet.limit(2) }
    let results = (0...2).map { level in
      InstructionSet.limit(level)
      let step = mixtureStep(0..<1000, of: blocked, under: density)
      return [step.logLikelihood] + step.moments
        + mixtureResponsibilities(0..<1000, of: blocked, under: density).elements
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test("a factor times its transpose is the matrix, and its inverse inverts it", arguments: [1, 2, 5, 40])
  func cholesky(size d: Int) throws {
    let matrix = naiveCovariance(Cloud.normal(rows: 3 * d + 3, columns: d, seed: Seed(2)))
    let cholesky = try #require(Cholesky(matrix))
    let inverse = cholesky.packedInverseFactor
    #expect(inverse.count == d * (d + 1) / 2)
    func factor(_ i: Int, _ c: Int) -> Double { c <= i ? cholesky.factor[i, c] : 0 }
    func inverted(_ i: Int, _ c: Int) -> Double { c <= i ? inverse[i * (i + 1) / 2 + c] : 0 }
    var logDeterminant = 0.0
    for i in 0..<d {
      logDeterminant += 2 * Elementary.log(factor(i, i))
      for c in 0..<d {
        let product = (0..<d).reduce(0) { $0 + factor(i, $1) * factor(c, $1) }
        #expect((product - matrix[i, c]).magnitude < 1e-12)
        let identity = (0..<d).reduce(0) { $0 + inverted(i, $1) * factor($1, c) }
        #expect((identity - (i == c ? 1 : 0)).magnitude < 1e-11)
      }
    }
    #expect((cholesky.logDeterminant - logDeterminant).magnitude < 1e-12)
  }

  @Test("what is not positive definite has no factor")
  func indefinite() {
    #expect(Cholesky(Matrix(rows: [[1, 2], [2, 1]])) == nil)
    #expect(Cholesky(Matrix(rows: [[1, 1], [1, 1]])) == nil)
    #expect(Cholesky(Matrix(rows: [[2, 0], [0, 3]]), minus: 1.9) != nil)
    #expect(Cholesky(Matrix(rows: [[2, 0], [0, 3]]), minus: 2) == nil)
  }
}
