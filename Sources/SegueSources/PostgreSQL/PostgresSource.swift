internal import SegueCore
internal import SegueIngest

/// Tables, views and queries of a PostgreSQL database, streamed by `COPY … TO STDOUT` in a transaction that only reads.
struct PostgresSource {
  let address: String
  let name: InputName
  let options: SourceOptions
  let monitor: Monitor

  private struct Relation {
    var schema: String
    var table: String
    /// Found without its schema's name.
    var isVisible: Bool

    var spelled: String { isVisible ? table : "\(schema).\(table)" }
    var quoted: String { "\(SQLiteSource.quoted(schema)).\(SQLiteSource.quoted(table))" }
  }

  func tables() throws -> [OpenTable] {
    let connection = try PostgresConnection(
      address: address, name: name.displayName, timeout: options.connectionTimeout, monitor: monitor)
    // One snapshot for all tables; times with a zone are written in UTC, with their offset. Rows come in the
    // order they lie in, as long as no scan joins another one half-way and no second process takes a share.
    try connection.rows(
      """
      BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
      SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL timezone = 'UTC'; \
      SET LOCAL bytea_output = 'hex'; SET LOCAL synchronize_seqscans = off; \
      SET LOCAL max_parallel_workers_per_gather = 0
      """)
    if case .query(let text) = name.selection {
      let query = text.reversed().drop { $0.isWhitespace || $0 == ";" }.reversed()
      return [try table(connection, String(query), name, identity: name.identity)]
    }
    let relations = try relations(connection)
    let choice = TableChoice(
      name: name, holder: "database", noun: "table", tables: relations.map { qualified($0) })
    let chosen = try choice.chosen { wanted in
      let relation = relations.first { qualified($0) == wanted }!
      return try connection.rows("SELECT 1 FROM \(relation.quoted) LIMIT 1").isEmpty
    }
    return try chosen.map { wanted in
      let relation = relations.first { qualified($0) == wanted }!
      var named = name
      // The only one there is goes by the name of its database.
      if name.selection != nil { named.selection = .table(wanted) }
      return try table(
        connection, "SELECT * FROM \(relation.quoted)", named,
        identity: name.identity(of: "\(relation.schema).\(relation.table)"))
    }
  }

  /// The name as it was asked for, with the schema or without.
  private func qualified(_ relation: Relation) -> String {
    if case .table(let wanted) = name.selection, wanted == "\(relation.schema).\(relation.table)" {
      return wanted
    }
    return relation.spelled
  }

  private func relations(_ connection: PostgresConnection) throws -> [Relation] {
    try connection.rows(
      """
      SELECT n.nspname, c.relname, pg_catalog.pg_table_is_visible(c.oid)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
        AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      ORDER BY 3 DESC, 1, 2
      """
    ).map { Relation(schema: $0[0] ?? "", table: $0[1] ?? "", isVisible: $0[2] == "t") }
  }

  private func table(
    _ connection: PostgresConnection, _ query: String, _ named: InputName, identity: String
  ) throws -> OpenTable {
    let shown = named.displayName
    var writer = TableWriter(Scratch(name: shown, folder: options.scratchFolder, monitor: monitor))
    // The line feed ends a comment that the query may end with.
    try unsafe connection.copy("COPY (\(query)\n) TO STDOUT WITH (FORMAT csv, HEADER)") {
      try unsafe writer.raw($0)
    }
    let input = Input(
      path: shown, displayName: shown, store: try writer.finish(), scratchFolder: options.scratchFolder)
    return OpenTable(input: input, identity: identity)
  }
}
