import SegueCore
import SegueNumerics

/// How far the distribution of a feature has moved from one run to the next: the population stability index,
/// Σ (qᵦ − pᵦ)·ln(qᵦ/pᵦ) over bins, with p the shares before and q those now.
///
/// Numbers are cut at the distinct deciles of the old run; categories by level, those of fewer than ten customers before
/// pooled with the ones that are new; missing values are a bin of their own. Half a customer is added to every bin, so
/// that empty ones have a logarithm. Without drift the index is about (1/n + 1/m)·χ² with one degree of freedom
/// less than there are bins (Yurdakul 2018, Statistical Properties of Population Stability Index); its 95 % point is
/// what chance alone makes. Customers in both runs make chance smaller still.
package enum PopulationStability {
  struct Result {
    var index: Double
    /// The 95 % point of the index without drift.
    var chance: Double
    var bins: Int
  }

  /// - Parameters: values of each run, NaN where missing.
  /// - Returns: nil for fewer than ten customers in either run.
  static func numbers(_ before: [Double], _ now: [Double]) -> Result? {
    let cuts = cuts(before.filter { !$0.isNaN })
    func bin(_ value: Double) -> Int {
      if value.isNaN { return cuts.count + 1 }
      var (low, high) = (0, cuts.count)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
    func counts(_ values: [Double]) -> [Int] {
      var counts = [Int](repeating: 0, count: cuts.count + 2)
      for value in values { counts[bin(value)] += 1 }
      return counts
    }
    return index(counts(before), counts(now))
  }

  /// - Parameters: levels of each run, nil where missing.
  static func categories(_ before: [String?], _ now: [String?]) -> Result? {
    func tally(_ values: [String?]) -> [String?: Int] {
      values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let (old, new) = (tally(before), tally(now))
    let own = old.filter { $0.key == nil || $0.value >= WithheldCells.least }
      .sorted { ($0.key ?? "", $0.value) < ($1.key ?? "", $1.value) }.map(\.key)
    let known = Set(own)
    func counts(_ tally: [String?: Int]) -> [Int] {
      own.map { tally[$0] ?? 0 } + [tally.reduce(0) { $0 + (known.contains($1.key) ? 0 : $1.value) }]
    }
    return index(counts(old), counts(new))
  }

  /// Upper ends of all bins but the last.
  private static func cuts(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return [] }
    // All alike: below, the same, above.
    if first == last { return [first.nextDown, first] }
    var cuts: [Double] = []
    for tenth in 1...9 {
      let cut = Quantiles.quantile(Double(tenth) / 10, ofSorted: sorted)!
      if cut < last, cut != cuts.last { cuts.append(cut) }
    }
    return cuts.isEmpty ? [first] : cuts
  }

  /// Bins that are empty in both runs are none.
  private static func index(_ before: [Int], _ now: [Int]) -> Result? {
    let pairs = zip(before, now).filter { $0 + $1 > 0 }
    let (n, m) = (before.reduce(0, +), now.reduce(0, +))
    guard n >= WithheldCells.least, m >= WithheldCells.least else { return nil }
    guard pairs.count > 1 else { return Result(index: 0, chance: 0, bins: pairs.count) }
    let half = 0.5 * Double(pairs.count)
    let sum = pairs.reduce(0.0) { sum, pair in
      let p = (Double(pair.0) + 0.5) / (Double(n) + half)
      let q = (Double(pair.1) + 0.5) / (Double(m) + half)
      return p == q ? sum : sum + (q - p) * Elementary.log(q / p)
    }
    let chance = (1 / Double(n) + 1 / Double(m)) * chiSquared95(pairs.count - 1)
    return Result(index: sum, chance: chance, bins: pairs.count)
  }

  /// The 95 % point of χ²: bisection on the series of the incomplete gamma function (DLMF 8.7.1).
  package static func chiSquared95(_ degrees: Int) -> Double {
    let a = Double(degrees) / 2
    func below(_ x: Double) -> Double {
      var (term, sum, n) = (1.0, 1.0, a)
      while term > 1e-17 * sum {
        n += 1
        term *= x / n
        sum += term
      }
      return sum * Elementary.exp(a * Elementary.log(x) - x - Special.logGamma(a + 1))
    }
    var (low, high) = (0.0, 20 + 4 * a)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if below(middle / 2) < 0.95 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
