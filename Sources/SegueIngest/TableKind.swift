/// What one row of a file stands for. The raw value is the spelling in flags, YAML, JSON and reports.
public enum TableKind: String, CaseIterable, Sendable, Codable, Hashable {
  /// An order or an order line: customer, time, amount.
  case orders
  /// A customer and what is known about them.
  case customers
  /// A touchpoint: customer, time, event.
  case events
  /// An answer: customer, time, score.
  case feedback
}

/// What a column means. The raw value is the spelling in flags, YAML, JSON and reports.
public enum ColumnRole: String, CaseIterable, Sendable, Codable, Hashable {
  case customer, time, amount, quantity, unitPrice, orderID, currency, status, refund, discount
  case product, category, channel, country
  case event, campaign, session
  case score, metric, scale, stage, text
  case email, phone, name, address, ip
  /// Any other column of a customers table; offered to segmentation if its type allows.
  case attribute
  /// Read past.
  case ignored

  /// Whether values identify a person directly.
  public var isPersonal: Bool {
    switch self {
    case .email, .phone, .name, .address, .ip: true
    default: false
    }
  }
}

/// Whether an order stands on one row or on one row per item.
public enum OrderGrain: String, Sendable, Codable, Hashable {
  case order
  case orderLine
}
