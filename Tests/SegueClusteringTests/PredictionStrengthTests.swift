import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Prediction strength")
struct PredictionStrengthTests {
  @Test(
    "strengths are those of fpc", .enabled(if: SharedFolder.has("reference/choose_k.json")),
    arguments: ["iris_raw", "faithful_z"])
  func fpc(name: String) throws {
    let expected = try #require(try ChoiceReference.load(name).prediction_strength).mean_pred
    let found = try PredictionStrength(try ReferenceMatrices.load(name), range: 2...8)
    for entry in found.entries {
      #expect((entry.strength - expected[entry.k - 1]).magnitude < 0.06, "\(name) \(entry)")
    }
    #expect(found.k == 2)
  }

  @Test("islands predict each other, slices of a cloud do not, on any number of threads")
  func laws() throws {
    let blobs = Blobs(rows: 400, columns: 2, centers: 4, separation: 8, seed: Seed(5))
    var options = PredictionOptions()
    options.splits = 10
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try PredictionStrength(blobs.points, range: 2...6, options: options)
    Threads.count = 2
    #expect(try PredictionStrength(blobs.points, range: 2...6, options: options) == one)
    #expect(one.k == 4)
    #expect(try #require(one[4]).strength > 0.95)
    let cloud = Cloud.normal(rows: 400, columns: 2, seed: Seed(5))
    #expect(try PredictionStrength(cloud, range: 2...6, options: options).k <= 2)
  }

  @Test("k beyond the distinct rows of a half is left out")
  func fewRows() throws {
    let points = Matrix(rows: (0..<40).map { [Double($0 % 3)] })
    #expect(try PredictionStrength(points, range: 2...5).entries.map(\.k) == [2, 3])
  }
}
