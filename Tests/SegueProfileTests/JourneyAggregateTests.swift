import SegueCore
import SegueProfile
import Testing

@Suite("Journeys counted")
struct JourneyAggregateTests {
  @Test("a small log, counted by hand")
  func byHand() {
    // Customer 1: a→b→c in one journey. Customer 2: a, then after 20 days a→b. Customer 3: only c.
    let found = JourneyLog("a0,b1,c3 a0,a20,b21 c5").aggregate()
    let stages = found.segments[0].stages
    #expect(found.segments[0].journeys == 4)
    #expect(found.segments[0].customers == 3)
    #expect(stages.map(\.reached.hits) == [4, 3, 2])
    #expect(stages.map(\.touchedJourneys) == [3, 2, 2])
    #expect(stages[0].passed.ratio == 0.75)
    #expect(stages[1].passed.ratio == 2.0 / 3)
    #expect(stages[2].next == nil && stages[2].passed.ratio == nil)
    #expect(stages[0].daysToNext?.n == 2 && stages[0].daysToNext?.median == 1)
    #expect(stages[1].daysToNext?.median == 2)
    #expect(found.periodDays == 22)
  }

  @Test("silence longer than the gap parts journeys, silence of the gap does not")
  func gaps() {
    #expect(JourneyLog("a0,b7").aggregate(gapDays: 7).segments[0].journeys == 1)
    #expect(JourneyLog("a0,b7.00002").aggregate(gapDays: 7).segments[0].journeys == 2)
    #expect(JourneyLog("a0,b7,c14").aggregate(gapDays: 7).segments[0].journeys == 1)
    #expect(JourneyLog("a0,b7,c100").aggregate(gapDays: nil).segments[0].journeys == 1)
  }

  @Test("stages that nothing shows are skipped, not counted as losses")
  func skipped() {
    let found = JourneyLog("a0,c1 a0").aggregate()
    #expect(found.observed == [true, false, true])
    #expect(found.segments[0].stages[0].next == 2)
    #expect(found.segments[0].stages[0].passed.ratio == 0.5)
    #expect(found.segments[0].stages[1].reached.ratio == nil)
  }

  @Test("a stage that most journeys pass unseen is not tracked, so nothing is lost there")
  func untracked() {
    let found = JourneyLog("a0,c1 a0,c1 a0,b1,c2 a0,b1").aggregate()
    #expect(found.seenShare == [1, 0.5, 1])
    #expect(found.observed == [true, true, true])
    let fewer = JourneyLog("a0,c1 a0,c1 a0,b1,c2 a0").aggregate()
    #expect(fewer.seenShare == [1, 1.0 / 3, 1])
    #expect(fewer.observed == [true, false, true])
    #expect(fewer.segments[0].stages[0].passed.ratio == 0.75)
  }

  @Test("events of no stage make no journey and end none")
  func unmapped() {
    let found = JourneyLog("z0,z1 a0,z5,b10").aggregate(gapDays: 7)
    #expect(found.segments[0].journeys == 1)
    #expect(found.segments[0].customers == 1)
    #expect(found.segments[0].stages[1].reached.hits == 1)
  }

  @Test("customers of no segment are left out")
  func labels() {
    let found = JourneyLog("a0,b1 a0 b0").aggregate([0, -1, 1], segments: 2)
    #expect(found.segments.map(\.journeys) == [1, 1])
    #expect(found.segments[1].stages[0].passed.ratio == 1)
  }

  @Test("nothing at all is counted as nothing")
  func empty() {
    let found = JourneyLog("-").aggregate()
    #expect(found.segments[0].journeys == 0 && found.periodDays == 0)
    #expect(found.segments[0].stages.allSatisfy { $0.reached.ratio == nil && $0.daysToNext == nil })
  }

  @Test("reach never rises, who passed had arrived, shares sum to 1", arguments: (0..<40).map { Seed($0) })
  func conservation(seed: Seed) {
    let log = RandomLog(seed)
    let found = log.aggregate
    for segment in found.segments {
      let reached = segment.stages.indices.filter { found.observed[$0] }.map { segment.stages[$0].reached }
      #expect(zip(reached, reached.dropFirst()).allSatisfy { $0.hits >= $1.hits })
      #expect(
        reached.allSatisfy { Int($0.observations) == segment.journeys && $0.customers == segment.customers })
      for (index, stage) in segment.stages.enumerated() {
        #expect(stage.passed.hits <= stage.passed.observations)
        #expect(stage.passed.observations == (stage.next == nil ? 0 : stage.reached.hits))
        #expect(stage.touchedJourneys <= stage.touches)
        #expect(
          found.observed[index] ? stage.touchedJourneys <= Int(stage.reached.hits) : stage.reached.hits == 0)
        #expect(stage.purchases <= Int(stage.reached.hits))
        #expect(stage.events.allSatisfy { $0.count <= stage.touchedJourneys && $0.share <= 1 })
        let channels = stage.channels.reduce(0) { $0 + $1.share }
        #expect(stage.channels.isEmpty || (channels - 1).magnitude < 1e-12)
        if let next = stage.next { #expect(stage.passed.hits == segment.stages[next].reached.hits) }
      }
    }
    let touches = found.segments.reduce(0) { $0 + $1.stages.reduce(0) { $0 + $1.touches } }
    #expect(touches == log.mapped)
  }

  @Test("the order of the log makes no difference", arguments: (0..<20).map { Seed($0) })
  func shuffled(seed: Seed) throws {
    let log = RandomLog(seed)
    let (a, b) = (log.aggregate, log.reversed.aggregate)
    #expect(a.segments.map(\.journeys) == b.segments.map(\.journeys))
    for (x, y) in zip(a.segments, b.segments) {
      #expect(x.stages.map(\.reached) == y.stages.map(\.reached))
      #expect(x.stages.map(\.daysToNext) == y.stages.map(\.daysToNext))
      #expect(x.stages.map { $0.events.map(\.name) } == y.stages.map { $0.events.map(\.name) })
      #expect(x.stages.map { $0.scores.map(\.figure) } == y.stages.map { $0.scores.map(\.figure) })
    }
  }

  @Test("net promoters are promoters less detractors with the error of a difference of shares")
  func promoters() throws {
    let scores: [Double] = [10, 9, 9, 8, 7, 6, 3, 0, 10, 9]
    let answers = Answers(
      customers: scores.map { _ in 0 }, metrics: scores.map { _ in .nps }, scores: scores,
      stages: scores.map { _ in 1 })
    let log = JourneyLog("a0,b1")
    let found = JourneyAggregate(
      log.touchpoints, answers: answers, labels: [0], segments: 1, stageOfEvent: log.stages, stages: 3,
      gapDays: 7)
    let score = try #require(found.segments[0].stages[1].scores.first)
    #expect(score.figure == 20 && score.n == 10 && score.mean == 7.1)
    // Var = (p + d − (p − d)²) / n with p = 0.5, d = 0.3.
    #expect((score.standardError - 100 * (0.76 / 10).squareRoot()).magnitude < 1e-9)
  }
}
