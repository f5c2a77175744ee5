import Foundation
import SegueTestSupport
import Testing

/// The real orders of a shop out of six kinds of source: one study, to the byte.
@Suite(
  "Six sources",
  .enabled(if: Command.isBuilt && Tools.hasPython, "segue or python3 is missing"),
  .enabled(if: Package.hasShared("data/online_retail.csv.gz"), "the data are not there"))
struct SixSourcesTests {
  /// Every file is called alike, for a study names its inputs; what they are, their bytes tell.
  private static let name = "online_retail.csv"

  @Test(
    "CSV in gzip, JSON Lines, XLSX, SQLite, PostgreSQL and Parquet give the same study",
    .timeLimit(.minutes(10)))
  func sameStudy() throws {
    let folder = try Folder()
    for kind in ["gzip", "jsonl", "xlsx", "sqlite", "parquet", "postgres"] {
      try FileManager.default.createDirectory(at: folder.file(kind), withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(
      at: Package.shared("data/online_retail.csv.gz"), to: folder.file("gzip/\(SixSourcesTests.name)"))
    try Tools.python(SixSourcesTests.script, in: folder.url.path)
    let reference = try study(of: SixSourcesTests.name, called: "gzip", in: folder)
    for kind in ["jsonl", "sqlite", "xlsx"] {
      let other = try study(of: SixSourcesTests.name, called: kind, in: folder)
      expectEqual(other, reference, kind)
    }
    if let duckdb = Tools.duckdb {
      let types = "types = {'InvoiceNo': 'VARCHAR', 'StockCode': 'VARCHAR', 'CustomerID': 'DOUBLE'}"
      try Tools.run(
        duckdb,
        [
          "-c",
          "COPY (SELECT * FROM read_csv('plain.csv', \(types))) TO 'parquet/\(SixSourcesTests.name)' (FORMAT parquet)",
        ], in: folder.url.path)
      let other = try study(of: SixSourcesTests.name, called: "parquet", in: folder)
      expectEqual(other, reference, "parquet")
    } else {
      print("six sources: Parquet left out, there is no duckdb")
    }
    if Tools.hasPostgres {
      let server = try PostgresServer()
      try server.query("CREATE DATABASE \"\(SixSourcesTests.name)\"")
      try server.query(
        """
        CREATE TABLE sales ("InvoiceNo" text, "StockCode" text, "Description" text, "Quantity" integer,
          "InvoiceDate" timestamp, "UnitPrice" numeric, "CustomerID" numeric, "Country" text)
        """, database: SixSourcesTests.name)
      try server.query(
        "COPY sales FROM STDIN WITH (FORMAT csv, HEADER)", database: SixSourcesTests.name,
        input: try String(contentsOf: folder.file("plain.csv"), encoding: .utf8))
      let other = try study(of: server.address(SixSourcesTests.name), called: "postgres", in: folder)
      expectEqual(other, reference, "postgres")
    } else {
      print("six sources: PostgreSQL left out, there is no initdb")
    }
  }

  private func study(of input: String, called name: String, in folder: Folder) throws -> [String: Data] {
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = try Command.run(
      ["run", input, "--out", "../study-\(name)", "--quiet"], in: folder.file(name),
      environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""])
    print("six sources: \(name) took \(clock.now - start)")
    try #require(outcome.status == 0, "\(name): \(outcome.remarks)")
    return try folder.contents("study-\(name)")
  }

  /// All files are equal once the size and the checksum of the input are taken out. A worksheet does not keep whether a number
  /// was written 5.0 or 5, so for it that is taken out of the rows that were left out, too.
  private func expectEqual(_ study: [String: Data], _ reference: [String: Data], _ kind: String) {
    #expect(study.keys.sorted() == reference.keys.sorted())
    for (name, data) in reference {
      var texts = [data, study[name] ?? Data()].map { String(decoding: $0, as: UTF8.self) }
      if name == "manifest.json" || name == "report.html" {
        texts = texts.map { text in
          text.replacing(/[0-9a-f]{64}/, with: "…").replacing(/"bytes" : \d+/, with: "…")
            .replacing(/[0-9a-f]{12}…/, with: "…")
        }
      }
      if name == "rejects.csv", kind == "postgres" {
        // COPY fills gaps in pages it wrote before, so rows lie in the table in another order than they came in.
        texts = texts.map { text in
          let rows = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", maxSplits: 2).last ?? ""
          }
          return rows.sorted().joined(separator: "\n")
        }
      }
      if name == "rejects.csv", kind == "xlsx" { texts = texts.map { $0.replacing(".0,", with: ",") } }
      #expect(texts[0] == texts[1], "\(kind): \(name)")
    }
  }

  private static let script = """
    import csv, gzip, json, sqlite3, zipfile, datetime
    from xml.sax.saxutils import escape
    name = 'online_retail.csv'
    text = gzip.open('gzip/' + name, 'rt', encoding='utf-8', newline='').read()
    open('plain.csv', 'w', encoding='utf-8', newline='').write(text)
    rows = list(csv.reader(text.splitlines(True)))
    head, rows = rows[0], rows[1:]
    typed = [r[:3] + [int(r[3]), r[4], float(r[5]), float(r[6]) if r[6] else None, r[7]] for r in rows]
    with open('jsonl/' + name, 'w', encoding='utf-8') as f:
        for r in typed: f.write(json.dumps(dict(zip(head, r)), ensure_ascii=False) + '\\n')
    db = sqlite3.connect('sqlite/' + name)
    db.execute('CREATE TABLE sales (InvoiceNo TEXT, StockCode TEXT, Description TEXT, Quantity INTEGER, '
               'InvoiceDate TEXT, UnitPrice REAL, CustomerID REAL, Country TEXT)')
    db.executemany('INSERT INTO sales VALUES (?,?,?,?,?,?,?,?)', typed)
    db.commit()
    # A workbook as export tools write them: shared strings, ids as text, dates as days with a format.
    shared, order = {}, []
    def cell(column, row, value):
        if value == '' or value is None: return ''
        place = f'{column}{row}'
        if not isinstance(value, str): return f'<c r="{place}"><v>{value!r}</v></c>'
        if value not in shared: shared[value] = len(order); order.append(value)
        return f'<c r="{place}" t="s"><v>{shared[value]}</v></c>'
    epoch = datetime.datetime(1899, 12, 30)
    with zipfile.ZipFile('xlsx/' + name, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        z.writestr('[Content_Types].xml', '<Types/>')
        z.writestr('xl/workbook.xml', '<workbook><sheets><sheet name="Sales" sheetId="1" r:id="a" xmlns:r="r"/></sheets></workbook>')
        kind = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        links = [('a', 'worksheet', 's.xml'), ('b', 'sharedStrings', 't.xml'), ('c', 'styles', 'y.xml')]
        z.writestr('xl/_rels/workbook.xml.rels', '<Relationships>' + ''.join(
            f'<Relationship Id="{i}" Type="{kind}{t}" Target="{p}"/>' for i, t, p in links) + '</Relationships>')
        z.writestr('xl/y.xml', '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>')
        with z.open('xl/s.xml', 'w') as f:
            f.write(b'<worksheet><sheetData>')
            f.write(('<row r="1">' + ''.join(cell(c, 1, h) for c, h in zip('ABCDEFGH', head)) + '</row>').encode())
            for n, (r, raw) in enumerate(zip(typed, rows), 2):
                days = (datetime.datetime.fromisoformat(r[4]) - epoch) / datetime.timedelta(days=1)
                f.write((f'<row r="{n}">' + cell('A', n, r[0]) + cell('B', n, r[1]) + cell('C', n, r[2]) + cell('D', n, r[3])
                    + f'<c r="E{n}" s="1"><v>{days!r}</v></c>' + cell('F', n, r[5]) + cell('G', n, raw[6]) + cell('H', n, r[7])
                    + '</row>').encode())
            f.write(b'</sheetData></worksheet>')
        z.writestr('xl/t.xml', '<sst>' + ''.join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in order) + '</sst>')
    """
}
