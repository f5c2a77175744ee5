public import SegueCore
public import SegueIngest

/// Opens whatever holds a table: text, plain or in gzip or zstd, JSON Lines, XLSX, Parquet, SQLite, PostgreSQL.
///
/// What a file is, its first bytes tell, never its name. However it arrives, each table ends as delimited text:
/// plain files as they lie there, everything else in a ``SegueIngest/Spool``.
public enum Sources {
  /// Opens all inputs before complaining about any, so that all complaints come at once.
  ///
  /// - Parameter names: paths, globs, `-`, `book.xlsx#Sheet`, `shop.sqlite#table`, `shop.sqlite#SELECT …`,
  ///   `postgres://user@host/database#table`; `#*` stands for every table.
  /// - Returns: a table per name, more for globs and `#*`, in the order of the names.
  /// - Throws: ``SegueCore/SegueError`` with a diagnostic for each input that cannot be opened, `input.twice` for one
  ///   that would count twice; `CancellationError`.
  /// - Complexity: one pass over what is not plain text, two over JSON with keys that appear late. Memory does not
  ///   grow with the input, but for the distinct texts of a workbook.
  public static func open(
    _ names: [String], _ options: SourceOptions = SourceOptions(), monitor: Monitor = .silent
  ) throws -> [Input] {
    var complaints = Complaints()
    let parsed = try names.flatMap { name in try complaints.collect { try InputName.parse(name) } ?? [] }
    try failOnRepeats(parsed.map { ($0.identity, $0.displayName) })
    var tables: [OpenTable] = []
    for name in parsed {
      try monitor.checkpoint("opening \(name.displayName)")
      let opener = SourceOpener(name: name, options: options, monitor: monitor)
      tables += try complaints.collect { try opener.open() } ?? []
    }
    try complaints.throwIfAny()
    try failOnRepeats(tables.map { ($0.identity, $0.input.displayName) })
    return tables.map(\.input)
  }

  /// Unpacks a file in gzip or zstd and forgets what was in it: what unpacking alone costs, for measuring.
  ///
  /// - Returns: bytes of text.
  package static func discard(_ path: String) throws -> Int {
    let store = try ByteStore(path: path)
    return try Unpacking(store: store, name: path, monitor: .silent)
      .discarded(SourceKind(store.bytes(0..<4_096)))
  }

  /// A table that counts twice doubles what everybody spent.
  private static func failOnRepeats(_ tables: [(identity: String, name: String)]) throws {
    var seen: Set<String> = []
    for (identity, name) in tables where !seen.insert(identity).inserted {
      throw SegueError.usage(
        Diagnostic("input.twice", "\(name) is named twice", hint: "name every file once"))
    }
  }
}

/// A table that was opened, and what tells it from others however it was named.
struct OpenTable {
  var input: Input
  var identity: String
}

/// Errors put aside until everything was tried.
struct Complaints {
  private var kind: SegueError.Kind?
  private var diagnostics: [Diagnostic] = []

  mutating func collect<Value>(_ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch let error as SegueError {
      kind = kind ?? error.kind
      diagnostics += error.diagnostics
      return nil
    }
  }

  func throwIfAny() throws {
    if let kind { throw SegueError(kind, diagnostics) }
  }
}
