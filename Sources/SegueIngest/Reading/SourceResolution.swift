internal import SegueCore

extension ResolvedSource {
  /// Opens a file and settles kind and columns, as far as headers, content and options say.
  init(
    _ input: Input, _ options: IngestOptions, _ monitor: Monitor, isSample: Bool = false
  ) throws {
    let file = try SourceFile(input, options, monitor, isSample: isSample)
    let fixed = try ColumnOverrides(options.columns).roles(for: file)
    let kind = options.kinds[file.path] ?? options.kinds[ColumnOverrides.lastComponent(file.path)]
    let recognition = Recognition(
      path: file.path, headers: file.headers, surveys: file.surveys, fixedKind: kind, fixedRoles: fixed)
    self.init(file: file, recognition: recognition, options: options)
  }

  /// What keeps a file from being read: open questions, and guesses where the options refuse them.
  func blockers() -> [Diagnostic] {
    let questions = questions()
    guard questions.isEmpty, options.strict else { return questions }
    return guesses.map { $0.refusal(file: file.name) }
  }

  /// A file without rows, whatever it is.
  var emptiness: Diagnostic? {
    guard file.rowCount == 0 else { return nil }
    return Diagnostic(
      "ingest.header-only", "the file has a header and no rows", at: .init(file: file.name),
      hint: "export it again with data, or leave the file out")
  }

  /// Problems that keep a file from being read at all, in the order a user would solve them.
  func questions() -> [Diagnostic] {
    let place = Diagnostic.Location(file: file.name)
    if let emptiness { return [emptiness] }
    if let missingHeader { return [missingHeader] }
    if recognition.confidence < 0.35 {
      return [
        Diagnostic(
          "ingest.kind",
          "cannot tell what a row of this file is\(puzzle); columns: \(shortHeaders)", at: place,
          hint:
            "say so: \(FlagText(file.path).kind(nil)) with orders, customers, events or feedback; and --column "
            + "customer=HEADER; a table without customers can still be clustered: segue cluster")
      ]
    }
    let missing = recognition.missing.map { role in
      Diagnostic(
        "ingest.column",
        "no column of this \(kind.rawValue) file is known as its \(role.rawValue); columns: \(shortHeaders)",
        at: .init(file: file.name, line: file.headerLine),
        hint:
          "name it: --column \(role.rawValue)=HEADER; or say what the file is: \(FlagText(file.path).kind(nil))"
      )
    }
    return missing.isEmpty ? openQuestions() : missing
  }

  /// What is strange about a file that is nothing known.
  private var puzzle: String {
    if let column = column(.customer) {
      let survey = file.surveys[column]
      if survey.uniqueness <= 0.98 {
        return
          ": customers of \"\(file.headers[column])\" stand on several rows, and nothing says what happened when"
      }
      return ": beside \"\(file.headers[column])\" there are only ids and moments"
    }
    let keys = Set(file.headers.flatMap(HeaderSynonyms.keys))
    return keys.isDisjoint(with: HeaderSynonyms.aggregates)
      ? ": no column names customers" : ": it sums up without naming customers, so rows are groups"
  }

  private var shortHeaders: String {
    let shown = file.headers.prefix(12).map { $0.count > 30 ? String($0.prefix(30)) + "…" : $0 }
    let more = file.headers.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  var missingHeader: Diagnostic? {
    guard headerLooksLikeData else { return nil }
    return Diagnostic(
      "ingest.header", "the first line looks like data, not like column names",
      at: .init(file: file.name, line: file.headerLine), hint: "put a line of column names above the data")
  }

  /// At least half of the header's cells are numbers or dates.
  private var headerLooksLikeData: Bool {
    let data = file.headers.count { header in
      let bytes = Array(header.utf8)
      return NumberShape.of(bytes.span) != .none || DateParts(bytes.span) != nil
    }
    return data * 2 >= file.headers.count
  }
}

extension ResolvedSource {
  /// What rests on less than certainty and would change figures: the kind, and columns of customers, time and money.
  var guesses: [SourceInspection.Guess] {
    let flags = FlagText(file.path)
    var guesses: [SourceInspection.Guess] = []
    if recognition.confidence < 1 {
      guesses.append(
        .init(message: "the file is taken for \(kind.rawValue), which is a guess", flag: flags.kind(kind)))
    }
    let assignment = recognition.assignment
    for column in file.headers.indices where assignment.confidence[column] < 1 {
      guard decisiveRoles.contains(assignment.roles[column]) else { continue }
      let role = assignment.roles[column]
      let rivals = (assignment.rivals[role] ?? []).map { "\"\(file.headers[$0])\"" }.joined(separator: ", ")
      guesses.append(
        .init(
          message: "\"\(file.headers[column])\" is taken for the \(role.rawValue), which is a guess"
            + (rivals.isEmpty ? "" : "; it could be \(rivals)"),
          flag: flags.column(role, file.name(of: column))))
    }
    return guesses
  }

  private var decisiveRoles: Set<ColumnRole> {
    switch kind {
    case .orders:
      let money: Set<ColumnRole> = column(.amount) == nil ? [.quantity, .unitPrice] : [.amount]
      return money.union([.customer, .time, .orderID, .currency, .status, .refund])
    case .customers: return [.customer]
    case .events: return [.customer, .time, .event, .amount]
    case .feedback: return [.customer, .time, .score, .metric, .scale]
    }
  }
}

/// Columns the options name, by role and perhaps by file.
struct ColumnOverrides {
  private var entries: [(file: String?, role: ColumnRole, header: String)] = []

  /// - Throws: ``SegueCore/SegueError`` `ingest.role`, kind `usage`, for a role there is none of.
  init(_ columns: [String: String]) throws {
    for (key, header) in columns.sorted(by: { $0.key < $1.key }) {
      let split = key.lastIndex(of: ":")
      let file = split.map { String(key[..<$0]) }
      let word = split.map { String(key[key.index(after: $0)...]) } ?? key
      guard let role = ColumnRole(rawValue: word) else {
        throw SegueError.usage(
          Diagnostic(
            "ingest.role", "there is no role \"\(word)\"",
            hint: "roles are " + ColumnRole.allCases.map(\.rawValue).joined(separator: ", ")))
      }
      entries.append((file, role, header))
    }
  }

  /// - Throws: ``SegueCore/SegueError`` `ingest.column` if an entry for this very file names no header of it.
  func roles(for file: SourceFile) throws -> [Int: ColumnRole] {
    var roles: [Int: ColumnRole] = [:]
    for entry in entries {
      if let wanted = entry.file, wanted != file.path, wanted != ColumnOverrides.lastComponent(file.path) {
        continue
      }
      if let column = ColumnOverrides.column(entry.header, in: file.headers) {
        roles[column] = entry.role
      } else if entry.file != nil {
        throw ColumnOverrides.unknown(entry.header, file.headers, file.name)
      }
    }
    return roles
  }

  /// Headers asked for in every file and found in none.
  func failIfUnused(_ files: [SourceFile]) throws {
    for entry in entries where entry.file == nil {
      if files.contains(where: { ColumnOverrides.column(entry.header, in: $0.headers) != nil }) { continue }
      throw ColumnOverrides.unknown(entry.header, files.flatMap(\.headers), files.first?.name ?? "")
    }
  }

  /// By the header as written, else whatever its accents and marks, else by place: `#3`.
  private static func column(_ header: String, in headers: [String]) -> Int? {
    if let exact = headers.firstIndex(of: header) { return exact }
    let key = HeaderSynonyms.normalise(header)
    if header.first == "#", let place = Int(header.dropFirst()) {
      return headers.indices.contains(place - 1) ? place - 1 : nil
    }
    return key.isEmpty ? nil : headers.firstIndex { HeaderSynonyms.normalise($0) == key }
  }

  private static func unknown(_ header: String, _ headers: [String], _ file: String) -> SegueError {
    SegueError.usage(
      Diagnostic(
        "ingest.column", "no column is called \"\(header)\"", at: .init(file: file),
        hint: "columns are " + headers.prefix(20).joined(separator: ", ")))
  }

  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
