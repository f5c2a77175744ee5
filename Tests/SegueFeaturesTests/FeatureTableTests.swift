import SegueCore
import SegueFeatures
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("What clustering sees")
struct FeatureTableTests {
  private func table(_ column: [Double], _ unit: Unit = .plain, _ scaling: Scaling = .standard)
    -> FeatureTable
  {
    var options = FeatureOptions()
    options.scaling = scaling
    return FeatureTable([Feature("x", label: "x", unit: unit, sources: [])], columns: [column], options)
  }

  @Test("standard scaling gives mean 0 and population variance 1", arguments: (0..<10).map { Seed($0) })
  func standard(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let column = table((0..<200).map { _ in generator.normal() * 7 + 3 }).scaled.column(0)
    let mean = column.reduce(0, +) / 200
    #expect(mean.magnitude < 1e-12)
    #expect((column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200 - 1).magnitude < 1e-12)
  }

  @Test("robust scaling centres on the median, minmax spans 0 to 1")
  func others() {
    #expect(table([1, 2, 3, 4, 100], .plain, .minmax).scaled.column(0).min() == 0)
    #expect(table([1, 2, 3, 4, 100], .plain, .minmax).scaled.column(0).max() == 1)
    let robust = table([1, 2, 3, 4, 5], .plain, .robust)
    #expect(robust.scaled.column(0) == [-1, -0.5, 0, 0.5, 1])
    #expect(table([1, 2, 3], .plain, .none).scaled.column(0) == [1, 2, 3])
  }

  @Test(
    "a constant column has scale 1 and becomes 0, even where its mean is off by rounding",
    arguments: Scaling.allCases)
  func constant(scaling: Scaling) {
    let found = table([Double](repeating: 0.1, count: 1_001), .plain, scaling)
    #expect(found.scaler.scales == [1])
    #expect(found.scaled.column(0).allSatisfy { $0 == (scaling == .none ? 0.1 : 0) })
  }

  @Test("money, days, counts and skewed figures are logged, others are not, and the reader is told")
  func transforms() {
    #expect(table([1, 2, 3], .money).transforms == [.log1p])
    #expect(table([1, 2, 3, 4]).transforms == [.none])
    #expect(table([0, 1, 1, 1, 2, 1, 1, 500]).transforms == [.log1p])
    // Eight values tell no power.
    #expect(table([-1, 1, 1, 1, 2, 1, 1, 500]).transforms == [.none])
    #expect(table([1, 2, 3], .money).remarks.count == 1)
    #expect(table([1, 2, 3, 4]).remarks.isEmpty)
  }

  @Test("negative money is logged by its size and keeps its sign and order")
  func negative() {
    let column = table([-100, -1, 0, 1, 100], .money).scaled.column(0)
    #expect(column.allSatisfy { $0.isFinite })
    #expect(zip(column, column.dropFirst()).allSatisfy { $0 < $1 })
    #expect((column[0] + column[4]).magnitude < 1e-12)
  }

  @Test("huge figures stay finite")
  func huge() {
    #expect(table([1e150, -1e150, 0, 5], .plain).scaled.elements.allSatisfy { $0.isFinite })
  }
}
