import SegueCore
import SegueProfile
import Testing

@Suite("Back-test figures")
struct BacktestTests {
  /// Sixty customers by formula, so that SciPy could be given the same ones.
  private static let scores: [Double] = (0..<60).map { (index: Int) -> Double in
    let value = index * index * 7 + 3 * index
    return Double(value % 11)
  }
  private static let later: LaterPurchases = {
    var later = LaterPurchases(orders: [], revenue: [])
    for index in 0..<60 {
      let orders = max(0, (index * index * 5 + index * 3) % 13 - 7)
      let price = (index * 37) % 50 + 5
      let refund = index % 17 == 0 ? 3_000 : 0
      later.orders.append(Int32(orders))
      later.revenue.append(Int64(orders * price * 100 - refund))
    }
    return later
  }()

  private func figures(
    _ rankings: [Ranking], _ later: LaterPurchases = BacktestTests.later, seed: Seed = Seed(0)
  ) throws -> BacktestFigures {
    try BacktestFigures(
      rankings, later, earlierRevenue: [Int64](repeating: 10_000, count: later.count), seed: seed)
  }

  /// SciPy 1.17.1: `spearmanr`, `mannwhitneyu` over the number of pairs; concentration indices from `rankdata`.
  /// The refunds make single revenues negative.
  @Test("measures agree with SciPy, ties and refunds included")
  func scipy() throws {
    let method = try #require(
      try figures([Ranking(.monetary, scores: BacktestTests.scores)]).methods.first)
    let expected: [(Backtest.Measure, Double)] = [
      (.revenueCorrelation, -0.09303615139532924), (.orderCorrelation, -0.09802705218149331),
      (.auc, 0.43788819875776397), (.gini, -0.2044689780331959), (.topTenthLift, 0.2076603599446239),
    ]
    for (measure, value) in expected {
      let found = try #require(method[measure])
      #expect((found.value - value).magnitude < 1e-12, "\(measure)")
      let interval = try #require(found.interval)
      #expect(interval.low < value && value < interval.high, "\(measure)")
    }
    #expect((method.gains[10].revenue - 0.02076603599446239).magnitude < 1e-12)
    #expect((method.gains[50].revenue - 0.34413936317489463).magnitude < 1e-12)
    #expect(method.gains[0].revenue == 0 && (method.gains[100].revenue - 1).magnitude < 1e-12)
  }

  /// Hanley & McNeil 1982 (doi:10.1148/radiology.143.1.7063747), table I: 109 images rated from 1 to 5, area
  /// 0.893 with a standard error of 0.032.
  @Test("AUC of Hanley and McNeil's images")
  func hanleyMcNeil() throws {
    let normal = [33, 6, 6, 11, 2].enumerated().flatMap { [Double](repeating: Double($0), count: $1) }
    let abnormal = [3, 2, 2, 11, 33].enumerated().flatMap { [Double](repeating: Double($0), count: $1) }
    let orders = normal.map { _ in Int32(0) } + abnormal.map { _ in Int32(1) }
    let later = LaterPurchases(orders: orders, revenue: orders.map { Int64($0) * 10_000 })
    let auc = try #require(
      try figures([Ranking(.monetary, scores: normal + abnormal)], later).methods[0][.auc])
    #expect((auc.value - 0.8931710615280595).magnitude < 1e-12)
    let interval = try #require(auc.interval)
    #expect(interval.low > 0.80 && interval.low < 0.84 && interval.high > 0.93 && interval.high < 0.96)
  }

  /// Ten people's IQ and hours of television: ρ = −29/165, the worked example of most textbooks' tables.
  @Test("Spearman's ρ of a worked example without ties")
  func spearman() throws {
    let iq = [106.0, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    let hours: [Int64] = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    let later = LaterPurchases(orders: hours.map(Int32.init), revenue: hours.map { $0 * 10_000 })
    let method = try figures([Ranking(.monetary, scores: iq)], later).methods[0]
    #expect((try #require(method[.revenueCorrelation]).value + 29.0 / 165).magnitude < 1e-12)
    // Everybody ordered: there is nobody to tell them from.
    #expect(method[.auc] == nil)
  }

  @Test("the order of customers in the data changes nothing")
  func rowOrder() throws {
    let shuffle = (0..<60).map { ($0 * 37 + 11) % 60 }
    let later = LaterPurchases(
      orders: shuffle.map { BacktestTests.later.orders[$0] },
      revenue: shuffle.map { BacktestTests.later.revenue[$0] })
    let one = try figures([Ranking(.rfmScore, scores: BacktestTests.scores)]).methods[0]
    let other = try figures(
      [Ranking(.rfmScore, scores: shuffle.map { BacktestTests.scores[$0] })], later
    ).methods[0]
    for measure in Backtest.Measure.allCases {
      let (a, b) = (try #require(one[measure]), try #require(other[measure]))
      #expect((a.value - b.value).magnitude < 1e-12, "\(measure)")
    }
    for (a, b) in zip(one.gains, other.gains) { #expect((a.revenue - b.revenue).magnitude < 1e-12) }
  }

  @Test("a rising transform of the score changes nothing, not even the intervals")
  func transforms() throws {
    let scores = BacktestTests.scores
    let all = try figures([
      Ranking(.clv, scores: scores), Ranking(.monetary, scores: scores.map { $0 * $0 * $0 - 400 }),
      Ranking(.frequency, scores: scores.map { -Elementary.exp(-$0) }),
    ])
    for method in all.methods { #expect(method.measures == all.methods[0].measures) }
    for comparison in all.comparisons {
      #expect(comparison.difference.value == 0 && !comparison.isTold)
    }
  }

  @Test("the order of what came next is perfect, its reverse the opposite, and a tie of all says nothing")
  func extremes() throws {
    let revenue = BacktestTests.later.revenue.map(Double.init)
    let perfect = try figures([
      Ranking(.clv, scores: revenue), Ranking(.rfmScore, scores: revenue.map { -$0 }),
      Ranking(.recency, scores: revenue.map { _ in 7 }),
    ])
    #expect((try #require(perfect.methods[0][.gini]).value - 1).magnitude < 1e-12)
    #expect((try #require(perfect.methods[0][.revenueCorrelation]).value - 1).magnitude < 1e-12)
    #expect((try #require(perfect.methods[1][.gini]).value + 1).magnitude < 1e-12)
    #expect(perfect.methods[2].measures.isEmpty)
    #expect(zip(perfect.methods[0].gains, perfect.perfectGains).allSatisfy { $0 == $1 })
  }

  @Test("scores that know nothing find a tenth of the revenue in a tenth of the customers")
  func chance() throws {
    var generator = Seed(5).generator(for: .testData)
    let shop = PlantedFuture(customers: 4_000, generator: &generator)
    var random = Seed(6).generator(for: .testData)
    let found = try figures([Ranking(.clv, scores: shop.rates.map { _ in random.unit() })], shop.later)
    for (measure, value) in [
      (Backtest.Measure.revenueCorrelation, 0.0), (.orderCorrelation, 0), (.gini, 0), (.auc, 0.5),
      (.topTenthLift, 1),
    ] {
      let interval = try #require(found.methods[0][measure]?.interval)
      #expect(interval.low < value && value < interval.high, "\(measure)")
    }
  }

  @Test("groups share out customers, orders and money to the cent, and small ones are withheld")
  func groups() throws {
    let labels = (0..<60).map { Int32($0 < 27 ? 0 : $0 < 55 ? 1 : 2) }
    let ranking = Ranking(
      .clusters, labels: labels, names: ["one", "two", "few"], spent: labels.map { Double($0) })
    let found = try #require(try figures([ranking]).methods[0].groups)
    #expect(found.map(\.name) == ["few", "two", "one"])
    #expect(found.map(\.customers) == [5, 28, 27])
    // What the five are would follow from the total and both others, so the smaller of these is withheld too.
    for group in [found[0], found[2]] {
      #expect(group.revenue == nil && group.silentShare == nil && group.orders == nil)
    }
    let withheld = labels.indices.filter { labels[$0] != 1 }
    let revenue = withheld.reduce(Amount.zero) {
      $0 + Amount(tenThousandths: BacktestTests.later.revenue[$1])
    }
    #expect(found[1].revenue.map { $0 + revenue } == BacktestTests.later.total)
    let orders = withheld.reduce(0) { $0 + Int(BacktestTests.later.orders[$1]) }
    #expect(found[1].orders.map { $0 + orders } == BacktestTests.later.orderCount)
  }

  /// SciPy 1.17.1, `bootstrap` with 200,000 resamples and BCa: 3.65 to 42.1.
  @Test("the interval of a mean of skewed money is SciPy's, but for the draws")
  func skewedMean() throws {
    let money: [Int64] = [0, 0, 0, 0, 0, 0, 0, 12, 5, 3, 40, 0, 0, 7, 0, 22, 0, 0, 150, 9]
    let later = LaterPurchases(
      orders: money.map { $0 > 0 ? 1 : 0 }, revenue: money.map { $0 * Amount.scale })
    let interval = try #require(
      try figures([Ranking(.monetary, scores: money.map(Double.init))], later).revenuePerCustomer.interval)
    #expect((interval.low - 3.65).magnitude < 0.5)
    #expect((interval.high - 42.1).magnitude < 5)
  }

  @Test("a difference is told only where the interval leaves out nothing, and turns with the pair")
  func comparisons() throws {
    var generator = Seed(9).generator(for: .testData)
    let shop = PlantedFuture(customers: 3_000, generator: &generator)
    var noise = Seed(10).generator(for: .testData)
    let found = try figures(
      [
        Ranking(.clv, scores: shop.rates), Ranking(.rfmScore, scores: shop.rates.map { _ in noise.unit() }),
        Ranking(.recency, scores: shop.rates.map { $0 + 1e-9 * noise.unit() }),
      ], shop.later)
    func comparison(_ a: Ranking.Method, _ b: Ranking.Method) -> Backtest.Comparison? {
      found.comparisons.first { $0.first == a && $0.second == b && $0.measure == .gini }
    }
    #expect(try #require(comparison(.clv, .rfmScore)).isTold)
    #expect(try #require(comparison(.clv, .rfmScore)).difference.value > 0)
    #expect(!(try #require(comparison(.clv, .recency)).isTold))
  }

  @Test("the same on one thread and on four")
  func threads() throws {
    let before = Threads.count
    defer { Threads.count = before }
    let rankings = [Ranking(.clv, scores: BacktestTests.scores)]
    Threads.count = 1
    let one = try figures(rankings)
    Threads.count = 4
    let four = try figures(rankings)
    #expect(one.methods[0].measures == four.methods[0].measures)
    #expect(one.revenuePerCustomer == four.revenuePerCustomer)
  }

  @Test("one customer, customers without a score and a future without revenue give no made-up figure")
  func tooLittle() throws {
    let alone = try figures(
      [Ranking(.clv, scores: [3])], LaterPurchases(orders: [1], revenue: [10_000]))
    #expect(alone.methods[0].measures.isEmpty && alone.revenuePerCustomer.interval == nil)
    let silent = LaterPurchases(
      orders: [Int32](repeating: 0, count: 40), revenue: [Int64](repeating: 0, count: 40))
    let quiet = try figures([Ranking(.clv, scores: (0..<40).map(Double.init))], silent)
    #expect(quiet.methods[0].measures.isEmpty && quiet.methods[0].gains.isEmpty)
    #expect(quiet.silentShare.value == 1)
    let unscored = BacktestTests.scores.enumerated().map { $0 % 4 == 0 ? .nan : $1 }
    let method = try figures([Ranking(.clv, scores: unscored)]).methods[0]
    #expect(method.measures.values.allSatisfy { $0.value.isFinite })
    #expect(method.measures.count == Backtest.Measure.allCases.count)
  }
}
