import SegueCore
import SegueProfile

/// The segments of an invented shop, with figures that such a shop could have.
enum SampleSegments {
  struct Figures {
    var name: String
    var tagline: String
    var kind: Segment.Kind
    var customers: Int
    var revenueShare: Double
    var recency: Double
    var orders: Double
    var spend: Double
    var orderValue: Double
    var boughtAgain: Double
    var gap: Double?
    var stability: Double
  }

  static let customers = 4_338
  static let revenue = 8_911_407.90

  static let five = [
    Figures(
      name: "Champions", tagline: "Buy often, spend the most, and were here just now.", kind: .champion,
      customers: 408, revenueShare: 0.412, recency: 9, orders: 12, spend: 4_820, orderValue: 340,
      boughtAgain: 1, gap: 21, stability: 0.94),
    Figures(
      name: "Steady regulars", tagline: "Come back again and again, and are still coming.", kind: .regular,
      customers: 859, revenueShare: 0.296, recency: 24, orders: 5, spend: 1_490, orderValue: 268,
      boughtAgain: 0.97, gap: 48, stability: 0.91),
    Figures(
      name: "Promising newcomers", tagline: "Bought for the first time only recently.", kind: .newcomer,
      customers: 941, revenueShare: 0.119, recency: 18, orders: 1, spend: 520, orderValue: 310,
      boughtAgain: 0.38, gap: 31, stability: 0.83),
    Figures(
      name: "Slipping spenders", tagline: "Used to buy often or big, and have gone quiet.", kind: .slipping,
      customers: 707, revenueShare: 0.126, recency: 121, orders: 3, spend: 980, orderValue: 287,
      boughtAgain: 0.81, gap: 44, stability: 0.88),
    Figures(
      name: "One-and-done", tagline: "Bought once, a long time ago, and did not come back.", kind: .oneTime,
      customers: 1_423, revenueShare: 0.047, recency: 214, orders: 1, spend: 210, orderValue: 206,
      boughtAgain: 0.04, gap: nil, stability: 0.56),
  ]

  /// Traits of each of the five: attribute, level, label, unit, value, others, effect.
  private typealias TraitRow = (
    attribute: String, level: String?, label: String, unit: Unit, value: Double, others: Double,
    effect: Double
  )

  private static let traitRows: [[TraitRow]] = [
    [
      ("frequency", nil, "orders", .count, 12, 2, 0.94), ("monetary", nil, "spend", .money, 4820, 480, 0.91),
      ("recencyDays", nil, "days since the last order", .days, 9, 64, -0.68),
      ("daypart", "Morning", "time of order: Morning", .share, 0.71, 0.49, 0.22),
      ("category", "Catering", "category of order: Catering", .share, 0.34, 0.17, 0.17),
    ],
    [
      ("frequency", nil, "orders", .count, 5, 2, 0.71),
      ("recencyDays", nil, "days since the last order", .days, 24, 71, -0.44),
      ("discounted", "no", "discounted: no", .share, 0.83, 0.69, 0.14),
    ],
    [
      ("tenureDays", nil, "days since the first order", .days, 33, 221, -0.86),
      ("recencyDays", nil, "days since the last order", .days, 18, 84, -0.62),
      ("orderChannel", "Mobile app", "channel of order: Mobile app", .share, 0.46, 0.24, 0.22),
      ("age", nil, "age", .years, 31, 44, -0.41),
    ],
    [
      ("recencyDays", nil, "days since the last order", .days, 121, 38, 0.57),
      ("discounted", "yes", "discounted: yes", .share, 0.34, 0.18, 0.16),
      ("monetary", nil, "spend", .money, 980, 510, 0.29),
      ("refunded", "yes", "refunded: yes", .share, 0.11, 0.05, 0.06),
    ],
    [
      ("frequency", nil, "orders", .count, 1, 3, -0.79),
      ("recencyDays", nil, "days since the last order", .days, 214, 27, 0.82),
      ("month", "Nov", "month of order: Nov", .share, 0.41, 0.15, 0.26),
      ("orderValue", nil, "order value", .money, 206, 291, -0.27),
    ],
  ]

  static func traits(_ index: Int) -> [Trait] {
    guard traitRows.indices.contains(index) else { return [] }
    return traitRows[index].map { row in
      let spread = 0.035
      return decoded([
        "id": (["s\(index + 1)", row.attribute] + (row.level.map { [$0] } ?? [])).joined(separator: "."),
        "attribute": row.attribute, "level": row.level, "label": row.label, "unit": row.unit,
        "statistic": row.level == nil ? Trait.Statistic.median : .share, "value": row.value,
        "others": row.others, "effect": row.effect,
        "interval": Interval(row.effect - spread, row.effect + spread), "n": five[index].customers,
        "nOthers": customers - five[index].customers, "pValue": 0.000_01, "qValue": 0.000_08,
        "sources": ["orders.csv: \(row.attribute)"],
      ])
    }
  }

  static func rule(_ index: Int) -> SegmentRule? {
    typealias Condition = (String, String, Unit, String, Double)
    let all: [(conditions: [Condition], recall: Double, precision: Double)] = [
      ([("frequency", "orders", .count, "≥", 9), ("recencyDays", "last order", .days, "≤", 31)], 0.93, 0.96),
      ([("frequency", "orders", .count, "≥", 3), ("recencyDays", "last order", .days, "≤", 62)], 0.9, 0.87),
      ([("tenureDays", "first order", .days, "≤", 75)], 0.88, 0.92),
      (
        [
          ("recencyDays", "last order", .days, "≥", 75), ("frequency", "orders", .count, "≥", 2),
          ("monetary", "spend", .money, "≥", 400),
        ], 0.88, 0.91
      ),
      (
        [("frequency", "orders", .count, "=", 1), ("recencyDays", "last order", .days, "≥", 150)], 0.97, 0.98
      ),
    ]
    guard all.indices.contains(index) else { return nil }
    let wanted = five[index].customers
    let right = Int(Double(wanted) * all[index].recall)
    let conditions: [SegmentRule.Condition] = all[index].conditions.map {
      decoded(["attribute": $0.0, "label": $0.1, "unit": $0.2, "comparison": $0.3, "bound": $0.4])
    }
    return decoded([
      "conditions": conditions, "picked": Int(Double(right) / all[index].precision), "right": right,
      "wanted": wanted,
    ])
  }

  static func profile(
    _ index: Int, _ figures: Figures, hasOrders: Bool = true, isDescribed: Bool = true
  ) -> SegmentProfile {
    let share = Double(figures.customers) / Double(customers)
    func summary(_ median: Double) -> NumberSummary {
      NumberSummary([0.3, 0.6, 1, 1.6, 3.2].map { $0 * median })!
    }
    let purchases: SegmentProfile.Purchases? =
      hasOrders
      ? decoded([
        "revenue": Amount(Int(revenue * figures.revenueShare)), "revenueShare": figures.revenueShare,
        "orders": Int(figures.orders * Double(figures.customers)), "recencyDays": summary(figures.recency),
        "frequency": summary(figures.orders), "monetary": summary(figures.spend),
        "orderValue": summary(figures.orderValue), "boughtAgain": figures.boughtAgain,
        "boughtAgainInterval": Interval(figures.boughtAgain - 0.02, min(1, figures.boughtAgain + 0.02)),
        "gapDays": figures.gap.map(summary),
      ]) : nil
    return decoded([
      "segment": Segment(
        id: index + 1, name: figures.name, tagline: figures.tagline, kind: figures.kind,
        customers: figures.customers),
      "figures": [Figure](),
      "customerShare": share, "customerShareInterval": Interval(share - 0.01, share + 0.01),
      "purchases": purchases, "centroid": [SegmentProfile.FeatureMean](), "traits": traits(index),
      "rule": isDescribed ? rule(index) : nil, "stability": figures.stability, "isDescribed": isDescribed,
    ])
  }

  static func study(_ segments: [SegmentProfile], hasOrders: Bool = true) -> StudyProfile {
    let totals: StudyProfile.Totals? =
      hasOrders
      ? decoded([
        "revenue": Amount("8911407.90")!, "orders": 18_532, "orderLines": 397_884,
        "firstDay": CalendarDay(iso: "2010-12-01")!, "lastDay": CalendarDay(iso: "2011-12-09")!,
        "asOf": CalendarDay(iso: "2011-12-10")!, "boughtAgain": 0.656,
        "boughtAgainInterval": Interval(0.64, 0.67), "currency": "GBP", "customersForEightyPercent": 0.26,
      ]) : nil
    return decoded([
      "customers": customers, "purchases": totals, "segments": segments, "comparisons": 412,
    ])
  }
}
