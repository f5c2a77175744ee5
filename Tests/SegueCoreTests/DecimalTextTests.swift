import Foundation
import SegueCore
import Testing

@Suite("Numbers as bytes")
struct DecimalTextTests {
  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "whole numbers are written as their description",
    arguments: [0, 1, 9, 10, 99, 100, -1, -10, 1_234_567_890, .max, .min] as [Int64])
  func integers(value: Int64) {
    #expect(text { $0.append(decimal: value) } == value.description)
    #expect(
      text { $0.append(decimal: UInt8(truncatingIfNeeded: value)) } == "\(UInt8(truncatingIfNeeded: value))")
  }

  @Test(
    "amounts have two decimals, and no more than they need",
    arguments: [
      (0, "0.00"), (1, "0.0001"), (10, "0.001"), (100, "0.01"), (5_000, "0.50"), (125_000, "12.50"),
      (125_010, "12.501"), (-125_000, "-12.50"), (-1, "-0.0001"), (.max, "922337203685477.5807"),
      (.min, "-922337203685477.5808"),
    ] as [(Int64, String)])
  func amounts(value: Int64, expected: String) {
    #expect(Amount(tenThousandths: value).description == expected)
  }

  @Test(
    "numbers in JSON are what the encoder writes",
    arguments: [
      0, -0.0, 1, -1, 0.5, 0.1 + 0.2, 1 / 3, 12.3456, 0.0001, 0.00001, 619.42, 1e10, 99_999_999_999.9999,
      1e11,
      1e15, 123_456_789_012_345_680, 1e16, 1e22, -1e300, .leastNonzeroMagnitude, .pi,
    ])
  func json(value: Double) throws {
    #expect(
      text { $0.append(json: value) } == String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
  }

  @Test("so are sums of money and means of such sums, whatever their size", arguments: 1..<62)
  func money(bits: Int) throws {
    var generator = Seed(UInt64(bits)).generator(for: .testData)
    for _ in 0..<200 {
      let sum = Double(generator.index(below: 1 << bits)) / 10_000
      for value in [sum, -sum, sum / Double(1 + generator.index(below: 50))] {
        let expected = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        #expect(text { $0.append(json: value) } == expected)
      }
    }
  }
}
