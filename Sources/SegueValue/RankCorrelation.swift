internal import SegueCore

/// How far two figures put customers into the same order.
enum RankCorrelation {
  /// Spearman's: Pearson's correlation of ranks, equal values sharing the mean of their ranks.
  ///
  /// - Returns: nil where either figure is the same for everybody.
  /// - Complexity: O(n log n).
  static func spearman(_ a: [Double], _ b: [Double]) -> Double? {
    pearson(ranks(a), ranks(b), weights: nil)
  }

  /// Pearson's; nil where either figure is the same for everybody.
  static func pearson(_ a: [Double], _ b: [Double], weights: [Double]?) -> Double? {
    guard let a0 = a.first, let b0 = b.first else { return nil }
    var (w, sa, sb, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    // From the first value, so that equal values have no spread however large they are.
    for index in a.indices {
      let (x, y, weight) = (a[index] - a0, b[index] - b0, weights?[index] ?? 1)
      w += weight
      sa += weight * x
      sb += weight * y
      aa += weight * x * x
      bb += weight * y * y
      ab += weight * x * y
    }
    let (va, vb) = (aa - sa * sa / w, bb - sb * sb / w)
    guard va > 0, vb > 0 else { return nil }
    let r = (ab - sa * sb / w) / (Elementary.sqrt(va) * Elementary.sqrt(vb))
    return r.isFinite ? max(-1, min(1, r)) : nil
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
