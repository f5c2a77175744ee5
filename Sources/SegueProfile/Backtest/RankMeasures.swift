/// How well an order of customers agrees with what they did later.
///
/// All but the lift follow from the centred midrank c of each customer by score, ties sharing theirs:
/// Spearman's ρ is the correlation of c with the ranks of the outcome; with a sum A of buyers and I of others,
/// AUC = ½ + Σ_buyers c / (A·I) (Mann & Whitney 1947); and the area between the curve of cumulative gains and its
/// diagonal is Σ revenue·c / (n · Σ revenue), which divided by that of the perfect order gives the normalised
/// Gini coefficient, whatever the sign of single revenues.
struct RankMeasures: Sendable, Hashable {
  /// In the order of `Backtest.Measure.allCases`; NaN where nobody or everybody is tied.
  var values: [Double]

  /// The share of customers whose revenue is the lift.
  static let topShare = 0.1

  /// - Parameter tallies: receives weight and sums of each group; empty if they are not wanted.
  init(
    _ ranked: RankedCustomers, _ resample: borrowing Resample,
    tallies: inout [(weight: Double, sum: Resample.Figures)]
  ) {
    let n = Double(resample.counts.count)
    var products = Resample.Figures.zero
    var spread = 0.0
    var topRevenue = 0.0
    var above = 0.0
    var tied = (weight: 0.0, sum: Resample.Figures.zero)
    func close() {
      guard tied.weight > 0 else { return }
      let rank = n / 2 - above - tied.weight / 2
      products += tied.sum * rank
      spread += tied.weight * rank * rank
      let inTop = min(tied.weight, max(0, RankMeasures.topShare * n - above))
      topRevenue += tied.sum[2] * inTop / tied.weight
      above += tied.weight
      tied = (0, .zero)
    }
    let wantsGroups = !tallies.isEmpty
    ranked.forEachRun(resample) { run, weight, sum in
      if run > 0, ranked.scores[run] != ranked.scores[run - 1] { close() }
      tied.weight += weight
      tied.sum += sum
      if wantsGroups { tallies[Int(ranked.groups[run])] = (weight, sum) }
    }
    close()
    let others = n - resample.buyers
    values = [
      products[0] / (spread * resample.revenueSpread).squareRoot(),
      products[1] / (spread * resample.orderSpread).squareRoot(),
      spread > 0 ? products[2] / resample.perfect : .nan,
      spread > 0 ? 0.5 + products[3] / (resample.buyers * others) : .nan,
      spread > 0 ? topRevenue / resample.revenue / RankMeasures.topShare : .nan,
    ]
  }
}
