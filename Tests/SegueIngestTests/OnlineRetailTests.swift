import Foundation
import SegueCore
import SegueIngest
import Testing

@Suite(
  "Online Retail", .enabled(if: Reading.hasShared("online_retail.csv.gz"), "needs ../shared/data"),
  .serialized)
struct OnlineRetailTests {
  /// The unpacked file, read once for all tests.
  private static let input = Result { () throws -> Input in
    let target = FileManager.default.temporaryDirectory.appending(
      path: "online_retail-\(UUID().uuidString).csv")
    _ = FileManager.default.createFile(atPath: target.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: target) }
    let unpack = Process()
    unpack.executableURL = URL(filePath: "/usr/bin/gunzip")
    unpack.arguments = ["-c", Reading.shared.appending(path: "online_retail.csv.gz").path]
    unpack.standardOutput = try FileHandle(forWritingTo: target)
    try unpack.run()
    unpack.waitUntilExit()
    return Input(path: "online_retail.csv", bytes: [UInt8](try Data(contentsOf: target)))
  }

  @Test("sales without refunds are the published figures")
  func withoutRefunds() throws {
    let data = try ingest([Self.input.get()], Reading.options { $0.refunds = .exclude })
    let orders = try #require(data.orders)
    #expect(data.ledger.rowsIn == 541_909)
    #expect(data.ledger.moneyIn.description == "9747747.934")
    #expect(orders.rowCount == 397_884)
    #expect(orders.customerCount == 4_338)
    #expect(orders.orderCount == 18_532)
    #expect(orders.total.description == "8911407.904")
    #expect(data.ledger.moneyUsed == orders.total)
    #expect(data.ledger.balances)
    #expect(data.ledger.line(.missingCustomer).rows == 135_080)
    #expect(data.rejects.count == 541_909 - 397_884)
    #expect(data.sources[0].grain == .orderLine)
    #expect(data.sources[0].confidence > 0.9)
    #expect(Reading.readable(orders.time.min()!) == "2010-12-01 08:26:00")
    #expect(Reading.readable(orders.time.max()!) == "2011-12-09 12:50:00")
  }

  @Test("refunds are netted, except those of customers who bought nothing")
  func netted() throws {
    let data = try ingest([Self.input.get()])
    let orders = try #require(data.orders)
    #expect(data.ledger.balances)
    #expect(orders.customerCount == 4_338)
    #expect(orders.orderCount == 18_532)
    #expect(data.ledger.moneyUsed == orders.total)
    #expect(orders.isRefund.count(where: \.self) == data.ledger.files[0].refundRowsNetted)
    let sold = zip(orders.amount, orders.refund).reduce(Int64(0)) { $0 + $1.0 + $1.1 }
    #expect(Amount(tenThousandths: sold).description == "8911407.904")
  }

  @Test(
    "CDNOW has its published sums",
    .enabled(if: Reading.hasShared("cdnow_master.txt"), "needs ../shared/data"))
  func cdnow() throws {
    let data = try ingest([Reading.sharedInput("cdnow_master.txt")])
    #expect(data.orders?.rowCount == 69_659)
    #expect(data.orders?.customerCount == 23_570)
    #expect(data.orders?.total.description == "2500315.63")
    #expect(data.orders?.quantity.reduce(0, +) == 167_881 * Amount.scale)
  }
}
