import SegueCore
import Testing

@Suite("Seed and generator")
struct SeedTests {
  @Test("SplitMix64 gives the published sequence for seed 1234567")
  func splitMixVectors() {
    // Reference values of Vigna's splitmix64.c, as quoted by Rosetta Code ("Pseudo-random numbers/Splitmix64").
    var mixer = SplitMix64(state: 1_234_567)
    #expect(mixer.next() == 6_457_827_717_110_365_317)
    #expect(mixer.next() == 3_203_168_211_198_807_973)
    #expect(mixer.next() == 9_817_491_932_198_370_423)
  }

  @Test("xoshiro256** gives the published sequence for state 1, 2, 3, 4")
  func xoshiroVectors() {
    // Reference values of Blackman and Vigna's xoshiro256starstar.c, as pinned by the rand_xoshiro crate.
    var generator = RandomGenerator(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
    ]
    for value in expected { #expect(generator.next() == value) }
  }

  @Test("streams and indices draw different numbers, the same stream the same")
  func streams() {
    var a = Seed(7).generator(for: .bootstrap, index: 1)
    var b = Seed(7).generator(for: .bootstrap, index: 1)
    var c = Seed(7).generator(for: .bootstrap, index: 2)
    var d = Seed(7).generator(for: .centroidSeeding, index: 1)
    let first = a.next()
    #expect(first == b.next())
    #expect(first != c.next())
    #expect(first != d.next())
  }

  @Test("bounded draws stay in range and reach every value", arguments: [1, 2, 3, 7, 100])
  func bounded(bound: Int) {
    var generator = Seed(3).generator(for: .testData)
    var seen = Set<Int>()
    for _ in 0..<(bound * 50) {
      let value = generator.index(below: bound)
      #expect((0..<bound).contains(value))
      seen.insert(value)
    }
    #expect(seen.count == bound)
  }

  @Test("normal draws have mean 0 and variance 1 within four standard errors")
  func normalMoments() {
    var generator = Seed(11).generator(for: .testData)
    let n = 20_000
    let draws = (0..<n).map { _ in generator.normal() }
    let mean = draws.reduce(0, +) / Double(n)
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
    #expect(mean.magnitude < 4 / Double(n).squareRoot())
    #expect((variance - 1).magnitude < 4 * (2 / Double(n)).squareRoot())
  }

  @Test("a sample holds distinct ascending indices", arguments: [(0, 5), (3, 10), (10, 10), (12, 10)])
  func sampling(count: Int, total: Int) {
    var generator = Seed(5).generator(for: .testData)
    let sample = generator.sample(count, outOf: total)
    #expect(sample.count == min(count, total))
    #expect(zip(sample, sample.dropFirst()).allSatisfy { $0 < $1 })
    #expect(sample.allSatisfy { (0..<total).contains($0) })
  }
}
