import SegueCore
import SegueNumerics
import Testing

@Suite("₂F₁, sorting, quadrature, small matrices")
struct HypergeometricTests {
  /// p, q, y, ₂F₁(p, 1; p + q; −y), and its derivatives with respect to p, q, y, by mpmath 1.3 with 30 digits.
  static let rows: [[Double]] = [
    [0.553, 1.606, 0.1, 0.97557315103801038, -0.032479549758739, 0.010954744097052, -0.23307706641324],
    [0.553, 1.606, 0, 1, 0, 0, -0.2561371005095],
    [26.5, 1.6, 3, 0.26146396064414482, -0.00043775207602629, 0.0070523465280086, -0.064338183722153],
    [1.3, 221.5, 9, 0.95179331875624203, -0.035158780708407, 0.00019923384257494, -0.0049304436620279],
    [0.25, 1.0001, 50, 0.41110052681898205, -1.3107872725684, 0.12783761286499, -0.0019574403243116],
    [221.5, 1.3, 0.7, 0.58965459164881073, -6.3973253412195e-6, 0.001087997220497, -0.34565786794481],
    [1e-4, 1.002, 1300, 0.9992835115655136, -7.1621534502561, 0.00016325686441107, -7.6807989048545e-8],
    [3, 4, 1e4, 0.00029985044277722592, -9.9832082072765e-5, 4.9945256061745e-5, -2.997012684705e-8],
    [1.0001, 0.3, 20, 0.086040722057661299, -0.06773205904276, 0.11420313460604, -0.0034445412935401],
    [1e5, 3e4, 2.5, 0.3421056048630412, -5.1939660652133e-7, 1.731310631539e-6, -0.090027697233517],
  ]

  @Test("the continued fraction and its derivatives are those of 30 digits", arguments: rows)
  func values(row: [Double]) {
    var function = Hypergeometric(p: row[0], q: row[1])
    let found = function(row[2])
    #expect((found.value - row[3]).magnitude <= (row[2] > 1000 ? 1e-13 : 1e-14) * row[3])
    for (slope, expected) in zip([found.p, found.q, found.y], row[4...]) {
      #expect((slope - expected).magnitude <= 1e-11 * max(expected.magnitude, 1e-3))
    }
  }

  @Test("value and slope fulfil the function's equation", arguments: (0..<20).map { Seed($0) })
  func equation(seed: Seed) {
    var random = seed.generator(for: .testData)
    for _ in 0..<50 {
      let p = Elementary.exp(8 * random.unit() - 4) + 0.5
      let q = Elementary.exp(8 * random.unit() - 4) + 0.5
      let y = Elementary.exp(8 * random.unit() - 5)
      var function = Hypergeometric(p: p, q: q)
      let found = function(y)
      #expect(found.value > 0 && found.value < 1)
      // Of first order, since one of the parameters is 1: y (1 + y) F′ = (c − 1) (1 − F) − p y F.
      let c = p + q
      let right = (c - 1) * (1 - found.value) - p * y * found.value
      #expect(
        (y * (1 + y) * found.y - right).magnitude <= 1e-11 * max(1, c) * max(1, p * y), "\(p), \(q), \(y)")
    }
  }

  @Test("ranks are those of sorting", arguments: (0..<10).map { Seed($0) })
  func ranks(seed: Seed) {
    var random = seed.generator(for: .testData)
    let bits = UInt64(seed.value * 7)
    let keys = (0..<random.index(below: 3000)).map { _ in random.next() >> bits }
    let ranks = Ranks(of: keys)
    #expect(ranks.distinct == Set(keys).sorted())
    #expect(zip(keys, ranks.rank).allSatisfy { ranks.distinct[Int($1)] == $0 })
    let times = (0..<1000).map { _ in Double(random.index(below: 728)) / 7 } + [-0.0, 0.0]
    let timed = Ranks(of: times)
    #expect(timed.distinct.map { Double(bitPattern: $0) } == Set(times).sorted())
    #expect(timed.rank[1000] == 0 && timed.rank[1001] == 0)
  }

  @Test("the rule of Gauss and Legendre is exact for polynomials", arguments: [1, 2, 7, 15, 20, 31])
  func quadrature(count: Int) {
    let rule = GaussLegendre(count)
    #expect(rule.nodes == rule.nodes.sorted() && rule.nodes.allSatisfy { $0 > 0 && $0 < 1 })
    for degree in 0..<2 * count {
      let sum = zip(rule.nodes, rule.weights).reduce(0) { sum, point in
        sum + point.1 * (0..<degree).reduce(1) { power, _ in power * point.0 }
      }
      #expect((sum - 1 / Double(degree + 1)).magnitude < 4e-15, "degree \(degree)")
    }
  }

  @Test("a matrix times its inverse is one; what is not positive definite has none")
  func inverse() throws {
    var random = Seed(3).generator(for: .testData)
    for n in 1...6 {
      let root = (0..<n * n).map { _ in random.normal() }
      var matrix = [Double](repeating: 0, count: n * n)
      let units = (0..<n).map { _ in Elementary.exp(8 * random.normal()) }
      for i in 0..<n {
        for j in 0..<n {
          let product = (0..<n).reduce(0) { $0 + root[i * n + $1] * root[j * n + $1] }
          matrix[i * n + j] = (product + (i == j ? 0.1 : 0)) * units[i] * units[j]
        }
      }
      let inverse = try #require(PositiveDefinite.inverse(matrix, n))
      for i in 0..<n {
        for j in 0..<n {
          let cell = (0..<n).reduce(0) { $0 + matrix[i * n + $1] * inverse[$1 * n + j] }
          #expect((cell - (i == j ? 1 : 0)).magnitude <= 1e-10 * units[i] / units[j])
        }
      }
    }
    #expect(PositiveDefinite.inverse([1, 1, 1, 1], 2) == nil)
    #expect(PositiveDefinite.inverse([1, 2, 2, 1], 2) == nil)
    #expect(PositiveDefinite.inverse([0], 1) == nil && PositiveDefinite.inverse([.nan], 1) == nil)
  }
}
