/// Models of when customers order.
public enum OrderModel: String, Sendable, Codable, CaseIterable {
  /// Fader, Hardie & Lee 2005.
  case bgnbd
  /// Schmittlein, Morrison & Colombo 1987.
  case paretonbd
  /// Fader, Hardie & Shang 2010.
  case bgbb

  /// As the literature writes it.
  package var title: String {
    switch self {
    case .bgnbd: "BG/NBD"
    case .paretonbd: "Pareto/NBD"
    case .bgbb: "BG/BB"
    }
  }
}
