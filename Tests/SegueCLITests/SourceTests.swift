import Foundation
import SegueTestSupport
import Testing

/// Inputs that are more than text files, as people name them, and what is said when they cannot be used.
@Suite("Sources", .enabled(if: Command.isBuilt && Tools.hasPython, "segue or python3 is missing"))
struct SourceTests {
  private static let rows =
    "customer_id,order_date,amount\n"
    + (1...40).map { "c\($0 % 9),2024-01-\(10 + $0 % 20),\($0).5\n" }.joined()

  @Test("one table, however it comes, gives one result")
  func everyWay() throws {
    let folder = try Folder()
    try folder.write(SourceTests.rows, "orders.csv")
    try Tools.python(
      """
      import csv,gzip,json,sqlite3,sys
      rows=list(csv.DictReader(open('orders.csv')))
      gzip.open('o.gz','wt').write(open('orders.csv').read())
      open('o.json','w').write(json.dumps(rows,indent=1))
      c=sqlite3.connect('o.db'); c.execute('create table t(customer_id,order_date,amount real)')
      c.executemany('insert into t values(?,?,?)',[list(r.values()) for r in rows]); c.commit()
      half=len(rows)//2
      for n,part in [('p1.csv',rows[:half]),('p2.csv',rows[half:])]:
          w=csv.DictWriter(open(n,'w'),rows[0]); w.writeheader(); w.writerows(part)
      """, in: folder.url.path)
    let plain = try Command.run(["rfm", "orders.csv"], in: folder.url)
    #expect(plain.status == 0)
    for inputs in [
      ["o.gz"], ["o.json"], ["o.db"], ["o.db#t"], ["o.db#SELECT * FROM t"], ["p*.csv"], ["/dev/stdin"],
    ] {
      let outcome = try Command.run(["rfm"] + inputs, in: folder.url, input: folder.file("orders.csv"))
      #expect(outcome.output == plain.output, "\(inputs): \(outcome.remarks)")
    }
    try folder.write(
      "'\(Command.program!.path)' rfm --quiet <(cat orders.csv); cat o.gz | '\(Command.program!.path)' rfm --quiet -",
      "substitution.sh")
    let twice = try Tools.run("/bin/bash", ["substitution.sh"], in: folder.url.path)
    #expect(twice == plain.text + plain.text)
  }

  private struct Case {
    var input: String
    var status: Int32
    var words: String
  }

  @Test("what cannot be opened ends in a sentence with a place and a next step, and nothing is written")
  func badInput() throws {
    let folder = try Folder()
    try Tools.python(
      """
      import gzip,os,sqlite3,zipfile
      data=gzip.compress(os.urandom(3000)); open('cut.gz','wb').write(data[:-100])
      zipfile.ZipFile('z.xlsx','w').writestr('xl/workbook.xml','<a/>'*99); b=open('z.xlsx','rb').read(); open('z.xlsx','wb').write(b[:-30])
      open('fake.sqlite','wb').write(b'SQLite format 3\\0'+b'Z'*5000)
      open('lines.json','w').write('{"a":1}\\n{"a":}\\n')
      c=sqlite3.connect('two.db'); c.executescript('create table a(x); create table b(x); insert into a values(1); insert into b values(1)')
      """, in: folder.url.path)
    let fixtures = Package.root.appending(path: "Tests/SegueSourcesTests/Fixtures").path
    let cases = [
      Case(input: "cut.gz", status: 65, words: "cut.gz: error: the gzip data end in the middle"),
      Case(input: "z.xlsx", status: 65, words: "z.xlsx: error: the archive cannot be read"),
      Case(
        input: "fake.sqlite", status: 65, words: "fake.sqlite: error: SQLite says: file is not a database"),
      Case(input: "lines.json", status: 65, words: "lines.json:2:6: error: a value is missing here"),
      Case(input: "two.db", status: 64, words: "two.db: error: this database has several tables: a, b"),
      Case(input: "two.db#c", status: 64, words: "two.db#c: error: there is no table \"c\""),
      Case(input: "none*.csv", status: 66, words: "none*.csv: error: no file matches"),
      Case(input: "none.db#t", status: 66, words: "none.db: error: there is no such file"),
      Case(input: "\(fixtures)/password.xlsx", status: 65, words: "protected by a password"),
      Case(
        input: "postgres://u:secret@127.0.0.1:1/d", status: 66,
        words: "postgres://u:***@127.0.0.1:1/d: error: no connection"),
    ]
    let before = try folder.contents("")
    for example in cases {
      let outcome = try Command.run(["run", example.input], in: folder.url)
      #expect(outcome.status == example.status, "\(example.input): \(outcome.remarks)")
      #expect(outcome.remarks.contains(example.words), "\(outcome.remarks)")
      #expect(outcome.remarks.contains("\n  hint: ") && !outcome.remarks.contains("secret"))
      #expect(try folder.contents("") == before)
    }
  }

  @Test("a scratch folder that is full is 73, and nothing stays in it")
  func fullDisk() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(at: folder.file("scratch"), withIntermediateDirectories: true)
    try Tools.python(
      "import gzip; gzip.open('big.gz','wb',1).write(b'customer_id,order_date,amount\\n'+b'a,2024-01-01,1\\n'*3000000)",
      in: folder.url.path)
    // A limit on the size of files stands in for a disk of 20 MB; without the trap it would end the program.
    try folder.write(
      "trap '' XFSZ; ulimit -f 20480; TMPDIR=scratch exec '\(Command.program!.path)' run big.gz >out 2>&1",
      "full.sh")
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = ["full.sh"]
    shell.currentDirectoryURL = folder.url
    shell.standardInput = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    let remarks = try String(contentsOf: folder.file("out"), encoding: .utf8)
    #expect(shell.terminationStatus == 73, "\(remarks)")
    #expect(remarks.hasPrefix("big.gz: error: big.gz does not fit: the disk of scratch is full"))
    #expect(remarks.contains("hint: free some space"))
    #expect(try folder.names("scratch").isEmpty)
    #expect(try folder.names() == ["big.gz", "full.sh", "out", "scratch"])
  }

  @Test("Ctrl-C ends waiting for a FIFO that nobody writes to")
  func interrupted() throws {
    let folder = try Folder()
    try Tools.run("/usr/bin/mkfifo", [folder.file("pipe").path])
    let running = try Command.start(["run", "pipe"], in: folder.url)
    Thread.sleep(forTimeInterval: 0.5)
    running.process.interrupt()
    let outcome = try running.finished(limit: 20)
    #expect(outcome.status == 130)
    #expect(try folder.names() == ["pipe"])
  }
}
