internal import SegueCore

/// What kind of table a file is, how sure that is and why.
struct Recognition {
  var kind: TableKind
  /// 1: the options say so, the headers are those of a known export, or they name all that the kind needs.
  /// Below, it is a guess.
  var confidence: Double
  var reasons: [String]
  var assignment: RoleAssignment
  /// Needed roles that no column plays.
  var missing: [ColumnRole]
  var known: KnownExport?

  /// Weighs all four kinds, by headers first, then content, then the file's name.
  ///
  /// - Parameters:
  ///   - fixedKind: what the options say; then confidence is 1.
  ///   - fixedRoles: roles by column, from the options.
  init(
    path: String, headers: [String], surveys: [ColumnSurvey], fixedKind: TableKind?,
    fixedRoles: [Int: ColumnRole]
  ) {
    let keys = Set(headers.flatMap(HeaderSynonyms.keys))
    let known = HeaderSynonyms.knownExports.first { export in
      (fixedKind == nil || fixedKind == export.kind)
        && export.signature.allSatisfy { $0.contains(where: keys.contains) }
    }
    func assign(_ kind: TableKind) -> RoleAssignment {
      RoleAssignment(kind, headers: headers, surveys: surveys, known: known, fixed: fixedRoles)
    }
    self.known = known
    if let kind = fixedKind ?? known?.kind {
      self.kind = kind
      confidence = 1
      assignment = assign(kind)
      reasons =
        fixedKind != nil ? ["the options say so"] : ["the headers of the \(known?.name ?? "known export")"]
    } else {
      let scores = KindScores(path: path, headers: headers, keys: keys, surveys: surveys, assign: assign)
      (kind, confidence, assignment) = scores.best
      reasons = scores.reasons
    }
    missing = Recognition.missing(kind, assignment)
    for role in missing { reasons.append("no column for \(role.rawValue)") }
  }

  /// Needed roles that no column plays.
  fileprivate static func missing(_ kind: TableKind, _ assignment: RoleAssignment) -> [ColumnRole] {
    let has = { (role: ColumnRole) in assignment.column(role) != nil }
    switch kind {
    case .orders:
      let money = has(.amount) || (has(.quantity) && has(.unitPrice))
      return [.customer, .time].filter { !has($0) } + (money ? [] : [.amount])
    case .customers: return [.customer].filter { !has($0) }
    case .events: return [.customer, .time, .event].filter { !has($0) }
    case .feedback: return [.customer, .time, .score].filter { !has($0) }
    }
  }
}

/// How much speaks for each kind.
private struct KindScores {
  private var assignments: [TableKind: RoleAssignment] = [:]
  private var scores: [TableKind: Double] = [:]
  private var nameHint: TableKind?
  private let isAggregated: Bool
  private let speaksOfOrders: Bool
  /// Each customer has one row.
  private var isUnique = false

  init(
    path: String, headers: [String], keys: Set<String>, surveys: [ColumnSurvey],
    assign: (TableKind) -> RoleAssignment
  ) {
    for kind in TableKind.allCases { assignments[kind] = assign(kind) }
    isAggregated = !keys.isDisjoint(with: HeaderSynonyms.aggregates)
    speaksOfOrders = keys.subtracting(HeaderSynonyms.aggregates).contains { key in
      HeaderSynonyms.orderWords.contains(where: key.hasPrefix)
    }
    if let column = assignments[.customers]?.column(.customer) {
      isUnique = surveys[column].uniqueness > 0.98
    }
    scores[.orders] = orders()
    scores[.events] = events()
    scores[.feedback] = feedback()
    scores[.customers] = customers(headers, surveys)
    let name = HeaderSynonyms.normalise(path.split(separator: "/").last.map(String.init) ?? "")
    for (kind, words) in HeaderSynonyms.fileNameHints where words.contains(where: name.contains) {
      nameHint = nameHint ?? kind
    }
    if let nameHint { scores[nameHint, default: 0] += 0.08 }
  }

  private func score(_ kind: TableKind, _ role: ColumnRole) -> Double { assignments[kind]?.score(role) ?? 0 }

  /// Customer, time and money, a third each; an order id can stand in for part of the money.
  private func orders() -> Double {
    let product = 0.95 * min(score(.orders, .quantity), score(.orders, .unitPrice))
    let (customer, order) = (score(.orders, .customer), score(.orders, .orderID))
    let stated = max(score(.orders, .amount), product, 0.7 * score(.orders, .refund))
    let money = max(stated, customer > 0 && order >= 0.7 ? 0.7 * order : 0)
    let needed = (customer + score(.orders, .time) + money) / 3
    let extra = 0.08 * order + 0.04 * score(.orders, .currency) + (speaksOfOrders ? 0.1 : 0)
    if money == 0, !speaksOfOrders { return needed * 0.5 }
    return min(1, needed + (money > 0 ? extra : 0)) - (isAggregated ? 0.2 : 0)
  }

  private func events() -> Double {
    let event = score(.events, .event)
    let needed = (score(.events, .customer) + score(.events, .time) + event) / 3
    if event >= 0.8 { return min(1, needed + 0.03) }
    return needed * (event > 0 ? 0.9 : 0.5) + 0.1 * score(.events, .campaign)
  }

  private func feedback() -> Double {
    let answer = score(.feedback, .score)
    guard answer > 0 else { return 0 }
    let needed = (2 * answer + score(.feedback, .time) + score(.feedback, .customer)) / 4
    return needed + (score(.feedback, .metric) > 0 ? 0.05 : 0)
  }

  private func customers(_ headers: [String], _ surveys: [ColumnSurvey]) -> Double {
    guard let assignment = assignments[.customers], let column = assignment.column(.customer) else {
      return 0.2
    }
    let uniqueness = surveys[column].uniqueness
    let about = isUnique ? 0.85 : uniqueness > 0.8 ? 0.5 : 0.25
    let plausible = 0.5 + 0.5 * assignment.confidence[column]
    let sells = score(.orders, .time) >= 0.3 && score(.orders, .amount) >= 0.3
    let happens = score(.events, .time) >= 0.7 && score(.events, .event) >= 0.8
    let tells = headers.indices.contains { index in
      index != column && KindScores.tellsOfCustomer(headers[index], surveys[index], assignment.roles[index])
    }
    return about * plausible - (sells || happens ? 0.25 : 0) + (isAggregated && isUnique ? 0.1 : 0)
      // a file that names orders is about what belongs to them
      - (speaksOfOrders ? 0.4 : 0) - (tells ? 0 : 0.6)
  }

  /// Neither bookkeeping nor another id nor a moment.
  private static func tellsOfCustomer(_ header: String, _ survey: ColumnSurvey, _ role: ColumnRole) -> Bool {
    if role.isPersonal { return true }
    guard role == .attribute, survey.filled > 0 else { return false }
    let type = AttributeTyping.type(header, survey, role: role)
    return type != .identifier && type != .date && !AttributeTyping.isIDHeader(header)
  }

  var best: (TableKind, Double, RoleAssignment) {
    // ties go to the kind that comes first
    var winner = TableKind.orders
    for kind in TableKind.allCases where (scores[kind] ?? 0) > (scores[winner] ?? 0) + 1e-9 { winner = kind }
    let confidence = max(0, min(0.97, scores[winner] ?? 0))
    let rounded = confidence >= 0.6 && isNamed(winner) ? 1 : (confidence * 100).rounded() / 100
    return (winner, rounded, assignments[winner]!)
  }

  /// Whether the headers name all the kind needs and not all that another kind needs.
  private func isNamed(_ kind: TableKind) -> Bool {
    guard let assignment = assignments[kind] else { return false }
    let others: [TableKind] =
      kind == .customers
      ? [.orders, .events, .feedback] : [.orders, .events, .feedback].filter { $0 != kind }
    let isAlone = others.allSatisfy { other in
      assignments[other].map { !Recognition.missing(other, $0).isEmpty || $0.confidenceOfNeeded(other) < 0.6 }
        ?? true
    }
    return isAlone && Recognition.missing(kind, assignment).isEmpty
      && assignment.confidenceOfNeeded(kind) == 1
      && (kind != .customers || isUnique)
  }

  var reasons: [String] {
    let (kind, confidence, assignment) = best
    var texts: [String] = []
    let found = kind.neededRoles.filter { assignment.column($0) != nil }
    if !found.isEmpty {
      let verb = confidence == 1 ? "the headers name " : "columns for "
      texts.append(verb + found.map(\.rawValue).joined(separator: ", "))
    }
    if kind == .customers, isUnique { texts.append("each customer on one row") }
    if nameHint == kind { texts.append("the file's name") }
    let second = scores.filter { $0.key != kind }.max {
      ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
    }
    if let second, second.value > 0.5, confidence < 1 {
      texts.append("next best: \(second.key.rawValue) (\(NumberText.percent(second.value)))")
    }
    return texts
  }
}

extension TableKind {
  /// Roles without which a file of the kind cannot be read; for orders, money may be an amount or quantity and price.
  var neededRoles: [ColumnRole] {
    switch self {
    case .orders: [.customer, .time, .amount, .quantity, .unitPrice]
    case .customers: [.customer]
    case .events: [.customer, .time, .event]
    case .feedback: [.customer, .time, .score]
    }
  }
}

extension RoleAssignment {
  /// The confidence of the weakest of the columns that a kind needs; 0 if one is missing.
  func confidenceOfNeeded(_ kind: TableKind) -> Double {
    switch kind {
    case .orders:
      let money = column(.amount) != nil ? score(.amount) : min(score(.quantity), score(.unitPrice))
      return min(score(.customer), score(.time), money)
    default: return kind.neededRoles.map(score).min() ?? 0
    }
  }
}
