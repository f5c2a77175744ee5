import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

/// `reference/choose_k.json`: figures of R's cluster and fpc.
struct ChoiceReference: Decodable {
  struct Gap: Decodable {
    var logW: [Double]
    var E_logW: [Double]
    var gap: [Double]
    var SE_sim: [Double]
    var k_firstSEmax: Int
    var k_Tibs2001SEmax: Int
    var k_globalmax: Int
  }
  struct Strength: Decodable {
    var mean_pred: [Double]
  }
  var gap: [String: Gap]?
  var prediction_strength: Strength?

  static func load(_ name: String) throws -> ChoiceReference {
    let all = try SharedFolder.json("reference/choose_k.json", as: [String: ChoiceReference].self)
    return try #require(all[name])
  }
}

@Suite("Gap statistic")
struct GapTests {
  static let variants: [(String, GapOptions.Power, ReferenceBox.Orientation)] = [
    ("scaledPCA_dpower1", .distance, .principalAxes), ("scaledPCA_dpower2", .square, .principalAxes),
    ("original_dpower1", .distance, .columns), ("original_dpower2", .square, .columns),
  ]

  @Test(
    "gaps are those of clusGap", .enabled(if: SharedFolder.has("reference/choose_k.json")),
    arguments: ["iris_raw", "faithful_z"], variants)
  func clusGap(name: String, variant: (String, GapOptions.Power, ReferenceBox.Orientation)) throws {
    let expected = try #require(try ChoiceReference.load(name).gap?[variant.0])
    let squares = try #require(try ChoiceReference.load(name).gap?["original_dpower2"])
    var options = GapOptions()
    (options.power, options.orientation) = (variant.1, variant.2)
    let gap = try GapStatistic(try ReferenceMatrices.load(name), upTo: 8, options: options)
    let best = try SharedFolder.json("reference/kmeans.json", as: KMeansReference.self).datasets[name]?.k
    #expect(gap.entries.map(\.k) == Array(1...8))
    for (index, entry) in gap.entries.enumerated() {
      let known = best?["\(entry.k)"].map { Elementary.log($0.inertia / 2) } ?? squares.logW[index]
      if known > squares.logW[index] - 1e-6 {
        #expect((entry.logDispersion - expected.logW[index]).magnitude < 1e-3, "\(variant.0) \(entry)")
      } else if variant.1 == .square {
        // The starts of R missed this optimum.
        #expect((entry.logDispersion - known).magnitude < 1e-6, "\(variant.0) \(entry)")
      }
      #expect((entry.expected - expected.E_logW[index]).magnitude < 0.03, "\(variant.0) \(entry)")
      #expect((entry.gap - expected.gap[index]).magnitude < 0.03, "\(variant.0) \(entry)")
      #expect((entry.standardError / expected.SE_sim[index] - 1).magnitude < 0.5)
    }
    var published = gap
    for index in published.entries.indices {
      published.entries[index].logDispersion = expected.logW[index]
      published.entries[index].expected = expected.E_logW[index]
      published.entries[index].standardError = expected.SE_sim[index]
    }
    #expect(published.k(by: .firstSEmax) == expected.k_firstSEmax)
    #expect(published.k(by: .Tibs2001SEmax) == expected.k_Tibs2001SEmax)
    #expect(published.k(by: .globalmax) == expected.k_globalmax)
  }

  @Test("one cloud is one group, four islands are four, on any number of threads")
  func laws() throws {
    var options = GapOptions()
    options.references = 20
    let cloud = Cloud.normal(rows: 300, columns: 3, seed: Seed(5))
    #expect(try GapStatistic(cloud, upTo: 6, options: options).k(by: .firstSEmax) == 1)
    let blobs = Blobs(rows: 400, columns: 2, centers: 4, separation: 8, seed: Seed(5))
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try GapStatistic(blobs.points, upTo: 6, options: options)
    Threads.count = 2
    #expect(try GapStatistic(blobs.points, upTo: 6, options: options) == one)
    #expect(one.k(by: .firstSEmax) == 4 && one.k(by: .Tibs2001SEmax) == 4)
  }

  @Test("k that leaves no dispersion is left out")
  func fewValues() throws {
    let points = Matrix(rows: (0..<30).map { [Double($0 % 3)] })
    let gap = try GapStatistic(points, upTo: 5)
    #expect(gap.entries.map(\.k) == [1, 2])
    #expect(gap.entries.allSatisfy { $0.gap.isFinite })
  }
}
