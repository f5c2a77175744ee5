import SegueCore
import SeguePersona
import SegueProfile

extension Persona.Evidence {
  /// `0.31 to 0.39` for an effect; that of a figure in its unit: `£107 to £109`, `39 to 41`.
  func intervalText(_ money: MoneyText) -> String? {
    guard let interval else { return nil }
    let text: (Double) -> String = { bound in
      guard effect == nil else { return NumberText.fixed(bound, 2) }
      return switch unit {
      case .share?, nil: NumberText.percent(bound, 1)
      case .money?: money.string(bound)
      default: NumberText.compact(bound)
      }
    }
    return "\(text(interval.low)) to \(text(interval.high))"
  }
}
