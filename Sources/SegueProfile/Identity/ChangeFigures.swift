package import SegueCore

/// Figures of two runs, as tables show them.
extension ChangeText {
  package static func figure(_ value: Double, _ unit: Unit, _ money: MoneyText) -> String {
    switch unit {
    case .money: money.string(value)
    case .count: NumberText.fixed(value, value == value.rounded() ? 0 : 1)
    case .share: NumberText.percent(value, 1)
    default: NumberText.compact(value)
    }
  }

  /// `1,204 → 1,310`; a dash where one run has none.
  package static func pair(_ value: FigureChanges.Value, _ money: MoneyText) -> String {
    func text(_ number: Double?) -> String {
      number.map { value.unit == .money ? money.short($0) : figure($0, value.unit, money) } ?? "–"
    }
    return "\(text(value.before)) → \(text(value.now))"
  }

  /// `+8.8%`; shares by points, with the words for a change their intervals do not show.
  package static func change(_ value: FigureChanges.Value) -> String? {
    guard let before = value.before, let now = value.now else { return nil }
    func signed(_ text: String, _ amount: Double) -> String { amount > 0 ? "+" + text : text }
    if value.unit == .share {
      let points = (now - before) * 100
      let text = signed(NumberText.fixed(points, 1), (points * 10).rounded()) + " points"
      guard let a = value.beforeInterval, let b = value.nowInterval else { return text }
      return a.low <= b.high && b.low <= a.high ? text + ", intervals overlap" : text
    }
    guard before > 0 else { return nil }
    let share = now / before - 1
    return signed(NumberText.percent(share, 1), (share * 1_000).rounded())
  }
}
