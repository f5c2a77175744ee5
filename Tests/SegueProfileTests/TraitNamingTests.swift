import SegueCore
import SegueProfile
import Testing

@Suite("Names by traits")
struct TraitNamingTests {
  private typealias Trait = SegueProfile.Trait

  /// Two segments of a hundred customers each, named as a study would name them.
  private func names(_ attributes: [Attribute], given: [String?] = [], reserved: Set<String> = []) -> [String]
  {
    let labels = (0..<200).map { Int32($0 < 100 ? 0 : 1) }
    let traits = TraitFinder(labels: labels, segments: 2).traits(attributes)
    let relation = TraitRelation(attributes, customers: labels.count)
    return SegmentNaming.names(
      byTraits: traits, relation: relation.callAsFunction, given: given, reserved: reserved
    ).map(\.name)
  }

  /// Ninety in a hundred of a segment have its level.
  private func levels(_ label: String, _ first: String, _ second: String, shift: Int = 0) -> Attribute {
    let codes = (0..<200).map { row -> Int32 in
      let isOdd = (row + shift) % 10 == 0
      return isOdd == (row < 100) ? 1 : 0
    }
    return Attribute(
      label, label: label, unit: .share, sources: [], values: .levels(codes, names: [first, second]))
  }

  /// Higher in the first segment; the order within segments depends on the step.
  private func numbers(_ label: String, step: Int, isHigh: Bool = true) -> Attribute {
    let values = (0..<200).map { row -> Double in
      let isHigher = (row < 100) == isHigh
      return Double((row % 100) * step % 101) + (isHigher ? 60 : 0)
    }
    return Attribute(label, label: label, unit: .plain, sources: [], values: .numbers(values))
  }

  @Test("a level that speaks for itself stands alone, one that does not with its attribute")
  func levels() {
    #expect(names([levels("contract", "Month-to-month", "Two year")]) == ["Month-to-month", "Two year"])
    #expect(names([levels("colour", "red", "blue")]) == ["Red", "Blue"])
    #expect(names([levels("channel", "1", "2")]) == ["Channel 1", "Channel 2"])
    #expect(names([levels("market", "MEX", "UK")]) == ["Market MEX", "Market UK"])
    #expect(names([levels("plan", "Basic", "Premium")]) == ["Plan Basic", "Plan Premium"])
    #expect(names([levels("city", "Berlin", "Ulm")]) == ["Berlin", "Ulm"])
  }

  @Test("an answer names by having it or not, with two levels or more")
  func flags() {
    #expect(names([levels("newsletter", "yes", "no")]) == ["With newsletter", "Without newsletter"])
    let codes = (0..<200).map { row -> Int32 in
      if row < 100 { return 0 }
      return row % 10 < 8 ? 1 : 2
    }
    let support = Attribute(
      "s", label: "tech support", unit: .share, sources: [],
      values: .levels(codes, names: ["Yes", "No", "No internet"]))
    #expect(names([support]) == ["With tech support", "Without tech support"])
    let both = [levels("newsletter", "yes", "no"), levels("loyalty card", "yes", "no", shift: 5)]
    #expect(names(both)[0] == "With loyalty card and newsletter")
  }

  @Test(
    "column names read as people would say them",
    arguments: [
      ("mnt meat products", "High spend on meat", "Low spend on meat"),
      ("num web purchases", "Many web purchases", "Few web purchases"),
      ("num web visits month", "Many web visits a month", "Few web visits a month"),
      ("annual income (k$)", "High annual income", "Low annual income"), ("age", "Older", "Younger"),
      ("year birth", "Younger", "Older"), ("nps", "High NPS", "Low NPS"),
      ("days since survey date", "Long since survey", "Recent survey"),
      ("tenure", "Long tenure", "Short tenure"),
      ("(k$)", "High (k$)", "Low (k$)"), ("tax_rate", "High tax rate", "Low tax rate"),
    ])
  func columns(label: String, high: String, low: String) {
    #expect(names([numbers(label, step: 7)]) == [high, low])
  }

  @Test("two traits that go together are one; two that do not are both named")
  func related() {
    let alike = [numbers("income", step: 7), numbers("wealth", step: 7)]
    #expect(names(alike) == ["High income", "Low income"])
    let apart = [numbers("income", step: 7), numbers("visits", step: 23, isHigh: false)]
    #expect(names(apart) == ["High income, low visits", "Low income, high visits"])
  }

  @Test(
    "one level under many attributes is said once where it means the same, and explained where it does not")
  func sharedLevels() {
    let same = ["backup", "security", "support"].map { levels($0, "No internet service", "Cable") }
    #expect(names(same) == ["No internet service", "Cable"])
    let different = [
      levels("delivery", "Regular mail", "Courier"), levels("adverts", "Regular mail", "Phone", shift: 5),
    ]
    #expect(names(different)[0] == "Adverts regular mail")
  }

  @Test("what fewer than half have is said as such, and only where there is nothing else")
  func minorities() {
    let codes = (0..<200).map { row -> Int32 in
      if row < 100, row % 10 < 4 { return 0 }
      return Int32(1 + row % 4)
    }
    let rare = Attribute(
      "r", label: "referral", unit: .share, sources: [],
      values: .levels(codes, names: ["Friends", "Press", "Radio", "Posters", "Fairs"]))
    #expect(names([rare])[0] == "More often Friends")
    #expect(names([rare, numbers("income", step: 7)])[0] == "High income")
  }

  @Test("names have at most forty characters and no key or address in them")
  func limits() {
    let long = levels("about", String(repeating: "very long level ", count: 8), "short enough")
    let found = names([long])
    #expect(found[0].count <= 40 && found[0].hasSuffix("…"))
    let two = names([
      levels("a", "The first of two quite long levels", "x1"), numbers("income a year before tax", step: 7),
    ])
    #expect(two.allSatisfy { $0.count <= 40 })
    for key in ["C0031799", "anna@example.com", PersonalText.withheld] {
      #expect(!names([levels("referrer", key, "Press")])[0].contains(key))
    }
  }

  @Test("a name that is kept or was another segment's is not given to a new one")
  func reserved() {
    let attributes = [numbers("income", step: 7), numbers("visits", step: 23, isHigh: false)]
    let kept = names(attributes, given: ["Old friends", nil])
    #expect(kept == ["Old friends", "Low income, high visits"])
    let again = names(attributes, reserved: ["High income, low visits"])
    #expect(Set(again).count == 2 && again[0] != "High income, low visits" && again[0].contains("income"))
    #expect(names([], reserved: ["Segment 1"]) == ["Segment 2", "Segment 3"])
  }

  @Test("segments that nothing tells apart are numbered")
  func nothing() {
    let names = SegmentNaming.names(byTraits: [[], [], []])
    #expect(names.map(\.name) == ["Segment 1", "Segment 2", "Segment 3"])
    #expect(names.allSatisfy { $0.tagline == "Not told apart by any attribute." })
  }
}
