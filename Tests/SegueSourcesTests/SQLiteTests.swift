import Foundation
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

import SegueIngest

@Suite("SQLite", .enabled(if: Tools.hasPython, "there is no python3"))
struct SQLiteTests {
  private func database(_ sql: String, in folder: Workspace, name: String = "shop.db") throws -> String {
    try Tools.python(
      "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()",
      folder.file(name), sql)
    return folder.file(name)
  }

  private static let orders = """
    CREATE TABLE orders (id INTEGER, customer REAL, name TEXT, paid NUMERIC, x BLOB);
    INSERT INTO orders VALUES (1, 17850.0, 'a,"b"', NULL, x'00ff'), (-9223372036854775808, 1e-5, '', 2.5, NULL),
      (3, 1e15, 'é' || char(10) || 'ü', 1e300, 7);
    """

  @Test("values are written as numbers and text are read")
  func values() throws {
    let folder = try Workspace()
    let file = try database(SQLiteTests.orders, in: folder)
    let expected = """
      id,customer,name,paid,x
      1,17850.0,"a,""b""\",,00ff
      -9223372036854775808,0.00001,,2.5,
      3,1000000000000000.0,"é
      ü",1e+300,7

      """
    #expect(try Opening.text(file) == expected)
    #expect(try Opening.text(file + "#orders") == expected)
    #expect(try Opening.text(file + "#ORDERS") == expected)
  }

  @Test("a query gives its rows, a view is a table")
  func query() throws {
    let folder = try Workspace()
    let file = try database(
      SQLiteTests.orders + "CREATE VIEW late AS SELECT id + 1 AS next FROM orders;", in: folder)
    #expect(try Opening.text(file + "#late") == "next\n2\n-9223372036854775807\n4\n")
    #expect(
      try Opening.text(file + "#SELECT id / 2.0 AS half FROM orders WHERE id > 0") == "half\n0.5\n1.5\n")
    #expect(
      try Opening.text(file + "# with t(n) as (values (1), (2)) select n, NULL as e from t")
        == "n,e\n1,\n2,\n")
  }

  @Test("of several tables one is named, or all are meant")
  func several() throws {
    let folder = try Workspace()
    let file = try database(
      "CREATE TABLE a(x); INSERT INTO a VALUES (1); CREATE TABLE \"b \"\"c\"(y); INSERT INTO \"b \"\"c\" VALUES (2); CREATE TABLE e(z);",
      in: folder)
    let diagnostic = Opening.error([file])?.diagnostics.first
    #expect(diagnostic?.code == "source.severalTables")
    #expect(diagnostic?.message.hasSuffix("several tables: a, b \"c") == true)
    #expect(diagnostic?.hint?.contains("'\(file)#a'") == true)
    #expect(try Opening.texts(file + "#*") == ["x\n1\n", "y\n2\n"])
    #expect(Opening.error([file + "#nope"])?.diagnostics.first?.hint == "it has: a, b \"c, e")
    #expect(Opening.error([file + "#*", file + "#a"])?.diagnostics.first?.code == "input.twice")
  }

  @Test(
    "what cannot be asked is refused with SQLite's words",
    arguments: [
      ("SELECT nope FROM orders", "no such column: nope"), ("SELECT * FROM nope", "no such table: nope"),
      ("WITH t AS (SELECT 1) DELETE FROM orders", "would change the database"),
      ("SELECT 1; DROP TABLE orders", "statements"),
    ])
  func badQuery(sql: String, words: String) throws {
    let folder = try Workspace()
    let file = try database(SQLiteTests.orders, in: folder)
    let before = try folder.bytes("shop.db")
    let error = Opening.error([file + "#" + sql])
    #expect(error?.diagnostics.first?.message.contains(words) == true, "\(error?.description ?? "")")
    #expect(try folder.bytes("shop.db") == before)
  }

  @Test("a database that is none, is damaged or is locked is told apart")
  func damaged() throws {
    let folder = try Workspace()
    try folder.write(Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0x5A, count: 8_192), "junk.sqlite")
    #expect(
      Opening.error([folder.file("junk.sqlite")])?.diagnostics.first?.message.contains("not a database")
        == true)
    try folder.write((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }, "coded.sqlite")
    #expect(
      Opening.error([folder.file("coded.sqlite")])?.diagnostics.first?.hint?.contains("encrypted") == true)

    let file = try database(
      "CREATE TABLE t(x); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 9999) INSERT INTO t SELECT i FROM n;",
      in: folder)
    var bytes = try folder.bytes("shop.db")
    for place in 20_000..<24_000 { bytes[place] = 0xFF }
    try folder.write(bytes, "half.db")
    #expect(Opening.error([folder.file("half.db")])?.diagnostics.first?.message.contains("malformed") == true)
    try folder.write(Array(try folder.bytes("shop.db").prefix(10_000)), "cut.db")
    #expect(Opening.error([folder.file("cut.db")])?.diagnostics.first?.message.contains("malformed") == true)
    #expect(try Opening.text(file).hasSuffix("\n9999\n"))
  }

  @Test("a query without end stops with its task", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let folder = try Workspace()
    let file = try database(SQLiteTests.orders, in: folder)
    let query = "#WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    let task = Task.detached { try Sources.open([file + query]) }
    Cancelling.soon { task.cancel() }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
