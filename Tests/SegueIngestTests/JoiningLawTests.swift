import SegueCore
import SegueIngest
import SegueTestSupport
import Testing

/// What joining may never do, on shops drawn at random and respelled at random.
@Suite("Laws of joining")
struct JoiningLawTests {
  /// A shop with customers, orders and events, each file with spellings of its own.
  private struct Shop {
    var files: [Input]
    /// Customers of each file's rows, by number.
    var orders: [Int] = []
    var events: [Int] = []

    static let headers = [
      "orders.csv": "customer_id,date,amount\n", "customers.csv": "customer_id,email,age\n",
      "events.csv": "customer_id,time,event\n",
    ]

    /// - Parameter respelled: the file whose ids are written another way on each row; nil for none.
    init(_ seed: Seed, respelled: String?, shuffled: Bool = false) {
      var generator = seed.generator(for: .testData)
      var noise = seed.generator(for: .testData, index: 2)
      files = []
      var texts: [(name: String, rows: [String])] = []
      for name in ["orders.csv", "customers.csv", "events.csv"] {
        var rows: [String] = []
        for row in 0..<(name == "customers.csv" ? 40 : 120) {
          let customer = name == "customers.csv" ? row : generator.index(below: 50)
          // Whether KD-45 and kd-45 of one file are one customer is for the customers file to say, which
          // ends at 39: beyond it only blanks vary.
          let way = customer < 40 ? noise.index(below: 5) : noise.index(below: 2) * 3
          let id = Self.id(customer, name == respelled ? way : 0)
          let cents = 100 + generator.index(below: 5_000)
          switch name {
          case "orders.csv":
            orders.append(customer)
            rows.append("\"\(id)\",2024-01-0\(1 + row % 9),\(cents / 100).\(10 + cents % 90)\n")
          case "customers.csv": rows.append("\"\(id)\",u\(customer % 35)@example.org,\(20 + customer)\n")
          default:
            events.append(customer)
            rows.append("\"\(id)\",2024-01-0\(1 + row % 9) 10:\(10 + row % 50):00,visit\(row)\n")
          }
        }
        texts.append((name, shuffled ? rows.shuffled(seed) : rows))
      }
      if shuffled { texts.reverse() }
      files = texts.map {
        Input(path: $0.name, bytes: Array((Self.headers[$0.name]! + $0.rows.joined()).utf8))
      }
    }

    /// Ids of three kinds: tokens, names, numbers.
    private static func id(_ customer: Int, _ way: Int) -> String {
      let letters =
        String(UnicodeScalar(UInt8(97 + customer % 26))) + String(UnicodeScalar(UInt8(97 + customer / 26)))
      switch (customer % 3, way) {
      case (0, 0): return "KD-\(customer)"
      case (0, 1): return "kd-\(customer)"
      case (0, 2): return " Kd-\(customer)"
      case (0, 3): return "KD-\(customer)\u{A0}"
      case (0, _): return "K\u{FF24}-\(customer)"
      case (1, 0): return "Ann \(letters)"
      case (1, 1): return "ANN \(letters.uppercased())"
      case (1, 2): return "ann  \(letters)"
      case (1, 3): return "Ann\u{A0}\(letters)"
      case (1, _): return "Ann \(letters) "
      case (_, 1): return "\(10_000 + customer).0"
      case (_, 2): return "\(10_000 + customer).00"
      case (_, 3): return " \(10_000 + customer)"
      default: return "\(10_000 + customer)"
      }
    }
  }

  /// Money and orders by customer, events by customer, ages by customer: ids in one case and without notation.
  private func figures(_ data: IngestedData) throws -> [String] {
    func key(_ index: Int32) -> String {
      let text = data.customerIDs[index].lowercased().filter { $0 != " " && $0 != "\u{A0}" }
      return text.replacing("\u{FF44}", with: "d").replacing(".00", with: "")
    }
    var found: [String: [Int64]] = [:]
    let orders = try #require(data.orders)
    for row in orders.customer.indices {
      found["o " + key(orders.customer[row]), default: []].append(orders.amount[row])
    }
    for customer in try #require(data.events).customer { found["e " + key(customer), default: []].append(1) }
    let customers = try #require(data.customers)
    guard case .numbers(let ages)? = customers.attribute(named: "age")?.values else { return [] }
    for (customer, age) in zip(customers.customer, ages) {
      found["c " + key(customer), default: []].append(Int64(age))
    }
    return found.map { "\($0.key) \($0.value.sorted())" }.sorted()
  }

  @Test(
    "other spellings in one file change nobody's figures, nor does the order of rows and files",
    arguments: (0..<12).map { Seed($0) })
  func respelling(seed: Seed) throws {
    let plain = try ingest(Shop(seed, respelled: nil).files)
    let expected = try figures(plain)
    #expect(plain.joining.spellings.ids == 0)
    for name in ["orders.csv", "customers.csv", "events.csv"] {
      var reports: [Joining] = []
      for isShuffled in [false, true] {
        let data = try ingest(Shop(seed, respelled: name, shuffled: isShuffled).files)
        #expect(try figures(data) == expected, "\(name)")
        #expect(data.ledger.balances)
        #expect(data.joining.matches == plain.joining.matches, "\(name)")
        if name != "orders.csv" { #expect(data.joining.spellings.ids > 0, "\(name)") }
        reports.append(data.joining)
      }
      #expect(reports[0] == reports[1])
    }
  }

  @Test(
    "merging conserves rows and money, and is the same in any order", arguments: (0..<12).map { Seed($0) })
  func merging(seed: Seed) throws {
    let merge = Reading.options { $0.mergeCustomers = .email }
    let apart = try ingest(Shop(seed, respelled: "events.csv").files)
    let merged = try ingest(Shop(seed, respelled: "events.csv").files, merge)
    let shuffled = try ingest(Shop(seed, respelled: "events.csv", shuffled: true).files, merge)
    // 40 customers, 35 addresses.
    #expect(merged.joining.duplicates.addresses == 5 && merged.joining.duplicates.merged == 5)
    #expect(merged.orders?.total == apart.orders?.total)
    #expect(
      merged.orders?.rowCount == apart.orders?.rowCount && merged.events?.rowCount == apart.events?.rowCount)
    #expect(merged.customers?.rowCount == 35)
    #expect(merged.ledger.balances && merged.ledger.moneyUsed == apart.ledger.moneyUsed)
    #expect(merged.ledger.rowsUsed == apart.ledger.rowsUsed - 5)
    #expect(merged.rejects.count == merged.ledger.rowsIn - merged.ledger.rowsUsed)
    #expect(try figures(merged) == figures(shuffled))
    #expect(merged.joining == shuffled.joining)
  }

  @Test("no address is kept where it can be read", arguments: [Seed(1)])
  func privacy(seed: Seed) throws {
    let data = try ingest(Shop(seed, respelled: nil).files)
    var text = ""
    dump(data.joining, to: &text)
    dump(data.customers, to: &text)
    #expect(!text.contains("@example") && text.count > 100)
    #expect(!text.contains("keys: 40 elements"))
  }
}
