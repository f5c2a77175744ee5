/// What kind of table a file is, how sure that is and why.
struct Recognition {
  var kind: TableKind
  /// 0…1.
  var confidence: Double
  var reasons: [String]
  var assignment: RoleAssignment
  /// Needed roles that no column plays.
  var missing: [ColumnRole]
  var known: HeaderSynonyms.KnownExport?

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
      (fixedKind == nil || fixedKind == export.kind) && export.signature.allSatisfy(keys.contains)
    }
    func assign(_ kind: TableKind) -> RoleAssignment {
      RoleAssignment(kind, headers: headers, surveys: surveys, known: known, fixed: fixedRoles)
    }
    self.known = known
    if let kind = fixedKind ?? known?.kind {
      self.kind = kind
      confidence = fixedKind != nil ? 1 : 0.98
      assignment = assign(kind)
      reasons =
        fixedKind != nil ? ["the options say so"] : ["the headers of the \(known?.name ?? "known export")"]
    } else {
      let scores = KindScores(path: path, keys: keys, surveys: surveys, assign: assign)
      (kind, confidence, assignment) = scores.best
      reasons = scores.reasons
    }
    missing = Recognition.missing(kind, assignment)
    for role in missing { reasons.append("no column for \(role.rawValue)") }
  }

  private static func missing(_ kind: TableKind, _ assignment: RoleAssignment) -> [ColumnRole] {
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

  init(
    path: String, keys: Set<String>, surveys: [ColumnSurvey], assign: (TableKind) -> RoleAssignment
  ) {
    for kind in TableKind.allCases { assignments[kind] = assign(kind) }
    let isAggregated = !keys.isDisjoint(with: HeaderSynonyms.aggregates)
    scores[.orders] = orders(isAggregated)
    scores[.events] = events()
    scores[.feedback] = feedback()
    // a file that names orders is about what belongs to them
    scores[.customers] = customers(isAggregated, surveys) - (keys.contains("orderid") ? 0.4 : 0)
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    for (kind, words) in HeaderSynonyms.fileNameHints where words.contains(where: name.contains) {
      nameHint = nameHint ?? kind
    }
    if let nameHint { scores[nameHint, default: 0] += 0.08 }
  }

  private func score(_ kind: TableKind, _ role: ColumnRole) -> Double { assignments[kind]?.score(role) ?? 0 }

  private func orders(_ isAggregated: Bool) -> Double {
    let product = 0.95 * min(score(.orders, .quantity), score(.orders, .unitPrice))
    let amount = max(score(.orders, .amount), product)
    let needed = (score(.orders, .customer) + score(.orders, .time) + amount) / 3
    let extra = 0.08 * score(.orders, .orderID) + 0.04 * score(.orders, .currency)
    return min(1, needed + (amount > 0 ? extra : 0)) - (isAggregated ? 0.2 : 0)
  }

  private func events() -> Double {
    let event = score(.events, .event)
    let needed = (score(.events, .customer) + score(.events, .time) + event) / 3
    return event >= 0.8 ? min(1, needed + 0.03) : needed * (event > 0 ? 0.9 : 0.5)
  }

  private func feedback() -> Double {
    let answer = score(.feedback, .score)
    guard answer > 0 else { return 0 }
    let needed = (2 * answer + score(.feedback, .time) + score(.feedback, .customer)) / 4
    return needed + (score(.feedback, .metric) > 0 ? 0.05 : 0)
  }

  private func customers(_ isAggregated: Bool, _ surveys: [ColumnSurvey]) -> Double {
    guard let assignment = assignments[.customers], let column = assignment.column(.customer) else {
      return 0.2
    }
    let isUnique = surveys[column].uniqueness > 0.98
    let about = isUnique ? 0.85 : 0.35
    let plausible = 0.5 + 0.5 * assignment.confidence[column]
    let sells = score(.orders, .time) >= 0.3 && score(.orders, .amount) >= 0.3
    let happens = score(.events, .time) >= 0.7 && score(.events, .event) >= 0.8
    return about * plausible - (sells || happens ? 0.25 : 0) + (isAggregated && isUnique ? 0.1 : 0)
  }

  var best: (TableKind, Double, RoleAssignment) {
    // ties go to the kind that comes first
    var winner = TableKind.orders
    for kind in TableKind.allCases where (scores[kind] ?? 0) > (scores[winner] ?? 0) + 1e-9 { winner = kind }
    let confidence = max(0, min(0.97, scores[winner] ?? 0))
    return (winner, (confidence * 100).rounded() / 100, assignments[winner]!)
  }

  var reasons: [String] {
    let (kind, _, assignment) = best
    var texts: [String] = []
    let needed: [ColumnRole] =
      switch kind {
      case .orders: [.customer, .time, .amount, .orderID]
      case .customers: [.customer]
      case .events: [.customer, .time, .event]
      case .feedback: [.customer, .time, .score]
      }
    let found = needed.filter { assignment.column($0) != nil }
    if !found.isEmpty { texts.append("columns for " + found.map(\.rawValue).joined(separator: ", ")) }
    if nameHint == kind { texts.append("the file's name") }
    let second = scores.filter { $0.key != kind }.max {
      ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
    }
    if let second, second.value > 0.5 {
      texts.append("next best: \(second.key.rawValue) (\((second.value * 100).rounded() / 100))")
    }
    return texts
  }
}
