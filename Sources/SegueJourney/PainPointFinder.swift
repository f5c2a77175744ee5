import SegueCore
import SegueProfile

/// Finds where a segment does significantly worse than the others, and what that costs.
package struct PainPointFinder {
  /// Both sides need this many customers or answers before anything is said.
  static let smallestGroup = TraitFinder.smallestGroup

  let profile: StudyProfile
  let aggregate: JourneyAggregate
  let model: StageModel

  /// - Returns: per segment, by falling money at stake; those without a price come last, losses before low scores, by q.
  ///   q-values control the false-discovery rate over all segments, stages and questions.
  ///
  /// Orders alone give none: whether customers order again is what formed the segments.
  package func painPoints() -> [[JourneyMap.PainPoint]] {
    guard aggregate.gapDays != nil else { return aggregate.segments.map { _ in [] } }
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
        ($1.moneyPerYear ?? -1, $0.kind == .score ? 1 : 0, $0.qValue, $0.stage)
          < ($0.moneyPerYear ?? -1, $1.kind == .score ? 1 : 0, $1.qValue, $1.stage)
      }
    }
  }

  private func dropOff(_ segment: Int, _ stage: Int) -> (Double, JourneyMap.PainPoint)? {
    let mine = aggregate.segments[segment].stages[stage]
    let others = aggregate.passedByOthers(than: segment, at: stage)
    guard let next = mine.next, mine.passed.customers >= PainPointFinder.smallestGroup,
      others.customers >= PainPointFinder.smallestGroup, let value = mine.passed.ratio,
      let theirs = others.ratio, let difference = mine.passed.difference(to: others)
    else { return nil }
    let worth = value < theirs ? price(segment, from: stage, to: next, difference) : nil
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
        text:
          "\(NumberText.percent(1 - value)) leave between \(stageName) and \(nextName), \(points) points more "
          + "than the others (95% CI \(PainPointFinder.points(difference.interval)))."
      )
    )
  }

  /// What the excess loss is worth in a year if the segment passed as often as the others.
  ///
  /// A journey that passes is worth the orders it makes likelier: the share with a purchase among those that
  /// went on, less that share among those that did not. So the price does not depend on how a stage model
  /// cuts the ladder, and steps after the purchase have none.
  private func price(
    _ segment: Int, from stage: Int, to next: Int,
    _ difference: (value: Double, interval: Interval, p: Double)
  ) -> (lost: Double, money: Double, interval: Interval, assumption: String)? {
    guard let purchases = profile.segments[segment].purchases, purchases.orders > 0 else { return nil }
    let here = aggregate.segments[segment].stages[stage]
    let beyond = aggregate.segments[segment].stages[next]
    let stayed = here.passed.observations - here.passed.hits
    guard here.passed.hits > 0 else { return nil }
    let withPurchase = Double(beyond.purchases) / here.passed.hits
    let without = stayed > 0 ? Double(here.purchases - beyond.purchases) / stayed : 0
    let likelier = withPurchase - without
    let orderValue = purchases.revenue.units / Double(purchases.orders)
    guard likelier >= 0.05, orderValue > 0 else { return nil }
    // Less than a year is not stretched to one: nobody knows the seasons that are missing.
    let perYear = min(1, 365 / Double(max(1, aggregate.periodDays))) * here.passed.observations
    let worth = perYear * likelier * orderValue
    return (
      -difference.value * perYear, -difference.value * worth,
      Interval(-difference.interval.high * worth, -difference.interval.low * worth),
      "If they passed as often as the others, and those more then bought as often as those who pass today "
        + "(\(NumberText.percent(withPurchase, 0)), at \(profile.money.string(orderValue)) an order). "
        + "The range is that of the difference alone."
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
