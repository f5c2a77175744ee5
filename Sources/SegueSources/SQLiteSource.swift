internal import GRDB
internal import GRDBSQLite
internal import SegueCore
internal import SegueIngest

/// Tables, views and queries of an SQLite database, which is opened for reading only.
struct SQLiteSource {
  let path: String
  let name: InputName
  let original: ByteStore
  let scratch: Scratch

  func tables() throws -> [OpenTable] {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.read { database in
        if case .query(let text) = name.selection {
          return [try table(database, text, name, path: path + "#" + text, identity: name.identity)]
        }
        let names = try String.fetchAll(
          database,
          sql: """
            SELECT name FROM sqlite_master
            WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
            """)
        let choice = TableChoice(name: name, holder: "database", noun: "table", tables: names)
        let chosen = try choice.chosen { table in
          try
            !(Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM \(SQLiteSource.quoted(table)))")
            ?? false)
        }
        return try chosen.map { table in
          var named = name
          // The only one there is goes by the name of its file.
          let isPlain = name.selection == nil
          if !isPlain { named.selection = .table(table) }
          return try self.table(
            database, "SELECT * FROM \(SQLiteSource.quoted(table))", named,
            path: isPlain ? path : path + "#" + table, identity: name.identity(of: table))
        }
      }
    } catch let error as DatabaseError {
      throw problem(error)
    }
  }

  static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private func table(
    _ database: Database, _ sql: String, _ named: InputName, path: String, identity: String
  ) throws -> OpenTable {
    let statement = try database.makeStatement(sql: sql)
    guard statement.isReadonly else {
      throw SegueError.usage(
        Diagnostic(
          "sqlite.query", "this query would change the database", at: .init(file: named.displayName),
          hint: "name a query that only reads: SELECT …"))
    }
    var scratch = scratch
    scratch.name = named.displayName
    var writer = TableWriter(scratch)
    for column in statement.columnNames { try writer.field(column) }
    try writer.endRow()
    // Ctrl-C ends a query that has not come to its first row, too.
    unsafe sqlite3_progress_handler(
      database.sqliteConnection, 100_000, { _ in Task.isCancelled ? 1 : 0 }, nil)
    defer { unsafe sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil) }
    try rows(of: statement, database, to: &writer)
    let input = Input(
      path: path, displayName: named.displayName, store: try writer.finish(), original: original,
      scratchFolder: scratch.folder)
    return OpenTable(input: input, identity: identity)
  }

  /// A loop over SQLite's own interface: GRDB's rows would allocate.
  private func rows(of statement: Statement, _ database: Database, to writer: inout TableWriter) throws {
    let handle = unsafe statement.sqliteStatement
    let width = unsafe sqlite3_column_count(handle)
    while true {
      let code = unsafe sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        try Task.checkCancellation()
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code),
          message: unsafe String(cString: sqlite3_errmsg(database.sqliteConnection)))
      }
      for column in 0..<width {
        switch unsafe sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: try writer.field(unsafe sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: try writer.field(unsafe sqlite3_column_double(handle, column), keepsPoint: true)
        case SQLITE_NULL: try writer.emptyField()
        case SQLITE_BLOB: try writer.field(unsafe SQLiteSource.hex(handle, column))
        default:
          let text = unsafe sqlite3_column_text(handle, column)
          let count = unsafe Int(sqlite3_column_bytes(handle, column))
          try unsafe writer.field(UnsafeRawBufferPointer(start: text, count: count))
        }
      }
      try writer.endRow()
    }
  }

  private static func hex(_ statement: OpaquePointer?, _ column: Int32) -> String {
    let bytes = unsafe UnsafeRawBufferPointer(
      start: sqlite3_column_blob(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: unsafe bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private func problem(_ error: DatabaseError) -> SegueError {
    let text = error.message ?? error.resultCode.description
    let hint: String
    var kind = SegueError.Kind.data
    switch error.resultCode.primaryResultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      hint = "it is damaged or encrypted; see what sqlite3 FILE 'PRAGMA integrity_check' says"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      kind = .noInput
      hint =
        "another program is writing to it; wait until it is done, or copy the file with .backup of sqlite3"
    case .SQLITE_CANTOPEN:
      kind = .noInput
      hint =
        "if a file of the same name ending in -wal lies beside it, copy both to a folder that can be written"
    case .SQLITE_ERROR:
      kind = .usage
      hint = "correct the query; sqlite3 FILE .schema shows tables and columns"
    default: hint = "see whether sqlite3 can read it"
    }
    return SegueError(
      kind, [Diagnostic("sqlite", "SQLite says: \(text)", at: .init(file: name.displayName), hint: hint)])
  }
}
