import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

/// λ of scipy 1.17.1 (`yeojohnson_llf`, maximised by Brent's method with xtol 1e-12); `PowerTransformer` of
/// scikit-learn 1.9.1 stops within 2e-7 of it.
@Suite("The power of Yeo and Johnson")
struct YeoJohnsonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var column: Int
    /// What is taken off first.
    var shift: Double
    var lambda: Double

    var testDescription: String { "\(file), column \(column + 1), less \(shift)" }
  }

  static let cases = [
    Case(file: "iris.csv", column: 1, shift: 0, lambda: 0.039075516227761696),
    Case(file: "iris.csv", column: 2, shift: 0, lambda: 1.0932181364755138),
    Case(file: "faithful.csv", column: 0, shift: 0, lambda: 1.8799012501325574),
    Case(file: "faithful.csv", column: 1, shift: 0, lambda: 2.1024619609934385),
    Case(file: "wholesale_customers.csv", column: 2, shift: 0, lambda: 0.29439121969182214),
    Case(file: "wholesale_customers.csv", column: 7, shift: 0, lambda: 0.18541106486694287),
    Case(file: "mall_customers.csv", column: 3, shift: 0, lambda: 0.6457054260119304),
    Case(file: "telco_customer_churn.csv", column: 5, shift: 0, lambda: 0.4461132742615312),
    Case(file: "iris.csv", column: 1, shift: 3, lambda: 0.6921365168994013),
    Case(file: "iris.csv", column: 2, shift: 4.35, lambda: 1.330214270644971),
    Case(file: "faithful.csv", column: 0, shift: 4, lambda: 1.7637840023826374),
    Case(file: "faithful.csv", column: 1, shift: 76, lambda: 1.1731139900394902),
    Case(file: "wholesale_customers.csv", column: 2, shift: 8_504, lambda: 0.9221009830286147),
    Case(file: "wholesale_customers.csv", column: 7, shift: 965.5, lambda: 0.843073425476137),
    Case(file: "telco_customer_churn.csv", column: 5, shift: 29, lambda: 0.9281854422957949),
  ]

  @Test(
    "has the λ of scipy to 1e-6",
    .enabled(
      if: Set(cases.map(\.file)).allSatisfy { SharedFolder.has("data/\($0)") }, "the reference data is absent"
    ),
    arguments: cases)
  func scipy(_ example: Case) throws {
    let values = try SharedFolder.table("data/\(example.file)").map {
      try #require(Double($0[example.column])) - example.shift
    }
    let power = try #require(YeoJohnson(fitting: values.sorted()))
    #expect((power.lambda - example.lambda).magnitude < 1e-6)
  }

  /// scipy 1.17.1, `scipy.stats.yeojohnson(x, λ)`.
  @Test("has the values of scipy")
  func values() {
    let points: [Double] = [-7.5, -1, -0.25, 0, 0.5, 3, 120]
    let cases: [(Double, [Double])] = [
      (
        -1.5,
        [
          -511.27619034598126, -2.9467738568527886, -0.33818860979346815, 0, 0.3037792973654551,
          0.5833333333333334, 0.6661657901327322,
        ]
      ),
      (0, [-35.625, -1.5, -0.28125, 0, 0.4054651081081644, 1.3862943611198906, 4.795790545596741]),
      (0.5, [-15.854363702061685, -1.21895141649746, -0.26502832395824577, 0, 0.4494897427831781, 2, 20]),
      (2, [-2.1400661634962708, -0.6931471805599453, -0.22314355131420976, 0, 0.625, 7.5, 7_320]),
    ]
    for (lambda, expected) in cases {
      for (point, value) in zip(points, expected) {
        let found = YeoJohnson(lambda: lambda).apply(point)
        #expect((found - value).magnitude <= 1e-12 * max(1, value.magnitude), "λ \(lambda) at \(point)")
      }
    }
  }

  @Test("λ = 1 leaves values alone")
  func identity() {
    for value in [-3.5, -0.1, 0, 0.2, 77] {
      #expect((YeoJohnson(lambda: 1).apply(value) - value).magnitude < 1e-13 * 78)
    }
  }

  @Test("keeps the order and is undone to 1e-9", arguments: (0..<40).map { Seed($0) })
  func inverse(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let size = [1e-3, 1, 50, 1e6][generator.index(below: 4)]
    let shift = [0, 1, -2, 5][generator.index(below: 4)]
    let values = (0..<300).map { _ in
      (Elementary.exp(generator.normal() * 1.5) + Double(shift)) * size * (generator.unit() < 0.1 ? -1 : 1)
    }.sorted()
    let power = try #require(YeoJohnson(fitting: values))
    let reshaped = values.map(power.apply)
    for index in values.indices.dropFirst() where values[index] > values[index - 1] {
      #expect(reshaped[index] > reshaped[index - 1])
    }
    for (value, point) in zip(values, reshaped) {
      #expect((power.invert(point) - value).magnitude <= 1e-9 * max(size, value.magnitude))
    }
  }

  @Test("has no λ where none can be computed with")
  func none() {
    #expect(YeoJohnson(fitting: []) == nil)
    #expect(YeoJohnson(fitting: [4, 4, 4]) == nil)
    #expect(YeoJohnson(fitting: [-1e308, 0, 1e308]) == nil)
    let cases: [[Double]] = [[0, 1e308], [-1e308, 0], [0, 3e-308], [1e15, 1e15 + 1]]
    for values in cases {
      let power = YeoJohnson(fitting: values)
      #expect(power.map { values.map($0.apply).allSatisfy { $0.isFinite } } ?? true)
    }
  }
}
