/// Which order statuses mean that no sale took place.
struct StatusReading {
  /// Verdicts by code of the interned status, so that each wording is judged once.
  private var texts = InternedStrings()
  private var isCancelled: [Bool] = []
  private let refundsCount: Bool
  private let keepsWonOnly: Bool

  /// - Parameters:
  ///   - hasRefundColumn: refunded orders then keep what was not given back; else they are no sales at all.
  ///   - keepsWonOnly: the status is a sales stage.
  init(hasRefundColumn: Bool, keepsWonOnly: Bool) {
    refundsCount = hasRefundColumn
    self.keepsWonOnly = keepsWonOnly
  }

  @inline(__always)
  mutating func isCancelled(_ status: Span<UInt8>) -> Bool {
    let code = Int(texts.intern(status))
    if code == isCancelled.count { isCancelled.append(judge(texts[Int32(code)])) }
    return isCancelled[code]
  }

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
