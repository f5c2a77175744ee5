import SegueCore
import SegueProfile

/// Where it hurts and how to reach them.
extension SentenceRules {
  /// Of journeys first, then refunds, leaving, complaints.
  func whereItHurts() -> [Persona.Sentence] {
    var sentences = Array(pains.prefix(2))
    if let refund = refundTrait {
      sentences.append(
        observed(
          refund.attribute == "refundShare"
            ? "\(refund.valueText(money)) of the money they spend goes back to them, against "
              + "\(refund.othersText(money)) among the others."
            : "Money went back on \(refund.valueText(money)) of their orders, against "
              + "\(refund.othersText(money)) among the others.", [evidence(refund)], rule: "refunds",
          .painPoints))
    }
    if let leaving { sentences.append(said(leaving, rule: "leaving", .painPoints)) }
    let complaints = telling(.complaint).filter { $0.effect > 0 && ($0.level == nil || $0.isFlag) }
    sentences += complaints.prefix(1).map { said($0, rule: "support", .painPoints) }
    if let support = first("supportContacts"), support.effect > 0 {
      sentences.append(
        observed(
          "\(NumberText.fixed(support.value, 2)) support contacts an order, against "
            + "\(NumberText.fixed(support.others, 2)) among the others.", [evidence(support)],
          rule: "support", .painPoints))
    }
    return Array(sentences.prefix(3))
  }

  /// A column that says who left, where more of them did.
  var leaving: Trait? { telling(.leaving).first { $0.effect > 0 && $0.isFlag } }

  func reach() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    for (attribute, head) in [("touchChannel", "Touchpoints: "), ("orderChannel", "Orders: ")] {
      let shown = levels(of: attribute)
      guard !shown.isEmpty else { continue }
      let parts = shown.map { "\(Wording.inner(Wording.level($0))) \(share($0))" }
      let count = max(1, Wording.fitting(parts, separator: ", ", within: Wording.longest - head.count - 1))
      sentences.append(
        observed(
          head + parts[..<count].joined(separator: ", ") + ".", shown[..<count].map(evidence),
          rule: "channels", .channels))
    }
    for trait in telling(.channel).prefix(3) { sentences.append(said(trait, rule: "channels", .channels)) }
    for trait in telling(.response).prefix(sentences.isEmpty ? 2 : 1) {
      sentences.append(said(trait, rule: "response", .channels))
    }
    return Array(sentences.prefix(4))
  }
}
