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
}
