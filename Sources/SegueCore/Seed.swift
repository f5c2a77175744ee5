/// One number for a whole study: every use of chance derives from it.
public struct Seed: Hashable, Sendable, Codable, CustomStringConvertible {
  public var value: UInt64

  public init(_ value: UInt64) { self.value = value }

  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(UInt64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  public var description: String { String(value) }

  /// A generator of its own for one named use, so that a draw added in one place shifts no other.
  ///
  /// - Parameter index: the repetition within the use: restart 0, 1, 2, …
  public func generator(for stream: RandomStream, index: Int = 0) -> RandomGenerator {
    var mixer = SplitMix64(state: value)
    let base = mixer.next()
    mixer = SplitMix64(state: base ^ stream.rawValue)
    let named = mixer.next()
    mixer = SplitMix64(state: named ^ UInt64(truncatingIfNeeded: index))
    return RandomGenerator(seedingFrom: &mixer)
  }
}

/// The named uses of randomness. Raw values are part of reproducibility: add, never renumber.
public enum RandomStream: UInt64, Sendable {
  case centroidSeeding = 1
  case bootstrap = 2
  case silhouetteSample = 3
  case referenceData = 4
  case chartSample = 5
  case testData = 6
  case mixtureStarts = 11
  case treeSample = 20
  case bisection = 21
  case miniBatch = 22
  case gapStatistic = 30
  case predictionStrength = 31
  case hopkins = 32
  case scanSample = 33
  case lifecycleSample = 41
  case backtest = 43
  case rules = 50
}

/// SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195): spreads a seed over a state.
package struct SplitMix64 {
  package var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}

/// xoshiro256** 1.0 (Blackman & Vigna 2021, doi:10.1145/3460772) with bounded draws of our own,
/// because those of the standard library may change between releases.
public struct RandomGenerator: Sendable {
  private var s0, s1, s2, s3: UInt64

  package init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
  }

  package init(seedingFrom mixer: inout SplitMix64) {
    (s0, s1, s2, s3) = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  public mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = ((product &<< 7) | (product &>> 57)) &* 9
    let t = s1 &<< 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 &<< 45) | (s3 &>> 19)
    return result
  }

  /// Uniform in [0, 1) with 53 random bits.
  public mutating func unit() -> Double {
    Double(next() &>> 11) * 0x1p-53
  }

  /// Uniform in `0..<bound`, without bias (Lemire 2019, doi:10.1145/3230636).
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "an index needs at least one candidate")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Standard normal by the polar method (Marsaglia & Bray 1964, doi:10.1137/1006063).
  ///
  /// The second value of each pair is dropped, so the state never hides a spare draw.
  public mutating func normal() -> Double {
    while true {
      let u = 2 * unit() - 1
      let v = 2 * unit() - 1
      let square = u * u + v * v
      if square > 0, square < 1 { return u * Elementary.sqrt(-2 * Elementary.log(square) / square) }
    }
  }

  /// `count` distinct indices out of `0..<total`, ascending; all of them if there are no more.
  ///
  /// Selection sampling (Knuth, TAOCP 2, algorithm 3.4.2 S): O(total) time, no extra memory.
  public mutating func sample(_ count: Int, outOf total: Int) -> [Int] {
    guard count < total else { return Array(0..<total) }
    var chosen: [Int] = []
    chosen.reserveCapacity(count)
    for index in 0..<total where chosen.count < count {
      let needed = Double(count - chosen.count)
      if unit() * Double(total - index) < needed { chosen.append(index) }
    }
    return chosen
  }
}
