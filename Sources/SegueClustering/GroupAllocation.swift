/// How many clusters each of several groups gets where the number in all is given.
public enum GroupAllocation {
  /// The numbers with the smallest total inertia, at least one a group, by dynamic programming over the groups.
  ///
  /// - Parameters:
  ///   - inertias: for each group its inertia with 1, 2, … clusters, as far as it can be split.
  ///   - total: clusters to share out.
  /// - Returns: clusters per group; among equals the split that gives earlier groups more. Nil if the groups take fewer
  ///   or there are more groups than clusters.
  /// - Complexity: O(groups · total²).
  public static func smallestInertia(_ inertias: [[Double]], total: Int) -> [Int]? {
    // best[t]: the least inertia of the groups from the current one on with t clusters; the last group is first.
    var best = [Double](repeating: .infinity, count: max(0, total) + 1)
    best[0] = 0
    var choices: [[Int]] = []
    for inertia in inertias.reversed() {
      var next = [Double](repeating: .infinity, count: best.count)
      var taken = [Int](repeating: 0, count: best.count)
      for clusters in best.indices.dropFirst() {
        for own in 1..<(min(clusters, inertia.count) + 1) where best[clusters - own] < .infinity {
          let sum = inertia[own - 1] + best[clusters - own]
          if sum <= next[clusters] { (next[clusters], taken[clusters]) = (sum, own) }
        }
      }
      best = next
      choices.append(taken)
    }
    guard let least = best.last, least < .infinity else { return nil }
    var left = best.count - 1
    return choices.reversed().map { taken in
      defer { left -= taken[left] }
      return taken[left]
    }
  }
}
