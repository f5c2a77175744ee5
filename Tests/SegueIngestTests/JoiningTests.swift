import SegueCore
import SegueIngest
import Testing

@Suite("Joining on the customer")
struct JoiningTests {
  /// Orders of the given ids, one each, as a file.
  static func orders(_ ids: [String], named name: String = "orders.csv") -> Input {
    let rows = ids.map { "\"\($0)\",2024-01-01,1.50\n" }.joined()
    return Input(path: name, bytes: Array(("customer_id,date,amount\n" + rows).utf8))
  }

  static func events(_ ids: [String]) -> Input {
    let rows = ids.map { "\"\($0)\",2024-01-01,visit\n" }.joined()
    return Input(path: "events.csv", bytes: Array(("customer_id,time,event\n" + rows).utf8))
  }

  static func customers(_ ids: [String], named name: String = "customers.csv") -> Input {
    let rows = ids.map { "\"\($0)\",basic\n" }.joined()
    return Input(path: name, bytes: Array(("customer_id,plan\n" + rows).utf8))
  }

  /// The id that each row of orders reads as.
  private func orderIDs(_ data: IngestedData) throws -> [String] {
    try #require(data.orders).customer.map { data.customerIDs[$0] }
  }

  private func eventIDs(_ data: IngestedData) throws -> [String] {
    try #require(data.events).customer.map { data.customerIDs[$0] }
  }

  @Test(
    "spellings of one customer are joined across files",
    arguments: [
      ("C00001", "c00001"), ("17850", "17850.0"), ("17850", "17850.00"), ("17850", "00017850"),
      ("17850", "1.785E4"), ("17850", "1.785e+04"), ("100000", "1e+05"), ("Ann Smith", "ann  smith"),
      ("Ann Smith", "Ann\u{A0}Smith"), ("17850", "\u{FF11}\u{FF17}\u{FF18}\u{FF15}\u{FF10}"),
      ("AB12", "ab\u{200B}12"), ("Jos\u{E9} B", "Jose\u{301} B"), ("\u{C4}B-1", "\u{E4}b-1"),
      ("Jo@Example.org", "jo@example.org"), ("0", "0.0"), ("0007", "7"),
    ])
  func spellings(one: String, other: String) throws {
    for (first, second) in [(one, other), (other, one)] {
      let data = try ingest([Self.orders([first]), Self.events([second, "stranger"])])
      #expect(try eventIDs(data)[0] == orderIDs(data)[0])
      #expect(try eventIDs(data)[1] == "stranger")
      // Readers drop a single ".0" themselves.
      let isRead = first.hasSuffix(".0") || second.hasSuffix(".0")
      #expect(data.joining.spellings.customers == (isRead ? 0 : 1))
      #expect(data.joining.match(.orders, .events)?.customersOnBoth == 1)
    }
  }

  @Test(
    "what only looks alike stays apart",
    arguments: [
      ("12e4", "120000"), ("v1.0", "v1"), ("1.5", "15"), ("1.23457E+12", "1234570000000"),
      ("a-1", "a1"), ("17850.5", "17850"), ("-5", "5"), ("0x10", "16"), ("A B", "AB"),
    ])
  func differences(one: String, other: String) throws {
    let data = try ingest([Self.orders([one]), Self.events([other])])
    #expect(data.joining.spellings.ids == 0)
    #expect(data.joining.match(.orders, .events)?.customersOnBoth == 0)
  }

  @Test("a customers file that lists two ids keeps them apart, whatever they look like")
  func register() throws {
    let data = try ingest([
      Self.customers(["A1", "a1", "B1"]), Self.orders(["A1", "a1", "b1"]), Self.events(["A1 ", "a1", "b1"]),
    ])
    #expect(try orderIDs(data) == ["A1", "a1", "b1"])
    #expect(try eventIDs(data) == ["A1", "a1", "b1"])
    #expect(data.joining.spellings.leftApart == 2)
    #expect(data.joining.spellings.letterCase == 1)
    #expect(data.joining.match(.orders, .customers)?.customersOnBoth == 3)
    #expect(data.joining.remarks.contains { $0.contains("left apart because a file holds both") })
  }

  @Test("a customers file that lists one id settles how all others are meant")
  func settled() throws {
    let data = try ingest([Self.customers(["AB1"]), Self.orders(["AB1", "ab1", "Ab1"])])
    #expect(try Set(orderIDs(data)) == ["AB1"])
    #expect(data.joining.spellings.letterCase == 2)
  }

  @Test("case and leading zeros that one file writes both ways are meant, where nothing says otherwise")
  func meant() throws {
    let alone = try ingest([Self.orders(["A1", "a1", "0017", "17"]), Self.events(["A1", "17"])])
    #expect(try orderIDs(alone) == ["A1", "a1", "0017", "17"])
    #expect(alone.joining.spellings.leftApart == 4)
    // Zeros stay meant although the customers file knows only one of the two.
    let zeros = try ingest([Self.customers(["17"]), Self.orders(["17", "0017"])])
    #expect(try orderIDs(zeros) == ["17", "0017"])
    // So does the case of tokens that mix it.
    let tokens = try ingest([
      Self.customers(["0015x000abcDE"]), Self.orders(["0015x000abcDE", "0015x000abcde"]),
    ])
    #expect(try orderIDs(tokens) == ["0015x000abcDE", "0015x000abcde"])
  }

  @Test("two files of orders may spell a customer differently, one file twice the same name")
  func files() throws {
    let months = try ingest([
      Self.orders(["A1", "B1"], named: "orders-1.csv"), Self.orders(["a1", "b1"], named: "orders-2.csv"),
    ])
    #expect(try orderIDs(months) == ["A1", "B1", "A1", "B1"])
    let names = try ingest([Self.orders(["Ann Smith", "ANN SMITH", "Ann  Smith", "Jo@x.org", "JO@X.org"])])
    #expect(try Set(orderIDs(names)).count == 2)
  }

  private static let crm = Input(
    path: "customers.csv",
    bytes: Array(
      ("customer_id,email,plan,age\n" + "K3,Ann@Example.org,gold,30\nK1,ann@example.org ,,\n"
        + "K2,bob@example.org,tin,40\nK9,n/a,tin,50\nK8,n/a,tin,51\n").utf8))

  @Test("customers who share an e-mail address are counted, and one customer on request")
  func duplicates() throws {
    let files = [Self.crm, Self.orders(["K1", "K3", "K2", "K9"])]
    let plain = try ingest(files)
    #expect(plain.joining.duplicates == Joining.Duplicates.with(addresses: 1, customers: 2, merged: 0))
    #expect(try orderIDs(plain) == ["K1", "K3", "K2", "K9"])
    #expect(plain.joining.remarks.contains { $0.contains("--merge-customers email") })
    let merged = try ingest(files, Reading.options { $0.mergeCustomers = .email })
    #expect(merged.joining.duplicates == Joining.Duplicates.with(addresses: 1, customers: 2, merged: 1))
    #expect(try orderIDs(merged) == ["K1", "K1", "K2", "K9"])
    let table = try #require(merged.customers)
    #expect(Set(table.customer.map { merged.customerIDs[$0] }) == ["K1", "K2", "K8", "K9"])
    // The fuller of the two rows is the one that stays; the other says nothing else and is taken into it.
    let row = try #require(table.customer.firstIndex { merged.customerIDs[$0] == "K1" })
    guard case .numbers(let ages)? = table.attribute(named: "age")?.values else {
      Issue.record("age is no number")
      return
    }
    #expect(ages[row] == 30)
    #expect(merged.ledger.line(.repeatedCustomer).rows == 0)
    #expect(merged.ledger.files[0].remarks.contains { $0.text.contains("taken into it") && $0.rows == 1 })
    #expect(merged.ledger.balances)
    #expect(merged.rejects.count == merged.ledger.rowsIn - merged.ledger.rowsUsed)
  }

  @Test("inspect tells that addresses repeat, before any table is read")
  func finding() throws {
    let found = try inspect([Self.crm])[0].findings
    #expect(!found.contains { $0.contains("repeat an address") })
    let rows = (0..<30).map { "K\($0),u\($0 % 25)@example.org\n" }.joined()
    let input = Input(path: "customers.csv", bytes: Array(("customer_id,email\n" + rows).utf8))
    #expect(
      try inspect([input])[0].findings.contains { $0.hasPrefix("5 rows repeat an address of \"email\"") })
  }

  @Test("an address of very many customers is a placeholder and merges nobody")
  func placeholder() throws {
    let rows = (0..<30).map { "K\($0),nobody@example.org,\($0)\n" }.joined()
    let input = Input(path: "customers.csv", bytes: Array(("customer_id,email,age\n" + rows).utf8))
    let data = try ingest([input], Reading.options { $0.mergeCustomers = .email })
    #expect(data.customers?.rowCount == 30)
    #expect(data.joining.duplicates.placeholders == 1 && data.joining.duplicates.addresses == 0)
  }

  @Test("orders that name customers by e-mail join a customers file that has ids, and the other way round")
  func detour() throws {
    let data = try ingest([
      Self.orders(["ANN@example.org", "bob@example.org", "eve@example.org"]), Self.crm, Self.events(["K2"]),
    ])
    // Two customers share Ann's address, so nobody knows whose order it is.
    let detour = try #require(data.joining.detours.first)
    #expect(detour.kind == .orders && detour.column == "email")
    #expect(detour.customersMatched == 1 && detour.customersUnmatched == 2 && detour.customersAmbiguous == 1)
    #expect(try orderIDs(data) == ["ANN@example.org", "K2", "eve@example.org"])
    #expect(data.joining.match(.orders, .events)?.customersOnBoth == 1)
    let merged = try ingest(
      [Self.orders(["ANN@example.org", "bob@example.org", "eve@example.org"]), Self.crm],
      Reading.options { $0.mergeCustomers = .email })
    #expect(try orderIDs(merged) == ["K1", "K2", "eve@example.org"])
    let ids = (0..<40).map { "X\($0 * 7 % 40)y" }
    let rows = ids.enumerated().map { "c\($0)@example.org,\($1),a\n" }.joined()
    let keyed = Input(
      path: "customers.csv", bytes: Array(("Email Address,shop_code,plan\n" + rows).utf8))
    let other = try ingest([keyed, Self.orders(["x7y", "X14y"])])
    #expect(other.joining.detours.map(\.column) == ["shop_code"])
    #expect(other.joining.match(.orders, .customers)?.customersOnBoth == 2)
  }

  @Test("every pair of tables is counted, customers and rows on both sides")
  func matches() throws {
    let data = try ingest([
      Self.orders(["a", "a", "b", "c"]), Self.customers(["b", "c", "d", "e"]), Self.events(["a", "x", "x"]),
    ])
    #expect(
      data.joining.matches.map { [$0.left, $0.right] } == [
        [.orders, .customers], [.orders, .events], [.customers, .events],
      ])
    let match = try #require(data.joining.match(.orders, .customers))
    #expect(match.customersOnBoth == 2 && match.customersOnlyLeft == 1 && match.customersOnlyRight == 2)
    #expect(match.leftRowsMatched == 2 && match.leftRowsUnmatched == 2)
    #expect(match.rightRowsMatched == 2 && match.rightRowsUnmatched == 2)
    #expect(!match.isPoor)
    let log = try #require(data.joining.match(.orders, .events))
    #expect(log.leftRowsMatched == 2 && log.rightRowsMatched == 1 && log.rightRowsUnmatched == 2)
  }

  @Test("where nothing matches, the warning shows both shapes of ids and no id, and names the flag")
  func nothing() throws {
    let data = try ingest([
      Self.orders(["A-771", "A-772"]), Self.events(["jo.doe@example.org", "al@example.org"]),
    ])
    let warning = try #require(data.joining.warnings.first)
    #expect(data.joining.warnings.count == 1)
    #expect(warning.contains("None of the 2 customers of events.csv stands in orders.csv"))
    #expect(warning.contains("A-999") && warning.contains("an e-mail address"))
    #expect(warning.contains("--column events.csv:customer=HEADER"))
    #expect(!warning.contains("771") && !warning.contains("doe"))
  }

  @Test("ids that a spreadsheet cut are left alone and warned of")
  func shortened() throws {
    let data = try ingest([Self.orders(["1.23457E+12", "2.34568E+12"])])
    #expect(data.joining.spellings.shortened == 2)
    #expect(data.joining.warnings.contains { $0.contains("lost digits in a spreadsheet") })
  }

  @Test("of several rows of a customer the fullest stays, in any order of rows and files")
  func fullest() throws {
    let rows = ["a,,1,x\n", "a,9,1,x\n", "A,9,,\n", "b,3,,y\n"]
    var seen: Set<[String]> = []
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2]] {
      let split = order.map { rows[$0] }
      let files = [split[..<2], split[2...]].enumerated().map { index, part in
        Input(
          path: "customers-\(index).csv",
          bytes: Array(("customer_id,age,visits,plan\n" + part.joined()).utf8))
      }
      var options = IngestOptions()
      for file in files { options.kinds[file.path] = .customers }
      let data = try ingest(files, options)
      #expect(data.ledger.balances)
      #expect(data.rejects.count == data.ledger.rowsIn - data.ledger.rowsUsed)
      let table = try #require(data.customers)
      guard case .numbers(let ages)? = table.attribute(named: "age")?.values else { continue }
      seen.insert(zip(table.customer, ages).map { "\(data.customerIDs[$0].lowercased()) \($1)" }.sorted())
    }
    #expect(seen == [["a 9.0", "b 3.0"]])
  }

  private static func attributes(_ files: [(name: String, csv: String)]) throws -> (IngestedData, [String]) {
    var options = IngestOptions()
    for file in files { options.kinds[file.name] = .customers }
    let data = try ingest(files.map { Input(path: $0.name, bytes: Array($0.csv.utf8)) }, options)
    let table = try #require(data.customers)
    let rows = table.customer.indices.map { row in
      let cells = table.attributes.sorted { $0.name < $1.name }.map { attribute in
        switch attribute.values {
        case .numbers(let numbers): numbers[row].isNaN ? "-" : "\(Int(numbers[row]))"
        case .labels(let labels): labels[row] ?? "-"
        case .notKept: "?"
        }
      }
      return ([data.customerIDs[table.customer[row]]] + cells).joined(separator: " ")
    }
    return (data, rows.sorted())
  }

  @Test("Files with other columns about the same customers make one full row of each, in any order")
  func otherColumns() throws {
    let leads = (name: "leads.csv", csv: "customer_id,age,plan\na,30,gold\nb,40,tin\nc,50,gold\n")
    let deals = (name: "deals.csv", csv: "customer_id,visits,size\nb,4,big\na,3,small\nd,7,big\n")
    for files in [[leads, deals], [deals, leads]] {
      let (data, rows) = try Self.attributes(files)
      #expect(rows == ["a 30 gold small 3", "b 40 tin big 4", "c 50 gold - -", "d - - big 7"])
      #expect(data.customers?.attribute(named: "age")?.missingCount == 1)
      #expect(data.ledger.balances && data.rejects.isEmpty && data.ledger.rowsUsed == 6)
      let remarks = data.ledger.files.flatMap(\.remarks).filter { $0.text.contains("taken into it") }
      #expect(remarks.map(\.rows).reduce(0, +) == 2)
    }
  }

  @Test("A row that differs from a fuller one is set aside and fills its gaps all the same")
  func differingRow() throws {
    let first = (name: "first.csv", csv: "customer_id,age,plan,visits\na,30,gold,\nb,40,tin,2\n")
    let second = (name: "second.csv", csv: "customer_id,age,size\na,31,small\nb,40,big\n")
    let third = (name: "third.csv", csv: "customer_id,visits\na,8\n")
    for files in [[first, second, third], [third, second, first], [second, third, first]] {
      let (data, rows) = try Self.attributes(files)
      #expect(rows.count == 2 && rows[1] == "b 40 tin big 2")
      // Two rows of a are equally full: a checksum decides which of them stays, and only the age hangs on it.
      #expect(["a 30 gold small 8", "a 31 gold small 8"].contains(rows[0]))
      #expect(data.ledger.line(.repeatedCustomer).rows == 1 && data.rejects.count == 1)
      #expect(data.ledger.balances && data.ledger.rowsIn == data.ledger.rowsUsed + data.rejects.count)
      let (_, again) = try Self.attributes([second, first, third])
      #expect(rows == again)
    }
  }

  @Test("The same row under another header is read the same in any order of files")
  func swappedHeader() throws {
    let one = (name: "one.csv", csv: "customer_id,age,visits\na,1,2\nb,5,5\n")
    let two = (name: "two.csv", csv: "customer_id,visits,age\na,1,2\n")
    let (data, rows) = try Self.attributes([one, two])
    let (_, turned) = try Self.attributes([two, one])
    #expect(rows == turned && rows.count == 2)
    #expect(data.ledger.line(.repeatedCustomer).rows == 1)
  }
}

extension Joining.Duplicates {
  fileprivate static func with(addresses: Int, customers: Int, merged: Int) -> Joining.Duplicates {
    var duplicates = Joining.Duplicates()
    (duplicates.addresses, duplicates.customers, duplicates.merged) = (addresses, customers, merged)
    return duplicates
  }
}
