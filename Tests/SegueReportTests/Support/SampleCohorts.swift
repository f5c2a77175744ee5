import SegueCore
import SegueProfile

/// Cohorts of the invented shop, made of simple rules so that every figure can be told.
enum SampleCohorts {
  /// The shop's last day.
  static let through = CalendarDay(iso: "2011-12-09")!

  /// - Parameters:
  ///   - sizes: customers by month, the last of which is December 2011.
  ///   - curves: of the second order on; their first share is that within 30 days.
  static func cohorts(
    _ sizes: [Int] = [885, 417, 380, 452, 300, 284, 9, 188, 169, 299, 358, 324, 41],
    isIncomplete: Bool = true,
    hasOldCustomers: Bool = true, curves: [Double] = [0.24, 0.31, 0.36], gaps: Int = 9_000,
    orderedAgain: Int? = nil
  ) -> Cohorts {
    let count = sizes.count
    let old: Cohorts.OldCustomers? =
      hasOldCustomers ? decoded(["label": "Dec 2010", "customers": sizes[0], "usual": 300.0]) : nil
    return decoded([
      "period": CohortPeriod.month, "asOf": through.adding(days: 1), "through": through,
      "isLastIncomplete": isIncomplete,
      "cohorts": sizes.enumerated().map { cohort($0, $1, count, isIncomplete) },
      "average": averages(count - (isIncomplete ? 1 : 0)), "oldCustomers": old,
      "repeats": curves.enumerated().map { curve($0 + 2, $1, orderedAgain) },
      "repeatOfNewcomers": hasOldCustomers && !curves.isEmpty ? curve(2, 0.19, orderedAgain) : nil,
      "gaps": gaps > 0 ? orderGaps(gaps) : nil,
    ])
  }

  private static func cohort(_ index: Int, _ size: Int, _ count: Int, _ isIncomplete: Bool) -> Cohorts.Cohort
  {
    let start = CalendarDay(
      year: (24_144 - count + index) / 12, month: (24_144 - count + index) % 12 + 1, day: 1)!
    let cells = (0..<(count - index)).map { age -> Cohorts.Cell in
      let active = age == 0 ? size : size * (40 - 2 * age) / 100
      let share = Double(active) / Double(size)
      return decoded([
        "age": age, "active": active, "retention": share,
        "interval": Interval(max(0, share - 0.03), min(1, share + 0.03)),
        "revenue": Amount(active * 250), "revenuePerCustomer": 250 * share,
        "cumulativePerCustomer": 400 + 95 * Double(age),
        "isIncomplete": isIncomplete && index + age == count - 1,
      ])
    }
    return decoded([
      "start": start, "label": CohortPeriod.month.label(start), "customers": size,
      "isIncomplete": isIncomplete && index == count - 1, "cells": size < 10 ? [Cohorts.Cell]() : cells,
    ])
  }

  private static func averages(_ count: Int) -> [Cohorts.Average] {
    (0..<count).map { age in
      let share = age == 0 ? 1 : 0.234 + 0.001 * Double(age)
      return decoded([
        "age": age, "cohorts": count - age, "customers": 3_400 - 200 * age,
        "active": Int(share * Double(3_400 - 200 * age)), "retention": share,
        "interval": Interval(share - 0.014, min(1, share + 0.015)), "revenuePerCustomer": 120.0,
        "cumulativePerCustomer": 380 + 90 * Double(age),
      ])
    }
  }

  private static func curve(_ order: Int, _ share: Double, _ orderedAgain: Int?) -> RepeatCurve {
    func point(_ day: Int) -> RepeatCurve.Point {
      let height = orderedAgain == 0 ? 0 : min(0.95, share * (Double(day) / 30).squareRoot())
      return decoded([
        "day": day, "atRisk": 4_000 - 10 * day, "share": height,
        "interval": Interval(max(0, height - 0.015), min(1, height + 0.015)),
      ])
    }
    let isHalf = share * (373.0 / 30).squareRoot() >= 0.5 && orderedAgain != 0
    return decoded([
      "order": order, "customers": 4_338 - 900 * (order - 2), "orderedAgain": orderedAgain ?? 2_790,
      "horizons": [7, 14, 30, 60, 90, 180, 365].map(point),
      "points": stride(from: 0, through: 372, by: 4).map(point), "medianDays": isHalf ? 130 : nil,
      "medianLow": isHalf ? 121 : nil, "medianHigh": isHalf ? 141 : nil,
    ])
  }

  private static func orderGaps(_ count: Int) -> OrderGaps {
    let bins = (0..<12).map { index -> OrderGaps.Bin in
      let gaps = (12 - index) * count / 100
      return decoded(["over": index * 14, "through": (index + 1) * 14, "gaps": gaps])
    }
    let inBins = bins.reduce(0) { $0 + $1.gaps }
    let rest: OrderGaps.Bin = decoded(["over": 168, "gaps": count - inBins])
    let days: NumberSummary = decoded([
      "n": count, "mean": 46.0, "p05": 3.0, "p25": 14.0, "median": 31.0, "p75": 63.0, "p95": 150.0,
    ])
    return decoded(["customers": 2_790, "days": days, "bins": bins + [rest]])
  }
}
