import SegueCore
import SegueFeatures
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("From what is known of customers to columns")
struct FeatureEncoderTests {
  private struct Encoded {
    var features: [Feature]
    var columns: [[Double]]
    var treatment: FeatureTreatment
  }

  private func encode(_ values: FeatureEncoder.Values, _ kind: FeatureTreatment.Kind) throws -> Encoded {
    let outcome = FeatureEncoder("x", label: "x", unit: .plain, sources: ["a.csv: x"]).encode(
      values, as: kind)
    guard case .columns(let features, let columns, let treatment) = outcome else {
      Issue.record("left out: \(outcome)")
      throw SegueError.data(Diagnostic("test.leftOut", "left out"))
    }
    #expect(treatment.columns == features.map(\.name))
    #expect(columns.allSatisfy { $0.allSatisfy(\.isFinite) })
    return Encoded(features: features, columns: columns, treatment: treatment)
  }

  private func leftOut(_ values: FeatureEncoder.Values, _ kind: FeatureTreatment.Kind) throws
    -> LeftOutFeature
  {
    let outcome = FeatureEncoder("x", label: "x", unit: .plain, sources: []).encode(values, as: kind)
    guard case .leftOut(let reason) = outcome else {
      Issue.record("not left out")
      throw SegueError.data(Diagnostic("test.used", "used"))
    }
    return reason
  }

  /// `counts[i]` customers of level i; `missing` of none.
  private func category(_ counts: [Int], missing: Int = 0) -> FeatureEncoder.Values {
    let codes = counts.enumerated().flatMap { [Int32](repeating: Int32($0), count: $1) }
    return .levels(
      codes + [Int32](repeating: -1, count: missing), names: counts.indices.map { "l\($0)" })
  }

  @Test("a missing number takes the median of the others, and that is said")
  func median() throws {
    let found = try encode(.numbers([1, 2, .nan, 40, 3]), .number)
    #expect(found.columns == [[1, 2, 2.5, 40, 3]])
    #expect(found.treatment.missing == 1 && found.treatment.filledWith == 2.5)
    #expect(found.treatment.missingColumn == nil)
    #expect(try encode(.numbers([1, 2, 3]), .number).treatment.filledWith == nil)
  }

  @Test(
    "a column marks who was filled from 20 customers and 5% on",
    arguments: [(19, 100, false), (20, 100, true), (20, 400, true), (20, 401, false), (25, 401, true)])
  func indicator(missing: Int, count: Int, isMarked: Bool) throws {
    let values = (0..<count).map { $0 < missing ? Double.nan : Double($0) }
    let found = try encode(.numbers(values), .number)
    #expect(found.features.map(\.shape) == (isMarked ? [.number, .missing] : [.number]))
    #expect(found.treatment.missingColumn == (isMarked ? "x=missing" : nil))
    if isMarked { #expect(found.columns[1].reduce(0, +) == Double(missing)) }
  }

  @Test("what is missing for more than 40% is left out, for numbers, flags and categories")
  func tooMany() throws {
    for missing in [40, 41] {
      let numbers = FeatureEncoder.Values.numbers((0..<100).map { $0 < missing ? .nan : Double($0) })
      let levels = category([(100 - missing) / 2, 100 - missing - (100 - missing) / 2], missing: missing)
      for (values, kind) in [(numbers, FeatureTreatment.Kind.number), (levels, .category)] {
        if missing == 40 {
          _ = try encode(values, kind)
        } else {
          #expect(try leftOut(values, kind).reason == .missing)
          #expect(try leftOut(values, kind).detail == "missing for 41% of customers")
        }
      }
    }
  }

  @Test("what is the same for everybody is left out")
  func constant() throws {
    #expect(try leftOut(.numbers([3, 3, .nan, 3]), .number).reason == .constant)
    #expect(try leftOut(.numbers([.nan, .nan]), .number).detail == "empty for everybody")
    #expect(try leftOut(category([50]), .category).reason == .constant)
    #expect(try leftOut(category([50]), .flag).reason == .constant)
  }

  @Test("a flag is one column of no and yes, gaps as the more frequent of the two")
  func flag() throws {
    let found = try encode(.levels([0, 0, 1, -1], names: ["No", "Yes"]), .flag)
    #expect(found.columns == [[0, 0, 1, 0]] && found.features.map(\.shape) == [.flag])
    #expect(found.treatment.kind == .flag && found.treatment.filledWith == 0)
    #expect(try encode(.levels([1, 1, 0, -1], names: ["0", "1"]), .flag).columns == [[1, 1, 0, 1]])
  }

  @Test("a level needs 10 customers and 2%; rarer ones count as other, and small ones are not named")
  func rare() throws {
    let found = try encode(category([500, 480, 15, 4, 1]), .category)
    #expect(found.features.map(\.name) == ["x=l0", "x=l1", "x=other"])
    #expect(found.columns.map { $0.reduce(0, +) } == [500, 480, 20])
    #expect(found.treatment.levels.map(\.customers) == [500, 480])
    #expect(found.treatment.folded.map(\.level) == ["l2"] && found.treatment.foldedUnnamed == 2)
    #expect(found.treatment.foldedCustomers == 20 && found.treatment.unseen == "other")
    #expect(try encode(category([480, 500, 20]), .category).treatment.folded.isEmpty)
    #expect(try encode(category([20, 20, 9]), .category).treatment.foldedUnnamed == 1)
  }

  @Test("two levels are one column; missing is a level of its own where it is frequent, else other")
  func missingLevel() throws {
    #expect(try encode(category([60, 40]), .category).features.map(\.name) == ["x=l1"])
    let frequent = try encode(category([60, 40, 30], missing: 30), .category)
    #expect(frequent.features.map(\.name) == ["x=l0", "x=l1", "x=l2", "x=missing"])
    #expect(frequent.features.last?.shape == .missing && frequent.treatment.missingColumn == "x=missing")
    let few = try encode(category([60, 40, 30], missing: 3), .category)
    #expect(few.features.map(\.name) == ["x=l0", "x=l1", "x=l2", "x=other"])
    #expect(few.columns[3].reduce(0, +) == 3)
    // A level may itself be called other.
    let named = try encode(
      .levels(
        [Int32](repeating: 0, count: 50) + [Int32](repeating: 1, count: 50) + [2], names: ["other", "b", "c"]),
      .category)
    #expect(named.features.map(\.name) == ["x=other", "x=b", "x=all other"])
  }

  @Test("very many levels are left out, and so are levels of which most customers have a rare one")
  func cardinality() throws {
    #expect(try encode(category([Int](repeating: 30, count: 30)), .category).columns.count == 30)
    let many = try leftOut(category([Int](repeating: 30, count: 31)), .category)
    #expect(many.reason == .highCardinality)
    let towns = try leftOut(category([40] + [Int](repeating: 1, count: 100)), .category)
    #expect(towns.detail == "101 levels, 1 of them with 10 customers or more")
  }

  @Test("days after the one ages count to are counted")
  func future() throws {
    #expect(try encode(.numbers([-3, 5, 8, -1]), .date).treatment.futureDays == 2)
  }

  @Test("filling knows nothing of the order of rows", arguments: (0..<20).map { Seed($0) })
  func order(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let count = 50 + generator.index(below: 200)
    let numbers = (0..<count).map { _ in generator.unit() < 0.2 ? Double.nan : generator.normal() }
    let codes = (0..<count).map { _ in Int32(generator.index(below: 5)) - 1 }
    let names = ["a", "b", "c", "d"]
    let places = Array(0..<count).shuffled(seed)
    let pairs: [(FeatureEncoder.Values, FeatureEncoder.Values, FeatureTreatment.Kind)] = [
      (.numbers(numbers), .numbers(places.map { numbers[$0] }), .number),
      (.levels(codes, names: names), .levels(places.map { codes[$0] }, names: names), .category),
    ]
    for (values, shuffled, kind) in pairs {
      let (plain, moved) = try (encode(values, kind), encode(shuffled, kind))
      #expect(plain.treatment == moved.treatment && plain.features == moved.features)
      for (a, b) in zip(plain.columns, moved.columns) { #expect(places.map { a[$0] } == b) }
    }
  }

  private func scaled(_ values: FeatureEncoder.Values, _ kind: FeatureTreatment.Kind, _ scaling: Scaling)
    throws
    -> FeatureTable
  {
    let found = try encode(values, kind)
    var options = FeatureOptions()
    (options.scaling, options.transform) = (scaling, .log1p)
    return FeatureTable(found.features, columns: found.columns, options)
  }

  @Test(
    "a category weighs as much as a number, however many levels it has",
    arguments: [[50, 50, 100], [300, 20, 20, 20], [Int](repeating: 40, count: 12)],
    [Scaling.standard, .robust])
  func weight(counts: [Int], scaling: Scaling) throws {
    let table = try scaled(category(counts), .category, scaling)
    #expect(table.transforms.allSatisfy { $0 == .none })
    let variance = (0..<table.scaled.columnCount).reduce(0.0) { sum, index in
      let column = table.scaled.column(index)
      return sum + column.reduce(0) { $0 + $1 * $1 } / Double(column.count)
    }
    #expect((variance - 1).magnitude < 1e-12)
  }

  @Test("being filled never counts for more than one standard deviation; ranges leave 0 and 1 alone")
  func marks() throws {
    let values = FeatureEncoder.Values.numbers((0..<400).map { $0 < 40 ? .nan : Double($0) })
    let mark = try scaled(values, .number, .standard).scaled.column(1)
    #expect((mark.max()! - mark.min()! - 1).magnitude < 1e-12)
    #expect(try Set(scaled(values, .number, .minmax).scaled.column(1)) == [0, 1])
    let levels = try scaled(category([50, 50, 100]), .category, .minmax)
    let distance = (0..<3).reduce(0.0) {
      let step = levels.scaled[0, $1] - levels.scaled[199, $1]
      return $0 + step * step
    }
    #expect((distance - 1).magnitude < 1e-12)
  }
}
