import SegueClustering
import SegueCore
import SegueFeatures
import SegueNumerics

/// How a given number of segments is shared out over groups.
extension GroupedSplit {
  /// At least one each, and so that the inertia of all is smallest.
  ///
  /// Inertias are those of k-means with every number of clusters up to ``everyCount``, and beyond it with every number
  /// an eighth larger; numbers between lie on a straight line of logarithms. Of large groups a sample is split.
  ///
  /// - Throws: ``SegueError`` `study.k` if there are not as many different customers.
  static func allocation(
    _ points: Matrix, _ parts: [LifecycleGroups.Part], _ total: Int, _ options: StudyOptions, monitor: Monitor
  ) throws -> [Int] {
    let inertias = try parts.enumerated().map { index, part in
      try monitor.checkpoint("sharing segments out over groups")
      var rows = part.rows
      if rows.count > sampleLimit {
        var generator = options.seed.generator(for: .lifecycleSample, index: index)
        rows = generator.sample(sampleLimit, outOf: rows.count).map { part.rows[$0] }
      }
      let weight = Double(part.rows.count) / Double(rows.count)
      return try inertia(
        points.selecting(rows: rows), upTo: min(rows.count, total - parts.count + 1), options,
        monitor: monitor
      ).map { $0 * weight }
    }
    guard let counts = GroupAllocation.smallestInertia(inertias, total: total) else {
      let most = inertias.reduce(0) { $0 + $1.count }
      throw SegueError.usage(
        Diagnostic(
          "study.k", "\(total) segments cannot be made of these customers: too many of them are alike",
          hint: "choose --k \(most) or less"))
    }
    return counts
  }

  /// With 1, 2, … clusters; ends early where there are no more different rows.
  private static func inertia(
    _ points: Matrix, upTo most: Int, _ options: StudyOptions, monitor: Monitor
  ) throws -> [Double] {
    let whole = KMeansModel(
      describing: points, labels: [Int32](repeating: 0, count: points.rowCount),
      places: Matrix(rowCount: 1, columnCount: points.columnCount), iterations: 0)
    var found = [whole.inertia]
    var kMeans = KMeansOptions()
    (kMeans.restarts, kMeans.seeding) = (options.clustering.restarts, options.clustering.seeding)
    while found.count < most {
      let last = found.count
      kMeans.k = min(most, last < everyCount ? last + 1 : last + max(1, last / 8))
      let inertia: Double
      do {
        inertia = try KMeans(kMeans, seed: options.seed).fit(points, monitor: monitor).inertia
      } catch let error as SegueError
        where error.diagnostics.contains(where: { $0.code == "kmeans.distinct" })
      {
        break
      }
      for k in (last + 1)..<kMeans.k {
        found.append(between(k, (last, found[last - 1]), (kMeans.k, inertia)))
      }
      found.append(inertia)
    }
    return found
  }

  private static func between(_ k: Int, _ a: (k: Int, value: Double), _ b: (k: Int, value: Double)) -> Double
  {
    guard a.value > 0, b.value > 0 else { return b.value }
    func log(_ k: Int) -> Double { Elementary.log(Double(k)) }
    let way = (log(k) - log(a.k)) / (log(b.k) - log(a.k))
    return a.value * Elementary.exp(way * Elementary.log(b.value / a.value))
  }

  private static let everyCount = 16
  private static let sampleLimit = 65_536
}
