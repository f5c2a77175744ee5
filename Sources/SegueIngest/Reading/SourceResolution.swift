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

  /// Problems that keep a file from being read at all, in the order a user would solve them.
  func blockers() -> [Diagnostic] {
    let place = Diagnostic.Location(file: file.name)
    if file.rowCount == 0 {
      return [
        Diagnostic(
          "ingest.header-only", "the file has a header and no rows", at: place,
          hint: "export it again with data, or leave the file out")
      ]
    }
    if headerLooksLikeData {
      return [
        Diagnostic(
          "ingest.header", "the first line looks like data, not like column names",
          at: .init(file: file.name, line: file.headerLine), hint: "put a line of column names above the data"
        )
      ]
    }
    if recognition.confidence < 0.35 {
      return [
        Diagnostic(
          "ingest.kind",
          "cannot tell what a row of this file is; columns: \(shortHeaders)", at: place,
          hint:
            "say so: --kind \(file.path)=orders, customers, events or feedback; and --column customer=HEADER; "
            + "a table without customers can still be clustered: segue cluster")
      ]
    }
    let missing = recognition.missing.map { role in
      Diagnostic(
        "ingest.column",
        "no column of this \(kind.rawValue) file is known as its \(role.rawValue); columns: \(shortHeaders)",
        at: .init(file: file.name, line: file.headerLine),
        hint: "name it: --column \(role.rawValue)=HEADER; or say what the file is: --kind \(file.path)=KIND")
    }
    return missing.isEmpty ? openQuestions() : missing
  }

  private var shortHeaders: String {
    let shown = file.headers.prefix(12).map { $0.count > 30 ? String($0.prefix(30)) + "…" : $0 }
    let more = file.headers.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
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
      let exact = file.headers.firstIndex(of: entry.header)
      let key = HeaderSynonyms.normalise(entry.header)
      if let column = exact ?? file.headers.firstIndex(where: { HeaderSynonyms.normalise($0) == key }) {
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
      let key = HeaderSynonyms.normalise(entry.header)
      if files.contains(where: { $0.headers.contains { HeaderSynonyms.normalise($0) == key } }) { continue }
      throw ColumnOverrides.unknown(entry.header, files.flatMap(\.headers), files.first?.name ?? "")
    }
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
