import Foundation
import SegueCore
import SegueIngest
import SegueTestSupport
import Testing

@Suite("Pieces of files", .serialized)
struct PieceTests {
  private static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: Reading.fixtures.path)) ?? []
    return all.filter { name in [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) }.sorted()
  }()

  /// Everything ingesting says, column by column, or its diagnostics.
  private func account(_ inputs: [Input], _ options: IngestOptions) -> [String] {
    do {
      let data = try ingest(inputs, options)
      var lines = data.customerIDs.strings + data.rejects.entries.map { "\($0)" }
      lines += ["\(data.ledger)", "\(data.sources)", data.currency ?? "none"]
      lines += described(
        data.orders.map { "\($0.customer) \($0.time) \($0.amount) \($0.isRefund) \($0.order)" })
      lines += described(
        data.orders.map { "\($0.refund) \($0.discount) \($0.quantity) \($0.orderIDs.strings)" })
      for labels in [data.orders?.product, data.orders?.category, data.orders?.channel, data.orders?.country]
        + [data.events?.event, data.events?.channel, data.events?.campaign]
        + [data.feedback?.stage, data.feedback?.channel]
      {
        lines += described(labels.map { "\($0.codes) \($0.texts.strings)" })
      }
      lines += described(data.events.map { "\($0.customer) \($0.time) \($0.value ?? [])" })
      lines += described(
        data.feedback.map { "\($0.customer) \($0.time) \($0.metric) \($0.score) \($0.scale) \($0.hasText)" })
      lines += described(data.customers.map { "\($0)" })
      return lines
    } catch let error as SegueError {
      return error.diagnostics.map { "\($0)" }
    } catch {
      return ["\(error)"]
    }
  }

  private func described(_ text: String?) -> [String] { [text ?? "none"] }

  private func inPieces<R>(_ round: Int, _ piece: Int, threads: Int, _ body: () -> R) -> R {
    let before = Threads.count
    Threads.count = threads
    defer { Threads.count = before }
    return ScanSizes.$chosen.withValue((round, piece)) { body() }
  }

  private func compare(_ inputs: [Input], _ options: IngestOptions, _ name: String) {
    let whole = account(inputs, options)
    for (round, piece, threads) in [(256, 64, 2), (4_096, 256, 1), (4_096, 512, 2), (1 << 16, 4_096, 2)] {
      let cut = inPieces(round, piece, threads: threads) { account(inputs, options) }
      for (one, other) in zip(whole, cut) where one != other {
        Issue.record("\(name) in pieces of \(piece) of \(round): \(one)\nbecomes \(other)")
      }
      #expect(whole.count == cut.count, "\(name) in pieces of \(piece) of \(round)")
    }
  }

  @Test("every fixture reads the same in pieces of any size, on one thread and two", arguments: names)
  func fixtures(name: String) throws {
    let input = try Reading.fixture(name)
    for onBadRow in IngestOptions.OnBadRow.allCases {
      for duplicates in IngestOptions.Duplicates.allCases {
        for refunds in IngestOptions.Refunds.allCases {
          let options = Reading.options {
            $0.onBadRow = onBadRow
            $0.duplicates = duplicates
            $0.refunds = refunds
          }
          compare([input], options, name)
        }
      }
    }
  }

  @Test(
    "a shop with copies, refunds and bad rows reads the same in pieces", arguments: (0..<4).map { Seed($0) })
  func shops(seed: Seed) {
    var generator = seed.generator(for: .testData, index: 2)
    var text = "order_id,customer_id,ordered_at,total,quantity,status,channel\n"
    var rows: [String] = []
    for index in 0..<3_000 {
      let quantity = generator.index(below: 12) == 0 ? -1 : 1
      let status = ["paid", "paid", "paid", "cancelled", ""][generator.index(below: 5)]
      let amount =
        generator.index(below: 400) == 0 ? "oops" : "\(quantity * (1 + generator.index(below: 90))).50"
      let row =
        "\(generator.index(below: 9) == 0 ? "C" : "")\(1_000 + index / 3),K\(generator.index(below: 300)),"
        + "2024-0\(1 + generator.index(below: 9))-1\(generator.index(below: 10)),"
        + "\(generator.index(below: 15) == 0 ? "" : amount),\(quantity),\(status),\"w\"\"eb\n\"\n"
      rows.append(generator.index(below: 40) == 0 && index > 0 ? rows[generator.index(below: index)] : row)
    }
    text += rows.joined()
    for onBadRow in IngestOptions.OnBadRow.allCases {
      let input = Input(path: "shop.csv", bytes: Array(text.utf8))
      compare([input, input], Reading.options { $0.onBadRow = onBadRow }, "shop \(seed)")
    }
  }

  @Test("events and feedback read the same in pieces, whatever the zone")
  func timed() {
    var events = "customer_id,timestamp,event,campaign,value\n"
    var feedback = "customer_id,date,score,metric,comment\n"
    for index in 0..<2_000 {
      let hour = index % 24 < 10 ? "0\(index % 24)" : "\(index % 24)"
      let day = "2024-0\(1 + index % 9)-1\(index % 10)"
      events +=
        "K\(index * 7 % 90),\(day)T\(hour):30:00Z,\(index % 31 == 0 ? "" : "view"),c\(index % 5),1.\(index % 9)\n"
      feedback += "K\(index * 7 % 90),\(day),\(index % 37 == 0 ? "x" : "\(index % 11)"),nps,\"a\nb\"\n"
    }
    let inputs = [("events.csv", events), ("nps.csv", feedback)].map {
      Input(path: $0.0, bytes: Array($0.1.utf8))
    }
    for onBadRow in IngestOptions.OnBadRow.allCases {
      let options = Reading.options {
        $0.onBadRow = onBadRow
        $0.timeZone = "Europe/Berlin"
      }
      compare(inputs, options, "events and feedback")
    }
  }

  @Test("a table of numbers and categories reads the same in pieces")
  func numbers() throws {
    var text = "name,a,b\n"
    for row in 0..<2_000 { text += "n\(row % 7),\(row).5,\(row % 97 == 0 ? "x" : "1e\(row % 9)")\n" }
    for onBadRow in IngestOptions.OnBadRow.allCases {
      let options = Reading.options { $0.onBadRow = onBadRow }
      func account() -> String {
        let input = Input(path: "table.csv", bytes: Array(text.utf8))
        do {
          let table = try ColumnTable(input, columns: ["a", "name", "b"], options)
          return "\(table.columns) \(table.rows) \(table.ledger)"
        } catch {
          return "\(error)"
        }
      }
      let whole = account()
      for (round, piece, threads) in [(256, 64, 2), (4_096, 512, 1)] {
        #expect(inPieces(round, piece, threads: threads, account) == whole)
      }
    }
  }

  @Test("a quote that never closes costs its row only, where bad rows are skipped")
  func openQuote() throws {
    let data = try Reading.ingestFixture("unterminated-quote.csv", Reading.options { $0.onBadRow = .skip })
    #expect(data.customerIDs.strings == ["a", "c"])
    #expect(data.ledger.line(.unreadable).rows == 1)
    #expect(data.rejects.entries.map(\.line) == [3])
    #expect(try data.rejects.row(0) == "b,2024-02-01,2.50,\"never closed")
    #expect(data.orders?.total.description == "5.00")
  }
}
