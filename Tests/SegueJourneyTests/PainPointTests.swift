import SegueCore
import SegueJourney
import SegueProfile
import Testing

@Suite("Pain points")
struct PainPointTests {
  @Test(
    "a planted leak is the first pain point of its segment and of no other",
    arguments: (0..<10).map { Seed($0) })
  func planted(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    // Sizes fall, so that the profile keeps the order of the labels.
    let labels = (0..<500).map { Int32($0 < 200 ? 0 : $0 < 360 ? 1 : 2) }
    let leaks = [1, 2, 0]
    let walks = Walks(customers: 500, journeys: 4, &generator) { customer, stage in
      leaks[Int(labels[customer])] == stage ? 0.45 : 0.8
    }
    let maps = walks.maps(labels, segments: 3)
    for (map, leak) in zip(maps, leaks) {
      let point = try #require(map.painPoints.filter { $0.kind == .dropOff }.first)
      #expect(point.stage == leak)
      #expect(point.difference < -0.2 && point.interval.high < 0)
      #expect(point.text.hasSuffix(")."))
      #expect(map.stages[leak][.painPoints].isHot)
      #expect(map.painPoints.filter { $0.kind == .dropOff }.count == 1)
    }
  }

  @Test("segments drawn at random hardly ever have one")
  func random() {
    var withPain = 0
    let studies = 200
    for study in 0..<studies {
      var generator = Seed(UInt64(study)).generator(for: .testData)
      var labels = (0..<200).map { _ in Int32(generator.index(below: 5)) }
      // Customers differ, but not by segment.
      let own = (0..<200).map { _ in 0.4 + 0.5 * generator.unit() }
      let walks = Walks(customers: 200, journeys: 5, &generator) { customer, _ in own[customer] }
      labels.sort()
      if walks.maps(labels, segments: 5).contains(where: { !$0.painPoints.isEmpty }) { withPain += 1 }
    }
    // At most 5 % by the false-discovery control: 10 expected, 3σ is 9.
    #expect(withPain <= 19, "\(withPain) of \(studies)")
  }

  @Test("answers are compared on their own scale, low ones are a pain point")
  func scores() throws {
    var generator = Seed(4).generator(for: .testData)
    let labels = (0..<200).map { Int32($0 < 120 ? 0 : 1) }
    var walks = Walks(customers: 200, journeys: 2, &generator) { _, _ in 0.7 }
    walks.answers = Answers()
    for customer in 0..<200 {
      walks.answers.customers.append(Int32(customer))
      walks.answers.metrics.append(.csat)
      walks.answers.scores.append(Double(customer < 120 ? 4 + customer % 2 : 1 + customer % 3))
      walks.answers.stages.append(3)
    }
    let maps = walks.maps(labels, segments: 2)
    let point = try #require(maps[1].painPoints.first { $0.kind == .score })
    #expect(point.text == "CSAT at Purchase is 2.0, against 4.5 among the others (n = 80).")
    #expect(!maps[0].painPoints.contains { $0.kind == .score })
    let emotion = try #require(maps[1].emotions.first)
    #expect((emotion.level + 0.5).magnitude < 0.05 && emotion.stage == 3)
  }

  @Test("groups under ten say nothing, whatever they do")
  func small() {
    var generator = Seed(8).generator(for: .testData)
    let labels = (0..<300).map { Int32($0 < 291 ? 0 : 1) }
    var walks = Walks(customers: 300, journeys: 30, &generator) { customer, _ in customer < 291 ? 0.9 : 0.05 }
    // Nine customers, ninety angry answers.
    walks.answers = Answers()
    for answer in 0..<900 {
      let isAngry = answer % 10 == 0
      walks.answers.customers.append(Int32(isAngry ? 291 + answer % 9 : answer % 291))
      walks.answers.metrics.append(.csat)
      walks.answers.scores.append(isAngry ? 1 : 5)
      walks.answers.stages.append(2)
    }
    let maps = walks.maps(labels, segments: 2)
    #expect(maps[1].painPoints.isEmpty && maps[1].emotions.isEmpty)
    for stage in maps[1].stages {
      #expect(!stage.isObserved && stage.reach == nil && stage.medianDays == nil && stage.passing == nil)
      #expect(!stage.cells.values.contains { $0.basis == .observed })
    }
  }

  @Test("scores beyond their scale stay on the chart")
  func beyondScale() throws {
    var generator = Seed(9).generator(for: .testData)
    let labels = (0..<60).map { Int32($0 < 40 ? 0 : 1) }
    var walks = Walks(customers: 60, journeys: 2, &generator) { _, _ in 0.7 }
    walks.answers = Answers(
      customers: (0..<60).map { Int32($0) }, metrics: labels.map { _ in .csat },
      scores: labels.map { _ in 90 },
      stages: labels.map { _ in 1 })
    let emotion = try #require(walks.maps(labels, segments: 2)[0].emotions.first)
    #expect(emotion.level == 1)
  }
}
