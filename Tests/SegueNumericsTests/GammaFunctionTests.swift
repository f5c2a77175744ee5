import SegueCore
import SegueNumerics
import Testing

@Suite("Γ and its kin")
struct GammaFunctionTests {
  /// x, ln Γ, ψ, ψ′ by mpmath 1.3 with 40 digits.
  static let gamma: [(x: Double, log: Double, digamma: Double, trigamma: Double)] = [
    (1.0e-10, 23.025850929882735237, -10000000000.5772153, 99999999999999992715.0),
    (0.003, 5.8074187347259782039, -333.90562498540746037, 111112.74886194768543),
    (0.25, 1.2880225246980774574, -4.2274535333762654081, 17.197329154507110739),
    (0.49999, 0.57238457827170323581, -1.963559374884885043, 4.9349704933817049549),
    (0.5, 0.57236494292470008707, -1.9635100260214234794, 4.9348022005446793094),
    (0.75, 0.20328095143129537148, -1.0858608797864721696, 2.5418796476716064984),
    (0.999999, 5.7721648738556523794e-7, -0.57721730983680181412, 1.6449364709652797986),
    (1.000001, -5.7721484238741466506e-7, -0.57721401996866820352, 1.6449316627376672806),
    (1.25, -0.098271836421813161464, -0.22745353337626540809, 1.1973291545071107393),
    (1.4616321449683622, -0.1214862905358496081, -9.2412655217294275168e-17, 0.967672245447621255),
    (1.5, -0.12078223763524522235, 0.036489973978576520559, 0.93480220054467930942),
    (1.999999, -4.2278401259658537019e-7, 0.42278369016419828724, 0.64493447096227969226),
    (2.000001, 4.227846576245292362e-7, 0.42278498003233202095, 0.64493366273466703035),
    (2.4, 0.21685932244884157388, 0.65290116970059809423, 0.51515250889694439943),
    (2.6, 0.35741186354897983677, 0.75104745277347629346, 0.46780689312457987909),
    (3.7, 1.4280723266653881292, 1.1671535393615114409, 0.31003785767003830216),
    (9.99, 12.77931521435019336, 2.250700372831201122, 0.10527695014824178439),
    (10.01, 12.824350262448247282, 2.2528037003181357367, 0.10505595320551509142),
    (25.5, 56.389167643719946744, 3.2189424728839197665, 0.039994669649562924037),
    (171.3, 708.11494703899688273, 5.1404947096248188405, 0.0058547842123913148781),
    (1e4, 82099.717496442377273, 9.2102903711428494036, 0.00010000500016666666633),
    (1e8, 1742068066.1038347093, 18.420680738952365464, 1.0000000050000000167e-8),
    (1e15, 33538776394910668.91, 34.53877639491068476, 1.0000000000000005e-15),
  ]

  @Test("ln Γ, ψ and ψ′ are those of 40 digits", arguments: gamma)
  func values(_ row: (x: Double, log: Double, digamma: Double, trigamma: Double)) {
    #expect((Special.logGamma(row.x) - row.log).magnitude <= 4e-15 * row.log.magnitude)
    #expect((Special.digamma(row.x) - row.digamma).magnitude <= 2e-15 * max(1, row.digamma.magnitude))
    #expect((Special.trigamma(row.x) - row.trigamma).magnitude <= 4e-15 * row.trigamma)
  }

  @Test("beside the positive numbers there is no number", arguments: [-1.5, -.infinity, .nan])
  func outside(x: Double) {
    #expect(Special.logGamma(x).isNaN && Special.digamma(x).isNaN && Special.trigamma(x).isNaN)
    #expect(Special.logBeta(x, 2).isNaN)
    #expect(Special.logGamma(0) == .infinity && Special.logGamma(.infinity) == .infinity)
    #expect(Special.digamma(0) == -.infinity && Special.logBeta(0, 3) == .infinity)
  }

  @Test("ln B loses nothing where an argument is large")
  func beta() {
    let rows: [(Double, Double, Double)] = [
      (0.003, 0.004, 6.3687391394581526808), (0.5, 0.5, 1.1447298858494001741),
      (0.79, 2.4, -0.49674997143205744421), (3, 1e6, -40.753387493330377006),
      (12, 15, -18.568172732389434645), (12.5, 1e9, -240.30647552176869346),
      (1e6, 2e6, -1909548.2909685329565), (1e-8, 1e8, 18.420680553973401495),
      (250.25, 11, -45.859421166600295372),
    ]
    for (a, b, log) in rows {
      #expect((Special.logBeta(a, b) - log).magnitude <= 4e-15 * max(1, log.magnitude), "\(a), \(b)")
      #expect(Special.logBeta(a, b) == Special.logBeta(b, a))
    }
  }

  @Test("rising factorials lose nothing where they start high")
  func rising() {
    let rows: [(Double, Double, Double, Double)] = [
      (0.24, 1, -1.4271163556401457854, 4.1666666666666668209),
      (0.24, 26, 57.450850024377062416, 7.6542694199261778785),
      (1e-6, 221, 956.3986867066674304, 1000005.9731125764146),
      (4.5, 40, 120.96859891359709746, 2.3953402276523970347),
      (11, 17, 49.453126053930815764, 0.96248849928382839946),
      (1e9, 3, 62.169797513839233466, 2.999999997000000005e-9),
      (1e9, 300, 6216.9797959339188693, 2.9999995515000895505e-7),
      (1e12, 0.25, 6.9077552789820433021, 2.5000000000009375e-13),
      (55.5, 2.5, 10.074342247156982574, 0.044450590990376668813),
    ]
    for (x, n, log, digamma) in rows {
      #expect((Special.logRising(x, n) - log).magnitude <= 4e-15 * max(1, log.magnitude), "\(x), \(n)")
      #expect((Special.digammaRise(x, n) - digamma).magnitude <= 4e-15 * digamma, "\(x), \(n)")
    }
  }

  @Test("the laws of Γ hold for any argument", arguments: (0..<20).map { Seed($0) })
  func laws(seed: Seed) {
    var random = seed.generator(for: .testData)
    for _ in 0..<500 {
      let x = Elementary.exp(40 * random.unit() - 20)
      let y = Elementary.exp(20 * random.unit() - 10)
      func same(_ a: Double, _ b: Double, _ scale: Double) -> Bool {
        (a - b).magnitude <= 2e-14 * max(1, scale.magnitude, a.magnitude)
      }
      // Γ(x + 1) = x Γ(x), and so for its derivatives
      let log = Special.logGamma(x)
      #expect(same(Special.logGamma(x + 1), log + Elementary.log(x), log), "\(x)")
      #expect(same(Special.digamma(x + 1), Special.digamma(x) + 1 / x, 1 / x), "\(x)")
      #expect(same(Special.trigamma(x + 1), Special.trigamma(x) - 1 / (x * x), 1 / (x * x)), "\(x)")
      // Γ(x) Γ(x + ½) = 2^(1 − 2x) √π Γ(2x)
      let twice = (1 - 2 * x) * Elementary.log(2) + 0.5 * Elementary.log(.pi) + Special.logGamma(2 * x)
      #expect(same(log + Special.logGamma(x + 0.5), twice, 2 * log), "\(x)")
      // B(x, y) = B(x + 1, y) + B(x, y + 1)
      let parts = Special.logSum(Special.logBeta(x + 1, y), Special.logBeta(x, y + 1))
      #expect(same(Special.logBeta(x, y), parts, parts), "\(x), \(y)")
      #expect(same(Special.logRising(x, y) + Special.logBeta(x, y), Special.logGamma(y), log), "\(x), \(y)")
      let steps = Double(random.index(below: 60))
      let rise = Special.digammaRise(x, steps) - Special.digammaRise(x + 1, steps)
      #expect(same(rise, 1 / x - 1 / (x + steps), 1 / x), "\(x), \(steps)")
    }
  }

  @Test("sums of what does not fit into a Double are right")
  func logSums() {
    #expect(Special.logSum(1000, 1000) == 1000 + Elementary.log(2))
    #expect(Special.logSum(-2000, -.infinity) == -2000)
    #expect(
      Special.logSum([-800.0, -801, -900]) == -800
        + Elementary.log1p(Elementary.exp(-1) + Elementary.exp(-100)))
    #expect(Special.logSum([Double]()) == -.infinity)
    #expect(Special.softplus(-800) == 0 && Special.softplus(800) == 800)
    #expect(Special.logistic(-800) == Elementary.exp(-800) && Special.logistic(800) == 1)
    #expect(Special.meanDecay(0) == 1 && (Special.meanDecay(2) - 0.43233235838169365).magnitude < 1e-16)
    for x in [-1e-5, 1e-5] {
      #expect((Special.meanDecay(x) - Special.meanDecay(x * 1.0000001)).magnitude < 1e-11)
    }
  }
}
