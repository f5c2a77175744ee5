/// Which column plays which role, if the file is of one kind.
struct RoleAssignment {
  var roles: [ColumnRole]
  /// 1: the options or the header alone name the role. Below, it is a guess.
  var confidence: [Double]
  /// Columns whose headers name a role just as well as that of the column which plays it.
  var rivals: [ColumnRole: [Int]] = [:]

  func column(_ role: ColumnRole) -> Int? { roles.firstIndex(of: role) }

  /// 0 if no column plays the role.
  func score(_ role: ColumnRole) -> Double { column(role).map { confidence[$0] } ?? 0 }

  private struct Candidate {
    var column: Int
    var role: ColumnRole
    var score: Double
  }

  /// Gives each role to the column whose header and content speak for it most, best pairs first.
  init(
    _ kind: TableKind, headers: [String], surveys: [ColumnSurvey], known: KnownExport?,
    fixed: [Int: ColumnRole]
  ) {
    roles = [ColumnRole](repeating: kind == .customers ? .attribute : .ignored, count: headers.count)
    confidence = [Double](repeating: 0, count: headers.count)
    var isTaken = headers.map { HeaderSynonyms.bookkeeping.contains(HeaderSynonyms.normalise($0)) }
    for column in headers.indices where isTaken[column] { roles[column] = .ignored }
    var given = Set(fixed.values)
    for (column, role) in fixed {
      roles[column] = role
      confidence[column] = 1
      isTaken[column] = true
    }
    let candidates = RoleAssignment.candidates(kind, headers, surveys, known)
    for candidate in candidates where !isTaken[candidate.column] {
      if given.contains(candidate.role), !candidate.role.isRepeatable {
        noteRival(candidate, fixed)
        continue
      }
      roles[candidate.column] = candidate.role
      confidence[candidate.column] = min(1, candidate.score)
      isTaken[candidate.column] = true
      given.insert(candidate.role)
    }
    for column in headers.indices where fixed[column] == nil && rivals[roles[column]] != nil {
      confidence[column] = min(confidence[column], 0.9)
    }
    if kind != .customers, !given.contains(.time) { guessTime(surveys, &isTaken) }
    if !given.contains(.customer) { guessCustomer(headers, surveys, &isTaken) }
  }

  /// Notes a column that could play a role another column plays, if nothing but its place speaks against it.
  private mutating func noteRival(_ candidate: Candidate, _ fixed: [Int: ColumnRole]) {
    guard let column = column(candidate.role), candidate.column != column, fixed[column] == nil else {
      return
    }
    guard candidate.score >= 0.7, candidate.score == confidence[column] else { return }
    if rivals[candidate.role]?.contains(candidate.column) == true { return }
    rivals[candidate.role, default: []].append(candidate.column)
  }

  private static func candidates(
    _ kind: TableKind, _ headers: [String], _ surveys: [ColumnSurvey], _ known: KnownExport?
  ) -> [Candidate] {
    let table = synonyms[kind] ?? [:]
    var candidates: [Candidate] = []
    for column in headers.indices {
      for key in HeaderSynonyms.keys(of: headers[column]) {
        if let place = known?.roles.firstIndex(where: { $0.name == key }), let role = known?.roles[place].role
        {
          candidates.append(Candidate(column: column, role: role, score: 2 - 0.001 * Double(place)))
        }
        for (role, weight) in table[key] ?? [] {
          let score = weight * fit(role, weight, surveys[column])
          // a vague name needs content that goes with it, an exact one is believed and its cells reported
          if score > (weight < 1 ? 0.45 * weight : 0.1) {
            candidates.append(Candidate(column: column, role: role, score: score))
          }
        }
      }
    }
    candidates.sort { ($1.score, $0.column) < ($0.score, $1.column) }
    return candidates
  }

  /// How well content goes with a role: 1 fits, down to 0.3 where it does not fit at all.
  private static func fit(_ role: ColumnRole, _ weight: Double, _ survey: ColumnSurvey) -> Double {
    guard survey.filled > 0 else { return 0.4 }
    switch role {
    case .customer where survey.dates.written * 2 > survey.filled: return 0.3
    case .time: return survey.dateShare >= 0.5 ? 1 : 0.3 + survey.dateShare
    case .amount, .quantity, .unitPrice, .refund, .discount, .score, .scale:
      return survey.numberShare >= 0.5 ? 1 : 0.3 + survey.numberShare
    case .currency: return survey.currencyCodes * 2 > survey.filled ? 1 : 0.3
    case .event: return survey.distinct.count > 50 && survey.uniqueness > 0.5 ? 0.4 : 1
    case .status:
      if survey.distinct.count > 30 { return 0.3 }
      let isSpoken = survey.samples.contains {
        HeaderSynonyms.statusWords.contains(HeaderSynonyms.normalise($0))
      }
      return weight == 1 || isSpoken ? 1 : 0.3
    default: return 1
    }
  }

  private static let synonyms: [TableKind: [String: [(ColumnRole, Double)]]] = {
    var tables: [TableKind: [String: [(ColumnRole, Double)]]] = [:]
    for kind in TableKind.allCases {
      for entry in HeaderSynonyms.entries(for: kind) {
        if kind == .customers, entry.role != .customer, !entry.role.isPersonal { continue }
        for name in entry.names {
          tables[kind, default: [:]][name, default: []].append((entry.role, entry.weight))
        }
      }
    }
    return tables
  }()

  /// A column of written dates whose header says nothing.
  private mutating func guessTime(_ surveys: [ColumnSurvey], _ isTaken: inout [Bool]) {
    for column in surveys.indices where !isTaken[column] {
      let dates = surveys[column].dates
      guard surveys[column].dateShare >= 0.95, dates.yearFirst + dates.numeric + dates.named > 0 else {
        continue
      }
      roles[column] = .time
      confidence[column] = 0.5
      isTaken[column] = true
      return
    }
  }

  /// A column of e-mail addresses whose header says nothing; else a bare id that repeats, as ids of rows do not.
  private mutating func guessCustomer(
    _ headers: [String], _ surveys: [ColumnSurvey], _ isTaken: inout [Bool]
  ) {
    for column in surveys.indices where surveys[column].emailShare >= 0.9 {
      guard !isTaken[column] || roles[column] == .email else { continue }
      roles[column] = .customer
      confidence[column] = 0.6
      isTaken[column] = true
      return
    }
    for column in headers.indices where HeaderSynonyms.normalise(headers[column]) == "id" {
      guard confidence[column] < 1, surveys[column].filled > 0, surveys[column].uniqueness < 0.98 else {
        continue
      }
      roles[column] = .customer
      confidence[column] = 0.5
      isTaken[column] = true
      return
    }
  }
}

extension ColumnRole {
  /// Roles that several columns may share.
  var isRepeatable: Bool { isPersonal || self == .attribute || self == .ignored }
}
