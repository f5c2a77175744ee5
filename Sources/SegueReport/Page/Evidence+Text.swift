import SegueCore
import SeguePersona
import SegueProfile

extension Persona.Evidence {
  /// `0.31 to 0.39`; as shares where the figure has no effect, because then it is a share of customers.
  var intervalText: String? {
    guard let interval else { return nil }
    let text: (Double) -> String = { effect == nil ? NumberText.percent($0, 1) : NumberText.fixed($0, 2) }
    return "\(text(interval.low)) to \(text(interval.high))"
  }
}
