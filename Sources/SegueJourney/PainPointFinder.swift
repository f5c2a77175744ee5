import SegueCore
import SegueProfile

/// Finds where a segment does significantly worse than the others, and what that costs.
package struct PainPointFinder {
  /// Both sides need this many customers or answers before anything is said.
  static let smallestGroup = 10

  let profile: StudyProfile
  let aggregate: JourneyAggregate
  let model: StageModel

  /// - Returns: per segment, by falling money at stake; those without a price come last, by q.
  ///   q-values control the false-discovery rate over all segments, stages and questions.
  package func painPoints() -> [[JourneyMap.PainPoint]] {
    var found: [(segment: Int, p: Double, point: JourneyMap.PainPoint)] = []
    for segment in aggregate.segments.indices where profile.segments[segment].isDescribed {
      for stage in aggregate.segments[segment].stages.indices {
        if let (p, point) = dropOff(segment, stage) { found.append((segment, p, point)) }
        for score in aggregate.segments[segment].stages[stage].scores {
          if let (p, point) = lowScore(segment, stage, score) { found.append((segment, p, point)) }
        }
      }
    }
    let qValues = Statistics.benjaminiHochberg(found.map(\.p))
    var result = [[JourneyMap.PainPoint]](repeating: [], count: aggregate.segments.count)
    for (index, entry) in found.enumerated() where qValues[index] < 0.05 && entry.point.isWorse {
      var point = entry.point
      point.qValue = qValues[index]
      result[entry.segment].append(point)
    }
    return result.map { points in
      points.sorted {
        ($1.moneyPerYear ?? -1, $0.qValue, $0.stage) < ($0.moneyPerYear ?? -1, $1.qValue, $1.stage)
      }
    }
  }

  private func dropOff(_ segment: Int, _ stage: Int) -> (Double, JourneyMap.PainPoint)? {
    let mine = aggregate.segments[segment].stages[stage]
    let others = aggregate.segments.indices.filter { $0 != segment }
      .map { aggregate.segments[$0].stages[stage].passed }.reduce(ClusteredRatio(), +)
    guard let next = mine.next, mine.passed.customers >= PainPointFinder.smallestGroup,
      others.customers >= PainPointFinder.smallestGroup, let value = mine.passed.ratio,
      let theirs = others.ratio, let difference = mine.passed.difference(to: others)
    else { return nil }
    let worth = value < theirs ? price(segment, from: stage, to: next, difference, mine.passed) : nil
    let stageName = model.stages[stage].name
    let nextName = model.stages[next].name
    let points = NumberText.fixed(difference.value.magnitude * 100)
    return (
      difference.p,
      JourneyMap.PainPoint(
        kind: .dropOff, stage: stage, stageName: stageName, nextStageName: nextName, metric: nil,
        value: value,
        others: theirs, difference: difference.value, interval: difference.interval,
        n: Int(mine.passed.observations), qValue: 1, lostPerYear: worth?.lost, moneyPerYear: worth?.money,
        moneyInterval: worth?.interval, assumption: worth?.assumption,
        text: dropOffText(value, points, stageName, nextName, difference.interval)
      )
    )
  }

  private func dropOffText(
    _ value: Double, _ points: String, _ stage: String, _ next: String, _ interval: Interval
  ) -> String {
    let share = NumberText.percent(1 - value)
    let lead =
      aggregate.gapDays == nil
      ? "\(share) did not go on from \(stage) to \(next)" : "\(share) leave between \(stage) and \(next)"
    return "\(lead), \(points) points more than the others (95% CI \(PainPointFinder.points(interval)))."
  }

  /// What the excess loss is worth in a year if the segment passed as often as the others.
  private func price(
    _ segment: Int, from stage: Int, to next: Int,
    _ difference: (value: Double, interval: Interval, p: Double),
    _ passed: ClusteredRatio
  ) -> (lost: Double, money: Double, interval: Interval, assumption: String)? {
    guard let purchases = profile.segments[segment].purchases else { return nil }
    // Less than a year is not stretched to one: nobody knows the seasons that are missing.
    let perYear = min(1, 365 / Double(max(1, aggregate.periodDays))) * passed.observations
    let orderValue = purchases.orderValue.mean
    guard orderValue.isFinite, orderValue > 0 else { return nil }
    let money = profile.money
    var worth = orderValue
    var assumption: String
    let purchase = model.stage(for: .purchase) ?? 0
    if next <= purchase {
      // What goes on still has to survive the later stages.
      var stagesAhead = next
      while stagesAhead < purchase, let ahead = aggregate.segments[segment].stages[stagesAhead].next {
        worth *= aggregate.segments[segment].stages[stagesAhead].passed.ratio ?? 1
        stagesAhead = ahead
      }
      assumption =
        "If they passed as often as the others and then went on as this segment does, "
        + "at \(money.string(orderValue)) an order."
    } else {
      worth *= purchases.boughtAgain
      assumption =
        "If they passed as often as the others and each such journey brought a next order as often as this "
        + "segment buys again (\(NumberText.percent(purchases.boughtAgain))), at \(money.string(orderValue)) an order."
    }
    if aggregate.gapDays == nil {
      assumption += " Segments were formed from orders, so part of this gap is what defines them."
    }
    return (
      -difference.value * perYear, -difference.value * perYear * worth,
      Interval(-difference.interval.high * perYear * worth, -difference.interval.low * perYear * worth),
      assumption
    )
  }

  private func lowScore(
    _ segment: Int, _ stage: Int, _ score: JourneyAggregate.Score
  ) -> (Double, JourneyMap.PainPoint)? {
    let others = aggregate.segments.indices.filter { $0 != segment }
      .flatMap { aggregate.segments[$0].stages[stage].scores.filter { $0.metric == score.metric } }
    let n = others.reduce(0) { $0 + $1.n }
    guard score.n >= PainPointFinder.smallestGroup, n >= PainPointFinder.smallestGroup else { return nil }
    let theirs = others.reduce(0) { $0 + $1.figure * Double($1.n) } / Double(n)
    // Pooled over the other segments, whose own means differ: errors add by weight.
    let variance = others.reduce(0) {
      let weight = Double($1.n) / Double(n)
      return $0 + weight * weight * $1.standardError * $1.standardError
    }
    let error = (score.standardError * score.standardError + variance).squareRoot()
    guard error > 0 else { return nil }
    let difference = score.figure - theirs
    let half = Statistics.z975 * error
    let name = model.stages[stage].name
    let places = score.metric == .nps ? 0 : 1
    return (
      Statistics.twoSidedP(difference / error),
      JourneyMap.PainPoint(
        kind: .score, stage: stage, stageName: name, nextStageName: nil, metric: score.metric,
        value: score.figure, others: theirs, difference: difference,
        interval: Interval(difference - half, difference + half), n: score.n, qValue: 1, lostPerYear: nil,
        moneyPerYear: nil, moneyInterval: nil, assumption: nil,
        text: "\(score.metric.rawValue) at \(name) is \(NumberText.fixed(score.figure, places)), "
          + "against \(NumberText.fixed(theirs, places)) among the others (n = \(score.n))."
      )
    )
  }

  /// The points lost: the interval of a difference, read downwards.
  private static func points(_ interval: Interval) -> String {
    let (low, high) = (NumberText.fixed(-interval.high * 100), NumberText.fixed(-interval.low * 100))
    return low.hasPrefix("-") ? "\(low) to \(high)" : "\(low)–\(high)"
  }
}

extension JourneyMap.PainPoint {
  /// Differences in drop-off under two points are nothing that anybody would act on.
  fileprivate var isWorse: Bool {
    kind == .dropOff ? difference <= -0.02 : difference < 0
  }
}
