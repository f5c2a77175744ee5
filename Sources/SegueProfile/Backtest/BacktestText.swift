public import SegueCore

extension Ranking.Method {
  /// For people: `RFM score`.
  public var title: String {
    switch self {
    case .clv: "Customer value (CLV)"
    case .rfmScore: "RFM score"
    case .rfmSegments: "RFM segments"
    case .clusters: "Clusters"
    case .recency: "Recency alone"
    case .frequency: "Frequency alone"
    case .monetary: "Spend alone"
    }
  }

  /// The same within a sentence: `clusters`.
  public var inSentence: String { title.lowercasedFirst }

  /// What comes first.
  public var rule: String {
    switch self {
    case .clv: "the highest expected value first"
    case .rfmScore: "the highest sum of the three scores first"
    case .rfmSegments, .clusters: "the group that had spent most per customer first"
    case .recency: "the most recent order first"
    case .frequency: "the most orders first"
    case .monetary: "the highest spend first"
    }
  }

  /// A rule that takes no method at all.
  public var isSingleFigure: Bool {
    switch self {
    case .recency, .frequency, .monetary: true
    case .clv, .rfmScore, .rfmSegments, .clusters: false
    }
  }
}

extension Backtest.Measure {
  public var title: String {
    switch self {
    case .revenueCorrelation: "Rank correlation with revenue"
    case .orderCorrelation: "Rank correlation with orders"
    case .gini: "Finds revenue (Gini)"
    case .auc: "Tells who orders again (AUC)"
    case .topTenthLift: "Lift of the first tenth"
    }
  }
}

extension Backtest {
  /// What the others are held against: the RFM score, or whatever there is.
  public var yardstick: Ranking.Method? {
    self[Ranking.Method.rfmScore] != nil ? .rfmScore : methods.first?.method
  }

  /// `0.31 to 0.39`, in units of `scale`.
  public static func range(_ interval: Interval, _ text: (Double) -> String) -> String {
    "\(text(interval.low)) to \(text(interval.high))"
  }

  /// Who was known, and what they did, in a sentence or two.
  public func account(_ money: MoneyText) -> String {
    let silent = NumberText.percent(silentShare.value, 1)
    var text =
      "On \(cut.spelled), \(NumberText.integer(customers)) customers were known. In the \(NumberText.integer(days)) days to "
      + "\(lastDay.spelled) they placed \(NumberText.integer(laterOrders)) orders worth "
      + "\(money.short(laterRevenue.units)); \(silent) of them placed none."
    if newCustomers > 0 {
      text +=
        " \(NumberText.integer(newCustomers)) customers who came later (\(money.short(newRevenue.units))) could not be "
        + "foretold by anything and are left out."
    }
    return text
  }

  /// What can be told of the methods, and what cannot, in sentences.
  public var findings: [String] {
    guard let yardstick, let own = self[yardstick]?[.gini] else {
      return ["No method puts these customers in an order that can be judged by their later revenue."]
    }
    let name = yardstick.title.articled
    let (better, worse, alike) = against(yardstick, .gini)
    var found = [leading(yardstick, own)]
    if !better.isEmpty { found.append("Finds later revenue better than \(name): \(better.inWords).") }
    if !worse.isEmpty { found.append("Finds it less well than \(name): \(worse.inWords).") }
    if !alike.isEmpty {
      found.append("Between \(name) and \(alike.inWords) no difference can be told on this data.")
    }
    let knowing = against(yardstick, .auc).better
    if !knowing.isEmpty {
      found.append("Tells better than \(name) who orders again at all: \(knowing.inWords).")
    }
    return found
  }

  /// The other methods in words, by what can be told of them.
  private func against(
    _ yardstick: Ranking.Method, _ measure: Measure
  ) -> (better: [String], worse: [String], alike: [String]) {
    var better: [String] = []
    var worse: [String] = []
    var alike: [String] = []
    for method in methods where method.method != yardstick {
      guard let comparison = comparison(method.method, yardstick, measure) else { continue }
      let title = method.method.inSentence
      guard comparison.isTold, let interval = comparison.difference.interval else {
        alike.append(title)
        continue
      }
      let isBetter = comparison.difference.value > 0
      let low = isBetter ? interval.low : -interval.high
      let high = isBetter ? interval.high : -interval.low
      // An interval that just leaves out 0 must not read as if it held it.
      let places = low < 0.005 ? 3 : 2
      let text =
        "\(title) (by \(NumberText.fixed(comparison.difference.value.magnitude, places)), "
        + "\(NumberText.fixed(low, places)) to \(NumberText.fixed(high, places)))"
      if isBetter { better.append(text) } else { worse.append(text) }
    }
    return (better, worse, alike)
  }

  private func leading(_ method: Ranking.Method, _ gini: Estimate) -> String {
    guard let lift = self[method]?[.topTenthLift] else {
      return
        "The order by \(method.title.articled) agrees with later revenue by \(NumberText.fixed(gini.value, 2))."
    }
    let share = NumberText.percent(lift.value / 10, 0)
    let range = lift.interval.map {
      " (95% interval \(Backtest.range($0) { NumberText.percent($0 / 10, 0) }))"
    }
    let sentence =
      "The first tenth of customers by \(method.title.articled) brought \(share) of the later revenue\(range ?? "")."
    // An order that chance could have made says nothing.
    guard let interval = gini.interval, interval.low <= 0 else { return sentence }
    return sentence + " That is no better than an order by chance can be."
  }
}

extension String {
  fileprivate var articled: String { hasPrefix("RFM score") ? "the \(self)" : lowercasedFirst }

  /// `spend alone`, but `RFM segments`.
  fileprivate var lowercasedFirst: String {
    dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
  }
}
