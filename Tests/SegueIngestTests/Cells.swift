import SegueCore
import SegueIngest
import Testing

/// Draws for one round of tests on cells; says no more than the first failure.
struct Cells {
  private var chance: RandomGenerator
  private let place: String
  private(set) var hasFailed = false

  init(_ seed: Seed, _ round: Int) {
    chance = seed.generator(for: .testData, index: round)
    place = "seed \(seed), round \(round)"
  }

  mutating func below(_ bound: Int) -> Int { chance.index(below: bound) }

  mutating func expect(_ isTrue: Bool, _ hint: @autoclosure () -> String) {
    guard !isTrue, !hasFailed else { return }
    hasFailed = true
    Issue.record("\(hint()); \(place)")
  }

  /// Ten-thousandths of any size, up to what a reader has to take.
  mutating func amount() -> Int64 {
    let digits = below(19)
    let bound = (0..<digits).reduce(Int64(1)) { value, _ in value * 10 }
    let value = Int64(chance.next() % UInt64(bound)) % (Int64.max / 2)
    return below(3) == 0 ? -value : value
  }

  /// Bytes that mean something to a reader, more often than others.
  private static let telling =
    Array("0123456789-/.,:+ ()'TZ£€\"\n\r;CEUR".utf8) + [0xC2, 0xA0, 0xE2, 0x80, 0xFF, 0]

  /// A text with some bytes changed, dropped, doubled and moved.
  mutating func damaged(_ text: String, times: Int = 2) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0...below(times + 1) {
      let byte = below(4) == 0 ? UInt8(below(256)) : Self.telling[below(Self.telling.count)]
      switch below(5) {
      case 0 where !bytes.isEmpty: bytes[below(bytes.count)] = byte
      case 1 where !bytes.isEmpty: bytes.remove(at: below(bytes.count))
      case 2 where !bytes.isEmpty: bytes.swapAt(below(bytes.count), below(bytes.count))
      case 3 where !bytes.isEmpty:
        let start = below(bytes.count)
        bytes.insert(
          contentsOf: bytes[start..<min(bytes.count, start + 1 + below(6))], at: below(bytes.count))
      default: bytes.insert(byte, at: below(bytes.count + 1))
      }
    }
    return bytes
  }
}
