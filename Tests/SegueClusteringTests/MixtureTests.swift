import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

/// Σ ln Σ w·N(x; μ, Σ) in the fewest lines that are obviously right: Gauss–Jordan, no logarithms kept.
private func naiveLogLikelihood(_ points: Matrix, _ model: MixtureModel) -> Double {
  let d = points.columnCount
  let inverted = model.covariances.map { covariance -> (Matrix, Double) in
    var (a, inverse, determinant) = (covariance, Matrix(rowCount: d, columnCount: d), 1.0)
    for i in 0..<d { inverse[i, i] = 1 }
    for i in 0..<d {
      let pivot = a[i, i]
      determinant *= pivot
      for c in 0..<d { (a[i, c], inverse[i, c]) = (a[i, c] / pivot, inverse[i, c] / pivot) }
      for r in 0..<d where r != i {
        let factor = a[r, i]
        for c in 0..<d {
          a[r, c] -= factor * a[i, c]
          inverse[r, c] -= factor * inverse[i, c]
        }
      }
    }
    return (inverse, determinant)
  }
  return (0..<points.rowCount).reduce(0) { total, row in
    let density = (0..<model.k).reduce(0.0) { sum, j in
      let x = (0..<d).map { points[row, $0] - model.means[j, $0] }
      var form = 0.0
      for i in 0..<d { for c in 0..<d { form += x[i] * inverted[j].0[i, c] * x[c] } }
      let volume = Elementary.exp(Double(d) / 2 * Elementary.log(2 * Double.pi)) * inverted[j].1.squareRoot()
      return sum + model.weights[j] * Elementary.exp(-form / 2) / volume
    }
    return total + Elementary.log(density)
  }
}

private let kinds = MixtureCovariance.allCases

@Suite("Gaussian mixtures")
struct MixtureTests {
  @Test("the log-likelihood is that of the model as it stands", arguments: kinds)
  func likelihood(covariance: MixtureCovariance) throws {
    for k in [1, 3] {
      let model = try fitMixture(Iris.points, k: k, covariance)
      let exact = naiveLogLikelihood(Iris.points, model)
      #expect((model.logLikelihood - exact).magnitude < 1e-9 * exact.magnitude)
      #expect((model.weights.reduce(0, +) - 1).magnitude < 1e-12)
      #expect(zip(model.weights, model.weights.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test("a fit that runs out of iterations says so, and its log-likelihood is still its own")
  func unfinished() throws {
    var options = MixtureOptions()
    (options.k, options.maxIterations, options.tolerance) = (5, 3, 0)
    let model = try GaussianMixture(options).fit(Iris.points)
    #expect(!model.isConverged)
    #expect(model.notes.map(\.code).contains("mixture.iterations"))
    let exact = naiveLogLikelihood(Iris.points, model)
    #expect((model.logLikelihood - exact).magnitude < 1e-9 * exact.magnitude)
  }

  @Test("the log-likelihood never falls", arguments: kinds)
  func ascent(covariance: MixtureCovariance) throws {
    for seed in 0..<10 {
      let points = Blobs(rows: 300, columns: 3, centers: 4, separation: 2, seed: Seed(UInt64(seed))).points
      // More components than blobs, so that they compete and some come near the floor.
      let history = try fitMixture(points, k: 7, covariance, starts: 4).logLikelihoodHistory
      for (earlier, later) in zip(history, history.dropFirst()) {
        #expect(later >= earlier - 1e-12 * earlier.magnitude)
      }
    }
  }

  @Test("one component is the mean and the covariance of the rows")
  func single() throws {
    let points = Iris.points
    let (n, d) = (Double(points.rowCount), points.columnCount)
    let means = naiveMeans(points)
    var exact = naiveCovariance(points)
    for index in exact.elements.indices { exact.elements[index] *= (n - 1) / n }
    for covariance in kinds {
      let model = try fitMixture(points, k: 1, covariance)
      #expect(model.weights == [1])
      #expect(model.labels.allSatisfy { $0 == 0 })
      #expect(model.entropy == 0 && model.unsureShare == 0 && model.icl == model.bic)
      for (found, mean) in zip(model.means.elements, means) { #expect((found - mean).magnitude < 1e-12) }
      let radius = (0..<d).reduce(0) { $0 + exact[$1, $1] } / Double(d)
      for i in 0..<d {
        for c in 0..<d {
          let expected =
            switch covariance {
            case .full, .tied: exact[i, c]
            case .diagonal: i == c ? exact[i, i] : 0
            case .spherical: i == c ? radius : 0
            }
          #expect((model.covariances[0][i, c] - expected).magnitude < 1e-12)
        }
      }
      if covariance == .spherical {
        // −n·d/2·(ln 2πσ² + 1).
        let closed = -n * Double(d) / 2 * (Elementary.log(2 * Double.pi * radius) + 1)
        #expect((model.logLikelihood - closed).magnitude < 1e-9)
      }
    }
  }

  @Test("planted blobs are found, and surely", arguments: kinds)
  func planted(covariance: MixtureCovariance) throws {
    let blobs = Blobs(rows: 600, columns: 3, centers: 4, separation: 8, seed: Seed(4))
    let model = try fitMixture(blobs.points, k: 4, covariance)
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.99)
    #expect(model.unsureShare < 0.01)
    #expect(model.notes.isEmpty)
  }

  @Test("ellipsoids that cross are told apart, which k-means cannot do")
  func crossing() throws {
    var generator = Seed(6).generator(for: .testData)
    var (rows, labels): ([[Double]], [Int32]) = ([], [])
    for row in 0..<800 {
      let (long, short) = (generator.normal() * 10, generator.normal() * 0.3)
      rows.append(row % 2 == 0 ? [long, short] : [short, long])
      labels.append(Int32(row % 2))
    }
    let points = Matrix(rows: rows)
    #expect(adjustedRandIndex(try fitMixture(points, k: 2).labels, labels) > 0.85)
    #expect(adjustedRandIndex(try fit(points, k: 2).labels, labels) < 0.2)
  }

  @Test("responsibilities sum to one, and the labels are the largest", arguments: kinds)
  func responsibilities(covariance: MixtureCovariance) throws {
    let points = Blobs(rows: 400, columns: 2, centers: 3, separation: 2, seed: Seed(2)).points
    let model = try fitMixture(points, k: 3, covariance)
    let shares = try model.memberships(of: points)
    var (entropy, unsure) = (0.0, 0)
    for row in 0..<400 {
      let r = Array(shares.row(row))
      #expect((r.reduce(0, +) - 1).magnitude < 1e-12)
      #expect(r.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(r[Int(model.labels[row])] >= r.max()! - 1e-9)
      entropy -= r.reduce(0) { $0 + ($1 > 0 ? $1 * Elementary.log($1) : 0) }
      if r.max()! < 0.8 { unsure += 1 }
    }
    #expect((model.entropy - entropy).magnitude < 1e-6)
    #expect((model.unsureShare - Double(unsure) / 400).magnitude < 1e-12)
    #expect(model.icl >= model.bic)
  }

  @Test("rows far beyond anything seen belong to somebody", arguments: [1e10, 1e120, -1e150])
  func farAway(value: Double) throws {
    let model = try fitMixture(Iris.points, k: 3)
    let shares = try model.memberships(of: Matrix(rows: [[value, 1, 1, 1], [value, value, value, value]]))
    for row in 0..<2 { #expect((shares.row(row).reduce(0, +) - 1).magnitude < 1e-12) }
  }

  @Test("a component of a few rows or without spread does not win by its likelihood")
  func spikes() throws {
    // Three equal rows amid a cloud: a component on them has a likelihood without bound.
    let cloud = Cloud.normal(rows: 200, columns: 2, seed: Seed(9))
    let spiked = Matrix(
      rows: (0..<200).map { Array(cloud.row($0)) } + [[Double]](repeating: [0.5, 0.5], count: 3))
    for covariance in kinds {
      let model = try fitMixture(spiked, k: 2, covariance)
      #expect(model.collapsed.isEmpty)
      #expect(model.covariances.allSatisfy { $0[0, 0] > 1e-3 && $0[1, 1] > 1e-3 })
    }
    // Nothing but ties: every end has collapsed, and the model says so instead of boasting.
    let tied = Matrix(rows: (0..<60).map { [Double($0 % 3), Double($0 % 3)] })
    let model = try fitMixture(tied, k: 3)
    #expect(model.collapsed == [0, 1, 2])
    #expect(model.notes.map(\.code) == ["mixture.collapsed"])
    #expect(model.logLikelihood.isFinite && model.bic.isFinite)
  }

  @Test("a cancelled task stops the fit")
  func cancellation() async {
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try fitMixture(Iris.points, k: 3)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
