import SegueCore
import SegueProfile

/// The columns of the segment table; those without data are left out.
enum SegmentColumn: Equatable {
  case customers
  case revenue
  case lastOrder
  case orders
  case spend
  case orderValue
  case boughtAgain
  /// What was clustered on, by position, where there are no orders to tell of.
  case feature(Int)
  case stability

  private static let mostFeatures = 5

  /// Those a study has data for, in order.
  static func all(in study: StudyProfile) -> [SegmentColumn] {
    let features = study.segments.map(\.centroid.count).max() ?? 0
    let own = (0..<min(features, mostFeatures)).map(SegmentColumn.feature)
    let columns: [SegmentColumn] = [
      .customers, .revenue, .lastOrder, .orders, .spend, .orderValue, .boughtAgain,
    ]
    return (columns + own + [.stability]).filter { $0.hasData(in: study) }
  }

  func title(in study: StudyProfile) -> String {
    switch self {
    case .feature(let index):
      study.segments.lazy.map(\.centroid).first { $0.count > index }.map { centroid in
        centroid[index].label.prefix(1).uppercased() + centroid[index].label.dropFirst()
      } ?? ""
    case .customers: "Customers"
    case .revenue: "Revenue"
    case .lastOrder: "Last order"
    case .orders: "Orders"
    case .spend: "Spend"
    case .orderValue: "Order value"
    case .boughtAgain: "Bought again"
    case .stability: "Stability"
    }
  }

  var isBar: Bool { self == .customers || self == .revenue }

  private func hasData(in study: StudyProfile) -> Bool {
    switch self {
    case .customers: true
    case .feature: study.segments.allSatisfy { $0.purchases == nil }
    case .stability: study.segments.contains { $0.stability != nil }
    default: study.segments.contains { $0.purchases != nil }
    }
  }

  /// What the bar shows.
  func share(_ profile: SegmentProfile) -> Double? {
    self == .customers ? profile.customerShare : profile.purchases?.revenueShare
  }

  /// What stands beside the share.
  func amount(_ profile: SegmentProfile, _ money: MoneyText) -> String {
    self == .customers
      ? NumberText.integer(profile.segment.customers)
      : profile.purchases.map { money.short($0.revenue.units) } ?? ""
  }

  @HTMLBuilder
  func figure(_ profile: SegmentProfile, _ money: MoneyText) -> [HTML] {
    let purchases = profile.purchases
    switch self {
    case .lastOrder: purchases.map { "\(NumberText.fixed($0.recencyDays.median)) d" } ?? "–"
    case .orders: purchases.map { NumberText.compact($0.frequency.median) } ?? "–"
    case .spend: purchases.map { money.string($0.monetary.median) } ?? "–"
    case .orderValue: purchases.map { money.string($0.orderValue.median) } ?? "–"
    case .boughtAgain: purchases.map { NumberText.percent($0.boughtAgain) } ?? "–"
    case .stability: stability(profile.stability)
    case .feature(let index):
      index < profile.centroid.count ? NumberText.compact(profile.centroid[index].mean) : "–"
    case .customers, .revenue: amount(profile, money)
    }
  }

  private func stability(_ stability: Double?) -> HTML {
    guard let stability else { return .text("–") }
    let text = NumberText.fixed(stability, 2)
    return stability < 0.6 ? tag("span", ["class": "weak"]) { "weak \(text)" } : .text(text)
  }

  /// The figure of the whole study, where there is one.
  func total(_ study: StudyProfile) -> String? {
    switch self {
    case .customers: NumberText.integer(study.customers)
    case .revenue: study.purchases.map { study.money.short($0.revenue.units) }
    case .boughtAgain: study.purchases.map { NumberText.percent($0.boughtAgain) }
    default: nil
    }
  }

  static func note(_ columns: [SegmentColumn], in study: StudyProfile) -> String {
    var sentences: [String] = []
    if columns.contains(.spend) {
      sentences.append(
        "Last order (days before the as-of date), orders, spend and order value are medians.")
      sentences.append("Bought again: customers with at least two orders.")
    }
    if columns.contains(.feature(0)) { sentences.append("Figures are means of what was clustered on.") }
    if columns.contains(.stability) {
      sentences.append(
        "Stability: how much of the segment comes back when customers are drawn anew; 0.85 and more is "
          + "high, below 0.6 it should not be relied on.")
      if study.segments.contains(where: { $0.isDescribed && $0.stability == nil }) {
        sentences.append(
          "Segments with a dash hold a whole group of the lifecycle, so chance has no say in them.")
      }
    }
    if sentences.isEmpty { sentences.append("Shares are of all customers in the study.") }
    return sentences.joined(separator: " ")
  }
}
