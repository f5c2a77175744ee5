import Foundation
import Glibc
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

import SegueIngest

@Suite("PostgreSQL", .serialized, .enabled(if: Tools.hasPostgres, "there is no initdb"))
struct PostgresTests {

  @Test("tables, views and queries, each by its name")
  func tables() throws {
    let server = try PostgresServer()
    try server.query(
      """
      CREATE TABLE "Order Lines" (id bigint, paid boolean, at timestamptz, on_day date, amount numeric, note text);
      INSERT INTO "Order Lines" VALUES (1, true, '2024-01-01 10:00+02', '2024-02-03', 17850.0, 'a,"b"'),
        (2, NULL, NULL, NULL, 'NaN', E'é\\nü'); ANALYZE
      """)
    let expected = """
      id,paid,at,on_day,amount,note
      1,t,2024-01-01 08:00:00+00,2024-02-03,17850.0,"a,""b""\"
      2,,,,NaN,"é
      ü"

      """
    let address = server.address()
    #expect(try Opening.text(address) == expected)
    #expect(try Opening.text(address + "#Order Lines") == expected)
    #expect(try Opening.text(address + "#order lines") == expected)
    #expect(try Opening.text(address + "#public.Order Lines") == expected)
    #expect(
      try Opening.text(address + "#SELECT id, amount / 2 AS half FROM \"Order Lines\" WHERE id = 1 -- one;")
        == "id,half\n1,8925.0000000000000000\n")
    #expect(try Opening.text(address + "#select 1 as x;\n") == "x\n1\n")
    #expect(try !Opening.inputs([address])[0].displayName.contains("correct"))

    try server.query("CREATE SCHEMA crm; CREATE TABLE crm.people (id int); INSERT INTO crm.people VALUES (7)")
    #expect(try Opening.texts(address + "#*") == [expected, "id\n7\n"])
    #expect(try Opening.text(address + "#crm.people") == "id\n7\n")
    let several = Opening.error([address])
    #expect(several?.diagnostics.first?.message.hasSuffix("several tables: Order Lines, crm.people") == true)
    #expect(several?.description.contains("correct") == false)

    // What cannot be asked.
    let cases: [(String, String)] = [
      ("nope", "there is no table \"nope\""), ("SELECT * FROM nope", "relation \"nope\" does not exist"),
      ("SELECT 1/0", "division by zero"),
      ("WITH d AS (DELETE FROM crm.people RETURNING id) SELECT * FROM d", "read-only"),
      ("SELECT 1) TO STDOUT; DELETE FROM crm.people; COPY (SELECT 1", "multiple commands"),
    ]
    for (query, words) in cases {
      let error = Opening.error([address + "#" + query])
      #expect(error?.kind == .usage)
      #expect(error?.diagnostics.first?.message.contains(words) == true, "\(error?.description ?? "")")
    }
    #expect(try Opening.text(address + "#crm.people") == "id\n7\n")
  }

  @Test("a server that cannot be reached says why, and never shows the password")
  func unreachable() throws {
    let server = try PostgresServer()
    let cases: [(String, String, String)] = [
      (server.address(password: "wrong-secret"), "authentication failed", "PGPASSWORD"),
      ("postgres://segue@127.0.0.1:\(server.port)/postgres", "no password supplied", "PGPASSWORD"),
      (server.address("nodb"), "database \"nodb\" does not exist", "psql -l"),
      ("postgres://u:wrong-secret@127.0.0.1:1/x", "refused", "pg_isready"),
      (
        "postgres://u:wrong-secret@no-such-host.invalid/x", "could not translate host name",
        "name of the host"
      ),
      ("postgres://u:wrong-#secret@127.0.0.1:1/x#SELECT 1", "refused", "pg_isready"),
    ]
    for (address, words, hint) in cases {
      let error = Opening.error([address])
      #expect(error?.kind == .noInput)
      #expect(error?.diagnostics.first?.message.contains(words) == true, "\(error?.description ?? "")")
      #expect(error?.diagnostics.first?.hint?.contains(hint) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("secret") == false)
    }
    let odd = Opening.error(["postgresql://u:wrong-secret@[::1/x"])
    #expect(odd?.kind == .usage)
    #expect(odd?.description.contains("secret") == false)
  }

  @Test("a server that accepts and says nothing is given up", .timeLimit(.minutes(1)))
  func silent() throws {
    let listener = try LoopbackListener()
    var options = SourceOptions()
    options.connectionTimeout = 2
    let error = Opening.error(["postgres://u@127.0.0.1:\(listener.port)/x"], options)
    #expect(error?.kind == .noInput)
    #expect(error?.diagnostics.first?.message == "the server did not answer within 2 seconds")
  }

  @Test(
    "a server that goes away in mid-stream ends in an error with the rows that came", .timeLimit(.minutes(2)))
  func lost() throws {
    let server = try PostgresServer()
    let (psql, plain) = (try #require(Tools.find("psql")), server.address())
    let address =
      server.address()
      + "#SELECT g, pg_sleep(CASE WHEN g = 200000 THEN 30 ELSE 0 END) FROM generate_series(1, 300000) g"
    // The backend that sleeps between two rows is killed from aside.
    let killer = Thread {
      for _ in 0..<100 {
        Thread.sleep(forTimeInterval: 0.1)
        let found = try? Tools.run(
          psql,
          [
            "-X", "-A", "-t", "-d", plain, "-c",
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'segue' AND wait_event = 'PgSleep'",
          ])
        guard let backend = Int32((found ?? "").trimmingCharacters(in: .whitespacesAndNewlines)) else {
          continue
        }
        kill(backend, SIGKILL)
        return
      }
    }
    killer.start()
    let error = Opening.error([address])
    #expect(error?.kind == .noInput)
    #expect(error?.diagnostics.first?.code == "postgres.lost")
    let message = error?.diagnostics.first?.message ?? ""
    let rows = message.split(separator: " ").compactMap { Int($0) }.first ?? 0
    #expect((100_000...200_000).contains(rows), "\(message)")
  }

  @Test("a query that takes long ends with its task, on the server too", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let server = try PostgresServer()
    let address = server.address() + "#SELECT pg_sleep(50)"
    let task = Task.detached { try Sources.open([address]) }
    Cancelling.soon { task.cancel() }
    await #expect(throws: CancellationError.self) { try await task.value }
    try Tools.run("/bin/sleep", ["0.5"])
    #expect(
      try server.query("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'").hasPrefix("0"))
  }
}

@Suite("Addresses of servers")
struct ServerAddressTests {
  @Test(
    "no password is ever shown",
    arguments: [
      ("postgres://u:secret@h/d", "postgres://u:***@h/d"),
      ("postgres://u:se#cr:et@h:5/d#t", "postgres://u:***@h:5/d#t"),
      ("postgres://u@h/d?sslmode=require&password=secret", "postgres://u@h/d?sslmode=require&password=***"),
      ("postgresql://h/d#SELECT  a\n FROM b", "postgresql://h/d#SELECT a FROM b"),
      ("postgres://u:secret@h#t", "postgres://u:***@h#t"),
    ])
  func masked(text: String, shown: String) throws {
    let name = try InputName.parse(text)
    #expect(name.map(\.displayName) == [shown])
  }
}
