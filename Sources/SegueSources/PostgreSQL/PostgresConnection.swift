internal import CPostgreSQL
internal import Glibc
internal import SegueCore
internal import SegueIngest

/// A connection to PostgreSQL that waits with poll, so that Ctrl-C and silence of the server end it.
@safe
final class PostgresConnection {
  private let connection: OpaquePointer
  private let monitor: Monitor
  private let stage: String
  /// How diagnostics call it, without the password.
  private let name: String
  private let password: String?

  /// - Parameter timeout: seconds; `connect_timeout` in the address wins.
  /// - Throws: ``SegueCore/SegueError`` `postgres.connect` with what the server or the network says.
  init(address: String, name: String, timeout: Int, monitor: Monitor) throws {
    self.monitor = monitor
    self.name = name
    stage = "reading \(name)"
    let given = try PostgresConnection.parameters(address, name)
    password = given["password"]
    let values: [(String, String)] = [
      ("dbname", address), ("client_encoding", "UTF8"), ("fallback_application_name", "segue"),
    ]
    unsafe connection = PostgresConnection.start(values)!
    let seconds = given["connect_timeout"].flatMap(Int.init) ?? timeout
    try connect(until: .now + .seconds(max(2, seconds)), seconds)
    // What a server says by the way is not for standard error.
    unsafe PQsetNoticeReceiver(connection, { _, _ in }, nil)
  }

  deinit { unsafe PQfinish(connection) }

  private static func start(_ values: [(String, String)]) -> OpaquePointer? {
    let names = unsafe values.map { unsafe strdup($0.0) } + [nil]
    let texts = unsafe values.map { unsafe strdup($0.1) } + [nil]
    defer { unsafe (names + texts).forEach { unsafe free($0) } }
    let constNames = unsafe names.map { unsafe UnsafePointer($0) }
    let constTexts = unsafe texts.map { unsafe UnsafePointer($0) }
    return unsafe PQconnectStartParams(constNames, constTexts, 1)
  }

  /// The parts of the address, by libpq's names for them.
  private static func parameters(_ address: String, _ name: String) throws -> [String: String] {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(address, &message) else {
      defer { unsafe PQfreemem(message) }
      // The message may quote any part of the address.
      throw SegueError.usage(
        Diagnostic(
          "postgres.address", "this is no address of a PostgreSQL server", at: .init(file: name),
          hint:
            "postgres://USER@HOST:PORT/DATABASE#TABLE; write % as %25, # as %23, @ as %40 in names and passwords"
        ))
    }
    defer { unsafe PQconninfoFree(options) }
    var found: [String: String] = [:]
    var place = unsafe options
    while let keyword = unsafe place.pointee.keyword {
      if let value = unsafe place.pointee.val {
        found[unsafe String(cString: keyword)] = unsafe String(cString: value)
      }
      unsafe place += 1
    }
    return found
  }

  private func connect(until deadline: ContinuousClock.Instant, _ seconds: Int) throws {
    var state = PGRES_POLLING_WRITING
    while true {
      guard unsafe PQstatus(connection) != CONNECTION_BAD else { throw connectionProblem() }
      let events = state == PGRES_POLLING_READING ? Int16(POLLIN) : Int16(POLLOUT)
      let isReady = try ByteStream.wait(
        unsafe PQsocket(connection), events, "connecting to \(name)", monitor, until: deadline)
      guard isReady else {
        throw problem(
          .noInput, "postgres.connect", "the server did not answer within \(seconds) seconds",
          hint: "check host, port and firewall; to wait longer: ?connect_timeout=60 behind the database")
      }
      state = unsafe PQconnectPoll(connection)
      if state == PGRES_POLLING_OK { return }
      if state == PGRES_POLLING_FAILED { throw connectionProblem() }
    }
  }

  /// Runs statements of which only the last one answers, with no parameters.
  ///
  /// - Returns: the rows as text; nil for NULL.
  @discardableResult
  func rows(_ sql: String) throws -> [[String?]] {
    guard unsafe PQsendQuery(connection, sql) == 1 else { throw unsafe queryProblem(nil, rows: 0) }
    var found: [[String?]] = []
    while let result = try unsafe nextResult() {
      defer { unsafe PQclear(result) }
      let status = unsafe PQresultStatus(result)
      guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
        throw unsafe queryProblem(result, rows: 0)
      }
      let width = unsafe PQnfields(result)
      found = unsafe (0..<PQntuples(result)).map { row in
        (0..<width).map { column in
          unsafe PQgetisnull(result, row, column) == 1
            ? nil : String(cString: PQgetvalue(result, row, column))
        }
      }
    }
    return found
  }

  /// Streams what `COPY … TO STDOUT` gives.
  ///
  /// - Parameter body: is handed each row with its line feed.
  func copy(_ sql: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    // The extended protocol takes a single statement, so nothing can be smuggled in behind it.
    guard unsafe PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 0) == 1 else {
      throw unsafe queryProblem(nil, rows: 0)
    }
    guard let begun = try unsafe nextResult() else { throw unsafe queryProblem(nil, rows: 0) }
    defer { unsafe PQclear(begun) }
    guard unsafe PQresultStatus(begun) == PGRES_COPY_OUT else { throw unsafe queryProblem(begun, rows: 0) }
    var rows = 0
    while true {
      var row: UnsafeMutablePointer<CChar>?
      let count = unsafe PQgetCopyData(connection, &row, 1)
      if count > 0 {
        defer { unsafe PQfreemem(row) }
        try unsafe body(UnsafeRawBufferPointer(start: row, count: Int(count)))
        rows += 1
      } else if count == 0 {
        try receive(rows)
      } else {
        guard count == -1 else { throw unsafe queryProblem(nil, rows: rows) }
        break
      }
    }
    while let result = try unsafe nextResult() {
      defer { unsafe PQclear(result) }
      if unsafe PQresultStatus(result) != PGRES_COMMAND_OK { throw unsafe queryProblem(result, rows: rows) }
    }
  }

  private func nextResult() throws -> OpaquePointer? {
    while unsafe PQisBusy(connection) == 1 { try receive(0) }
    return unsafe PQgetResult(connection)
  }

  private func receive(_ rows: Int) throws {
    while unsafe PQflush(connection) == 1 {
      try ByteStream.wait(unsafe PQsocket(connection), Int16(POLLOUT), stage, monitor)
    }
    do {
      try ByteStream.wait(unsafe PQsocket(connection), Int16(POLLIN), stage, monitor)
    } catch {
      // The server need not go on with what nobody wants.
      cancelOnServer()
      throw error
    }
    guard unsafe PQconsumeInput(connection) == 1 else { throw unsafe queryProblem(nil, rows: rows) }
  }

  private func cancelOnServer() {
    guard let cancel = unsafe PQgetCancel(connection) else { return }
    defer { unsafe PQfreeCancel(cancel) }
    var message = [CChar](repeating: 0, count: 256)
    _ = unsafe PQcancel(cancel, &message, Int32(message.count))
  }

  // MARK: - What goes wrong

  private func connectionProblem() -> SegueError {
    let text = unsafe serverText(nil)
    let hint: String
    if unsafe PQconnectionNeedsPassword(connection) == 1 {
      hint = "set the variable PGPASSWORD, or put the password into ~/.pgpass"
    } else if unsafe PQconnectionUsedPassword(connection) == 1, text.contains("authentication failed") {
      hint = "check user and password: PGPASSWORD, ~/.pgpass, or the address"
    } else if text.contains("could not translate host name") {
      hint = "check the name of the host"
    } else if text.contains("refused") || text.contains("No such file") {
      hint = "check host and port, and that the server runs: pg_isready shows it"
    } else if text.contains("does not exist") {
      hint = "check user and database; psql -l lists the databases"
    } else {
      hint = "see whether psql connects with the same address"
    }
    return problem(.noInput, "postgres.connect", "no connection: \(text)", hint: hint)
  }

  private func queryProblem(_ result: OpaquePointer?, rows: Int) -> SegueError {
    let text = unsafe serverText(result)
    if unsafe PQstatus(connection) == CONNECTION_BAD {
      return problem(
        .noInput, "postgres.lost", "the connection broke after \(rows) rows: \(text)",
        hint: "see the server's log, then run again")
    }
    if text.contains("permission denied") {
      return problem(
        .noInput, "postgres.query", text, hint: "ask for the right to read: GRANT SELECT ON … TO …")
    }
    if text.contains("read-only transaction") {
      return problem(.usage, "postgres.query", text, hint: "name a query that only reads: SELECT …")
    }
    return problem(.usage, "postgres.query", text, hint: "correct the query; psql runs the same one")
  }

  /// The first lines of a message, on one line and without the password.
  private func serverText(_ result: OpaquePointer?) -> String {
    let pointer = unsafe result.map { unsafe PQresultErrorMessage($0) } ?? PQerrorMessage(connection)
    var text = unsafe pointer.map { unsafe String(cString: $0) } ?? ""
    if let password, password.count > 2 { text = text.replacing(password, with: "***") }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop { $0.isWhitespace } }
    // LINE and ^ draw a picture that one line cannot hold.
    let told = lines.filter { !$0.hasPrefix("LINE ") && !$0.hasPrefix("^") }.prefix(2).joined(separator: "; ")
    for prefix in ["ERROR:  ", "FATAL:  "] where told.hasPrefix(prefix) {
      return String(told.dropFirst(prefix.count))
    }
    return told.isEmpty ? "the server does not say why" : told
  }

  private func problem(_ kind: SegueError.Kind, _ code: String, _ message: String, hint: String) -> SegueError
  {
    SegueError(kind, [Diagnostic(code, message, at: .init(file: name), hint: hint)])
  }
}
