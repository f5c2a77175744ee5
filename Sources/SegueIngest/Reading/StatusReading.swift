/// Which order statuses mean that no sale took place.
struct StatusReading {
  private let refundsCount: Bool
  private let keepsWonOnly: Bool

  /// - Parameters:
  ///   - hasRefundColumn: refunded orders then keep what was not given back; else they are no sales at all.
  ///   - keepsWonOnly: the status is a sales stage.
  init(hasRefundColumn: Bool, keepsWonOnly: Bool) {
    refundsCount = hasRefundColumn
    self.keepsWonOnly = keepsWonOnly
  }

  /// Whether each of some wordings means so; the last verdict is that on no status.
  func verdicts(_ statuses: InternedStrings) -> [Bool] { (statuses.strings + [""]).map(judge) }

  private func judge(_ status: String) -> Bool {
    let word = HeaderSynonyms.normalise(status)
    if keepsWonOnly { return !word.contains("won") }
    let bare = word.hasPrefix("wc") ? String(word.dropFirst(2)) : word
    if StatusReading.cancelled.contains(bare) { return true }
    return !refundsCount && StatusReading.returned.contains(bare)
  }

  private static let cancelled: Set<String> = [
    "cancelled", "canceled", "cancel", "void", "voided", "failed", "failure", "pending", "pendingpayment",
    "paymentpending", "paymentfailed", "declined", "rejected", "expired", "error", "onhold", "draft",
    "checkoutdraft",
    "trash", "abandoned", "incomplete", "unpaid", "deleted", "blocked", "requirespaymentmethod",
    "requiresaction",
    "storniert", "annulliert", "offen", "annule", "cancelado",
  ]

  private static let returned: Set<String> = [
    "refunded", "refund", "returned", "returnpending", "chargeback", "chargedback", "reversed", "erstattet",
  ]
}
