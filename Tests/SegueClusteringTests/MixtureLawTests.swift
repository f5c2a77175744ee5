import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

private let kinds = MixtureCovariance.allCases

@Suite("Laws of mixtures")
struct MixtureLawTests {
  private let points = Blobs(rows: 400, columns: 3, centers: 3, separation: 4, seed: Seed(11)).points

  @Test("the order of the rows does not matter", arguments: kinds)
  func order(covariance: MixtureCovariance) throws {
    var generator = Seed(1).generator(for: .testData)
    let order = (0..<400).map { ($0, generator.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
    let plain = try fitMixture(points, k: 3, covariance)
    let shuffled = try fitMixture(points.selecting(rows: order), k: 3, covariance)
    #expect((plain.logLikelihood - shuffled.logLikelihood).magnitude < 1e-3)
    #expect(shuffled.labels == order.map { plain.labels[$0] })
  }

  @Test("shifted and scaled rows shift the log-likelihood by −n·d·ln s", arguments: kinds)
  func scaling(covariance: MixtureCovariance) throws {
    let plain = try fitMixture(points, k: 3, covariance)
    for (shift, scale) in [(1e6, 1.0), (-3, 1e-6), (0, 4096), (7, 1e100)] {
      var moved = points
      for index in moved.elements.indices { moved.elements[index] = moved.elements[index] * scale + shift }
      let model = try fitMixture(moved, k: 3, covariance)
      let expected = plain.logLikelihood - 400 * 3 * Elementary.log(scale)
      #expect((model.logLikelihood - expected).magnitude < 1e-3)
      #expect(model.labels == plain.labels)
      for j in 0..<3 {
        #expect(
          (model.covariances[j][0, 0] / scale / scale / plain.covariances[j][0, 0] - 1).magnitude < 1e-3)
      }
    }
  }

  @Test(
    "the unit of one column does not matter, but to balls",
    arguments: [MixtureCovariance.full, .tied, .diagonal])
  func units(covariance: MixtureCovariance) throws {
    var moved = points
    for row in 0..<400 { moved[row, 1] *= 1e-5 }
    let (plain, model) = (try fitMixture(points, k: 3, covariance), try fitMixture(moved, k: 3, covariance))
    let expected = plain.logLikelihood - 400 * Elementary.log(1e-5)
    #expect((model.logLikelihood - expected).magnitude < 1e-3)
    #expect(model.labels == plain.labels)
  }

  @Test("weights equal duplicates", arguments: kinds)
  func weights(covariance: MixtureCovariance) throws {
    let weights = (0..<400).map { Double($0 % 4) }
    let copies = (0..<400).flatMap { [Int](repeating: $0, count: $0 % 4) }
    let weighted = try fitMixture(points, k: 3, covariance, weights: weights)
    let copied = try fitMixture(points.selecting(rows: copies), k: 3, covariance)
    #expect(weighted.totalWeight == copied.totalWeight)
    #expect((weighted.logLikelihood - copied.logLikelihood).magnitude < 1e-3)
    #expect((weighted.bic - copied.bic).magnitude < 2e-3)
    #expect((weighted.icl - copied.icl).magnitude < 1e-2)
    #expect(copies.map { weighted.labels[$0] } == copied.labels)
  }

  @Test("the same seed gives the same bits on one thread and on two")
  func threads() throws {
    let large = Blobs(rows: 40_000, columns: 4, centers: 3, separation: 3, seed: Seed(5)).points
    var options = MixtureOptions()
    (options.k, options.starts, options.maxIterations) = (3, 4, 20)
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try GaussianMixture(options, seed: Seed(3)).fit(large)
    Threads.count = 2
    let two = try GaussianMixture(options, seed: Seed(3)).fit(large)
    #expect(one == two)
    #expect(one.labels.count == 40_000)
  }

  @Test("leaps over a large table end as high as its weighted rows do step by step")
  func leaps() throws {
    // Overlapping components, for which plain EM takes hundreds of steps; each row stands twice.
    let half = Blobs(rows: 10_000, columns: 2, centers: 3, separation: 1.5, seed: Seed(6)).points
    let twice = Matrix(rowCount: 20_000, columnCount: 2, elements: half.elements + half.elements)
    let steps = try fitMixture(half, k: 3, .tied, weights: [Double](repeating: 2, count: 10_000))
    let leaps = try fitMixture(twice, k: 3, .tied)
    #expect(leaps.isConverged && steps.isConverged)
    #expect((leaps.logLikelihood - steps.logLikelihood).magnitude < 0.02)
    #expect(leaps.iterations < steps.iterations)
    for (earlier, later) in zip(leaps.logLikelihoodHistory, leaps.logLikelihoodHistory.dropFirst()) {
      #expect(later >= earlier - 1e-12 * earlier.magnitude)
    }
  }

  @Test("a large table, searched on a sample, ends where all its rows would")
  func sampled() throws {
    let blobs = Blobs(rows: 40_000, columns: 2, centers: 4, separation: 6, seed: Seed(8))
    let model = try fitMixture(blobs.points, k: 4)
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.97)
    for j in 0..<4 {
      let size = model.labels.count { $0 == Int32(j) }
      #expect((model.weights[j] - Double(size) / 40_000).magnitude < 0.01)
      #expect((model.covariances[j][0, 0] - 1).magnitude < 0.1 && model.covariances[j][0, 1].magnitude < 0.1)
    }
  }
}
