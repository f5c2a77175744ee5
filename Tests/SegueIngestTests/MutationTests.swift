import Foundation
import SegueCore
import SegueIngest
import Testing

@Suite("Damaged files")
struct MutationTests {
  private static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: Reading.fixtures.path)) ?? []
    return all.filter { name in [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) }.sorted()
  }()

  /// Bytes that mean something to a reader are tried more often than others.
  private static let telling = Array("\",;\t\n\r.-/:0919CE()£ \0".utf8) + [0xFF, 0xFE, 0xC3, 0x80]

  private func damage(_ bytes: [UInt8], _ generator: inout RandomGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0...generator.index(below: 4) {
      let byte =
        generator.index(below: 3) == 0
        ? UInt8(generator.index(below: 256)) : Self.telling[generator.index(below: Self.telling.count)]
      switch generator.index(below: 4) {
      case 0 where !bytes.isEmpty: bytes[generator.index(below: bytes.count)] = byte
      case 1 where !bytes.isEmpty: bytes.remove(at: generator.index(below: bytes.count))
      case 2 where bytes.count > 1:
        let start = generator.index(below: bytes.count)
        let end = start + generator.index(below: min(40, bytes.count - start))
        bytes.insert(contentsOf: bytes[start..<end], at: generator.index(below: bytes.count))
      default: bytes.insert(byte, at: generator.index(below: bytes.count + 1))
      }
    }
    return bytes
  }

  @Test("damage ends in data whose ledger balances or in diagnostics", arguments: (0..<20).map { Seed($0) })
  func damaged(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    for round in 0..<100 {
      let name = Self.names[generator.index(below: Self.names.count)]
      let bytes = damage(try Reading.bytes(name), &generator)
      let options = Reading.options {
        $0.onBadRow = IngestOptions.OnBadRow.allCases[generator.index(below: 2)]
        $0.refunds = IngestOptions.Refunds.allCases[generator.index(below: 2)]
        $0.duplicates = IngestOptions.Duplicates.allCases[generator.index(below: 3)]
        $0.dateOrder = IngestOptions.DateOrder.allCases[generator.index(below: 4)]
        $0.currency = [nil, "EUR", "USD"][generator.index(below: 3)]
      }
      let input = Input(path: name, bytes: bytes)
      do {
        let data = try ingest([input], options)
        #expect(data.ledger.balances, "\(name), seed \(seed), round \(round)")
        #expect(data.ledger.rowsIn - data.ledger.rowsUsed == data.rejects.count)
        if let orders = data.orders { #expect(data.ledger.moneyUsed == orders.total) }
        _ = try inspect([input], options)
      } catch let error as SegueError {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
