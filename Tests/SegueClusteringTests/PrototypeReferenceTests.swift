import SegueClustering
import SegueCore
import SegueTestSupport
import Testing

@Suite("Figures of k-prototypes")
struct PrototypeReferenceTests {
  @Test(
    "the best known cost is reached with default settings",
    .enabled(if: SharedFolder.has("reference/kprototypes.json")), arguments: PrototypeReference.names)
  func bestKnown(name: String) throws {
    let (expected, table) = try PrototypeReference.load(name)
    #expect(table.rowCount == expected.rows)
    for (k, entry) in expected.k.sorted(by: { $0.key < $1.key }) {
      var options = KPrototypesOptions()
      (options.k, options.gamma) = (Int(k)!, expected.gamma)
      let model = try KPrototypes(options).fit(table)
      let ratio = model.cost / entry.best_known_cost
      #expect(ratio <= 1.001, "k = \(k) reaches \(model.cost) instead of \(entry.best_known_cost)")
      // A lower cost is a better optimum if the labels alone confirm it.
      let naive = naiveCost(table, labels: model.labels, gamma: expected.gamma)
      #expect((model.cost / naive - 1).magnitude < 1e-10)
      #expect(ratio > 0.98, "k = \(k) reaches \(model.cost), far below \(entry.best_known_cost)")
      #expect(try model.nearest(to: table).labels == model.labels)
    }
  }
}
