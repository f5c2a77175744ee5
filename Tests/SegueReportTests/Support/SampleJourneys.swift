import SegueCore
import SegueJourney
import SegueProfile

/// Journey maps over six stages, with a drop-off and a low score to point at.
enum SampleJourneys {
  static let stages = StageModel.standard

  private static let reach: [[Double]] = [
    [1, 0.86, 0.71, 0.66, 0.58, 0.31], [1, 0.74, 0.55, 0.47, 0.41, 0.16], [1, 0.69, 0.46, 0.38, 0.16, 0.05],
    [1, 0.62, 0.41, 0.13, 0.11, 0.04], [1, 0.52, 0.3, 0.22, 0.07, 0.01],
  ]
  private static let overall = [1, 0.65, 0.45, 0.34, 0.22, 0.08]
  private static let days = [0.8, 2.4, 0.6, 3.1, 46]

  private static let touchpoints = [
    "Page viewed 81% · Email opened 34% · Ad clicked 12%", "Product viewed 71% · Search 26%",
    "Cart updated 63% · Checkout started 41%", "Order placed 100%",
    "Parcel delivered 94% · Support contacted 19%", "Review written 6% · Friend referred 2%",
  ]
  private static let channels = [
    "Paid search 44% · Email 18%", "Organic 51%", "Web 66%", "Web 71%", "Email 58%", "Email 80%",
  ]
  private static let messages = [
    "By paid search: greet, show what is new", "By organic: remind of what they looked at",
    "By web: total price and delivery date before checkout", "By web: thank, confirm",
    "By email: ask how it went", "By email: invite to review or refer",
  ]

  static func map(
    _ profile: SegmentProfile, _ index: Int, unobserved: Set<Int> = [], hasFeedback: Bool = true
  ) -> JourneyMap {
    let own = reach[index % reach.count]
    let slipping = index == 3
    let list: [JourneyMap.Stage] = stages.stages.indices.map { position in
      stage(position, own, isObserved: !unobserved.contains(position) && profile.isDescribed, isHot: slipping)
    }
    return decoded([
      "segment": profile.segment, "model": stages.title, "journeys": profile.segment.customers * 3 / 2,
      "customers": profile.segment.customers, "stages": list,
      "emotions": hasFeedback ? emotions(index) : [],
      "painPoints": slipping ? pains : [],
      "unit": "A journey is a run of touchpoints of one customer with no silence longer than 30 days.",
    ])
  }

  private static func stage(_ position: Int, _ own: [Double], isObserved: Bool, isHot: Bool)
    -> JourneyMap.Stage
  {
    let words = stages.stages[position]
    let hasNext = position < own.count - 1
    var stage: JourneyMap.Stage = decoded([
      "name": words.name, "isObserved": isObserved, "reach": isObserved ? own[position] : nil,
      "reachInterval": isObserved ? Interval(own[position] - 0.02, min(1, own[position] + 0.02)) : nil,
      "reachOverall": isObserved ? overall[position] : nil,
      "passing": isObserved && hasNext ? own[position + 1] / own[position] : nil,
      "passingOthers": isObserved && hasNext ? overall[position + 1] / overall[position] : nil,
      "medianDays": isObserved && hasNext ? days[position] : nil,
      "medianDaysCount": isObserved && hasNext ? 412 : nil, "cells": [String: JourneyMap.Cell](),
    ])
    let n = Int(1_060 * own[position])
    stage[.goal] = JourneyMap.Cell(words.goal, .inferred, rule: "stageModel")
    stage[.ourGoal] = JourneyMap.Cell(words.ourGoal, .inferred, rule: "stageModel")
    guard isObserved else {
      stage[.touchpoints] = JourneyMap.Cell("Not in the data", .ask)
      stage[.channels] = JourneyMap.Cell("Where would you look for us?", .ask)
      stage[.actions] = JourneyMap.Cell("What did you do at this point?", .ask)
      stage[.painPoints] = JourneyMap.Cell(words.question, .ask)
      stage[.opportunities] = JourneyMap.Cell("Unknown until measured", .ask)
      stage[.kpi] = JourneyMap.Cell("Record events of this stage", .ask)
      stage[.message] = JourneyMap.Cell("—", .ask)
      return stage
    }
    stage[.touchpoints] = JourneyMap.Cell(touchpoints[position], .observed, n: n)
    stage[.channels] = JourneyMap.Cell(channels[position], .observed, n: n * 3)
    stage[.actions] = JourneyMap.Cell("2.1 touchpoints a journey, 3 h to the next stage", .observed, n: n)
    stage[.kpi] = JourneyMap.Cell("66% go on (others 69%)", .observed, n: n)
    stage[.painPoints] = JourneyMap.Cell("None beyond the others", .observed, n: n)
    stage[.opportunities] = JourneyMap.Cell("Keep: no gap to the others", .inferred, rule: "noGap")
    stage[.message] = JourneyMap.Cell(messages[position], .inferred, rule: "message.\(position)")
    if isHot, position == 2 || position == 4 {
      let pain = pains[position == 2 ? 0 : 1]
      stage[.painPoints] = JourneyMap.Cell(
        pain.text, .observed, n: pain.n, interval: pain.interval, isHot: true)
      stage[.opportunities] = JourneyMap.Cell(
        position == 2
          ? "Close the gap to the others: £21 k a year" : "Ask those who answered low what went wrong",
        .inferred, rule: "closeGap")
    }
    return stage
  }

  static let pains: [JourneyMap.PainPoint] = [
    decoded([
      "kind": "dropOff", "stage": 2, "stageName": "Decision", "nextStageName": "Purchase", "value": 0.32,
      "others": 0.44, "difference": -0.12, "interval": Interval(-0.15, -0.09), "n": 434, "qValue": 0.000_2,
      "lostPerYear": 73.0, "moneyPerYear": 20_951.0, "moneyInterval": Interval(15_700, 26_200),
      "assumption":
        "Takes each lost journey at the segment’s median order of £287 and a year of 373 days of data.",
      "text": "68% leave between Decision and Purchase, 12 points more than elsewhere.",
    ]),
    decoded([
      "kind": "score", "stage": 4, "stageName": "Post-purchase", "metric": "CES", "value": 3.1, "others": 4.6,
      "difference": -1.5, "interval": Interval(-2.1, -0.9), "n": 87, "qValue": 0.013,
      "text": "CES at Post-purchase is 3.1, against 4.6 among the others.",
    ]),
  ]

  private static func emotions(_ index: Int) -> [JourneyMap.Emotion] {
    let all: [(Int, Answers.Metric, Double, Int, Double)] = [
      (0, .nps, 31, 212, 0.31), (1, .csat, 4.1, 154, 0.55), (2, .csat, 4.4, 98, 0.7),
      (4, .ces, 3.1, 87, -0.55), (4, .nps, -8, 41, -0.08), (5, .nps, 4, 33, 0.04),
    ]
    return all.filter { index != 4 || $0.0 < 2 }.map { stage, metric, figure, n, level in
      decoded([
        "stage": stage, "metric": metric, "figure": figure, "n": n, "level": level - Double(index) * 0.05,
        "interval": Interval(figure - 0.4, figure + 0.4),
      ])
    }
  }
}
