import SegueCore
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Distributions of attributes")
struct AttributeProfileTests {
  private let n = 400
  private var labels: [Int32] { (0..<n).map { Int32($0 % 4 == 0 ? 0 : 1) } }

  private func profile(_ values: Attribute.Values, _ labels: [Int32]? = nil) -> AttributeProfile {
    TraitFinder(labels: labels ?? self.labels, segments: 2)
      .profile([Attribute("a", label: "a", unit: .plain, sources: [], values: values)]).attributes[0]
  }

  @Test(
    "bins are few, readable, hold ten customers or more and are the same for all",
    arguments: (0..<30).map { Seed($0) })
  func bins(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let scale = Elementary.exp(generator.normal() * 6)
    let values = (0..<n).map { _ in
      switch seed.value % 4 {
      case 0: scale * generator.unit()
      case 1: scale * Elementary.exp(2 * generator.normal())
      case 2: Double(generator.index(below: 3 + Int(seed.value)))
      default: scale * generator.normal()
      }
    }
    let profile = profile(.numbers(values))
    let bins = try #require(profile.bins)
    #expect(bins.count >= 3 && bins.count <= 11, "\(bins.count)")
    #expect(bins.first?.from == nil && bins.last?.to == nil)
    for (a, b) in zip(bins, bins.dropFirst()) {
      #expect(a.to == b.from)
      // At most three digits and zeros.
      let digits = "\(a.to!.magnitude)".split(separator: "e")[0].filter(\.isNumber).drop { $0 == "0" }
      #expect(digits.reversed().drop { $0 == "0" }.count <= 3, "\(a.to!)")
    }
    let shares = try #require(profile.everybody.shares)
    #expect(shares.allSatisfy { ($0 * Double(n)).rounded() >= 10 })
    for group in profile.segments + [profile.everybody] {
      let own = try #require(group.shares)
      #expect(own.count == bins.count && (own.reduce(0, +) - 1).magnitude < 1e-12)
    }
    for (index, share) in shares.enumerated() {
      let counted = values.count {
        $0 >= bins[index].from ?? -.infinity && $0 < bins[index].to ?? .infinity
      }
      #expect((share - Double(counted) / Double(n)).magnitude < 1e-12)
    }
  }

  @Test("few whole numbers are bins of their own, long tails go by decades, the rest by even steps")
  func kinds() {
    let few = profile(.numbers((0..<n).map { Double(1 + $0 % 4) }))
    #expect(few.bins?.compactMap(\.from) == [2, 3, 4])
    let long = profile(.numbers((0..<n).map { Elementary.exp(Double($0) / 50) }))
    #expect(
      long.bins?.compactMap(\.from).contains(100) == true
        && long.bins?.compactMap(\.from).contains(10) == true)
    let even = profile(.numbers((0..<n).map { 18 + Double($0 % 63) }))
    #expect(even.bins?.compactMap(\.from) == [20, 30, 40, 50, 60, 70])
  }

  @Test("groups of a number know how many are missing, and their quantiles")
  func missing() throws {
    let profile = profile(.numbers((0..<n).map { $0 % 8 == 0 ? .nan : Double($0) }))
    #expect(profile.everybody.customers == 350 && profile.everybody.missing == 50)
    #expect(profile.segments.map(\.missing) == [50, 0])
    #expect(profile.segments[0].numbers?.n == 50)
    let others = (0..<n).filter { $0 % 4 != 0 }.map(Double.init)
    #expect(profile.segments[1].numbers == NumberSummary(others))
  }

  @Test("an attribute that nobody has a value of is listed and says so")
  func allMissing() {
    for values in [
      Attribute.Values.numbers([Double](repeating: .nan, count: n)),
      .levels([Int32](repeating: -1, count: n), names: []),
      .mix(customers: [], levels: [], names: ["x"]),
    ] {
      let profile = profile(values)
      #expect(profile.remark == "No segment has ten customers with a value.")
      #expect(profile.segments.isEmpty && profile.everybody.missing == n)
    }
  }

  @Test("of 10,000 levels those that ten customers have are told, the others together")
  func manyLevels() throws {
    let count = 30_000
    var generator = Seed(1).generator(for: .testData)
    let names = (0..<10_000).map { "level \($0)" }
    let codes = (0..<count).map { _ in
      Int32(generator.unit() < 0.5 ? generator.index(below: 30) : generator.index(below: 10_000))
    }
    let profile = profile(.levels(codes, names: names), (0..<count).map { Int32($0 % 2) })
    let levels = try #require(profile.everybody.levels)
    #expect(levels.count == 21 && levels.last?.level == nil)
    #expect(levels.dropLast().allSatisfy { $0.count >= 10 })
    #expect(levels.map(\.count).reduce(0, +) == count)
    #expect((levels.map(\.share).reduce(0, +) - 1).magnitude < 1e-9)
    #expect(profile.remark?.contains("20 of") == true)
    let first = try #require(profile.segments[0].levels?.first)
    let lift = try #require(first.lift)
    #expect((lift.value - first.share / first.others!).magnitude < 1e-12)
    #expect(lift.interval.low < lift.value && lift.value < lift.interval.high)
  }

  @Test("a level withheld alone takes the next rarest with it")
  func complementary() {
    // Four have "rare": with "some" shown, it would be what is missing to the whole.
    let codes: [Int32] = (0..<n).map { index -> Int32 in index < 4 ? 0 : index < 60 ? 1 : 2 }
    let profile = profile(.levels(codes, names: ["rare", "some", "most"]))
    #expect(profile.everybody.levels?.map(\.level) == ["most", nil])
    #expect(profile.everybody.levels?.last?.count == 60)
    let traits = TraitFinder(labels: labels, segments: 2).traits([
      Attribute(
        "a", label: "a", unit: .share, sources: [],
        values: .levels((0..<n).map { index -> Int32 in index < 4 ? 0 : 1 }, names: ["no", "yes"]))
    ])
    #expect(traits.joined().isEmpty)
  }

  @Test("shares have a lift, numbers a standardised difference of means, as defined")
  func effects() throws {
    var values = [Double](repeating: 0, count: n)
    for index in 0..<n {
      let isMine = index % 4 == 0
      values[index] = isMine ? Double(10 + index % 7) : Double(8 + index % 5)
    }
    let traits = TraitFinder(labels: labels, segments: 2).traits([
      Attribute("a", label: "a", unit: .plain, sources: [], values: .numbers(values)),
      Attribute(
        "b", label: "b", unit: .share, sources: [],
        values: .levels((0..<n).map { Int32($0 % 3) }, names: ["x", "y", "z"])),
    ])
    let number = try #require(traits[0].first { $0.attribute == "a" })
    let mine = values.indices.filter { $0 % 4 == 0 }.map { values[$0] }
    let theirs = values.indices.filter { $0 % 4 != 0 }.map { values[$0] }
    func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
    func squares(_ x: [Double]) -> Double {
      let centre = mean(x)
      return x.reduce(0.0) { $0 + ($1 - centre) * ($1 - centre) }
    }
    let freedom = Double(n - 2)
    let pooled = ((squares(mine) + squares(theirs)) / freedom).squareRoot()
    let correction: Double = 1 - 3 / (4 * freedom - 1)
    let g: Double = (mean(mine) - mean(theirs)) / pooled * correction
    let standardized = try #require(number.standardized)
    #expect((standardized.value - g).magnitude < 1e-12)
    #expect(number.lift == nil)
    let share = try #require(traits[0].first { $0.level == "x" })
    let lift = try #require(share.lift)
    #expect(share.standardized == nil)
    #expect((lift.value - share.value / share.others).magnitude < 1e-12)
    // Katz's interval, one observation a customer.
    let own: Double = (1 - share.value) / (share.value * Double(share.n))
    let others: Double = (1 - share.others) / (share.others * Double(share.nOthers))
    let error: Double = (own + others).squareRoot()
    let width: Double = Elementary.log(lift.interval.high / lift.value) / 1.959963984540054
    #expect((width / error - 1).magnitude < 0.02)
  }
}
