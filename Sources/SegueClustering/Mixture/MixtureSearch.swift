internal import SegueCore
internal import SegueNumerics

/// One fit: short ascents from many starts, and long ones from those that got highest (Biernacki, Celeux &
/// Govaert 2003, "Choosing starting values for the EM algorithm", doi:10.1016/S0167-9473(02)00163-9).
///
/// Large tables are searched on a sample; the ascents that got highest there go on over all rows.
struct MixtureSearch: Sendable {
  /// More rows are sampled for the search.
  static let sampleSize = Chunks.defaultSize
  static let shortAscent = 40
  /// A sample need not be followed to its end, which is not that of all rows.
  static let sampleAscent = 200
  /// How many ascents are followed to the end.
  static let finalists = 8
  /// How many of them go on over all rows of a large table, and how far before the best alone goes on.
  static let largeFinalists = 4
  static let largeTrial = 10

  let points: Matrix
  let weights: [Double]?
  let standardization: Standardization
  let options: MixtureOptions
  let seed: Seed

  /// The most likely end, without a collapsed component if any was found, and how many starts were set aside
  /// because one did collapse.
  func best(monitor: Monitor) throws -> (ascent: MixtureAscent, setAside: Int) {
    var generator = seed.generator(for: .mixtureStarts)
    let weighing = (0..<points.rowCount).filter { weights == nil || weights![$0] > 0 }
    let size = max(MixtureSearch.sampleSize, options.k)
    let isSampled = weighing.count > size
    let rows = generator.sample(size, outOf: weighing.count).map { weighing[$0] }
    let sampleWeights = weights.map { weights in rows.map { weights[$0] } }
    let sample = rows.count < points.rowCount ? points.selecting(rows: rows) : points
    let blocked = BlockedRows(
      sample, center: standardization.center, scale: standardization.scale, weights: sampleWeights)
    let starts = MixtureStarts(
      rows: standardization.apply(to: sample), weights: sampleWeights, options: options, seed: seed)
    let count = options.k == 1 ? 1 : options.resolvedStarts(rowCount: rows.count)
    try monitor.checkpoint("k = \(options.k), starts")
    var ascents = try parallelMap(count) { index in
      var ascent = MixtureAscent(from: try starts.start(index))
      try ascent.climb(blocked, iterations: MixtureSearch.shortAscent, options: options)
      return ascent
    }
    ascents = ranked(ascents)
    let limit = isSampled ? min(MixtureSearch.sampleAscent, options.maxIterations) : options.maxIterations
    ascents = try follow(ascents, over: blocked, iterations: limit, monitor: monitor)
    let setAside = ascents.count { !$0.collapsed.isEmpty }
    if isSampled { return (try extend(ascents, monitor: monitor), setAside) }
    ascents[0].settle(blocked)
    return (ascents[0], setAside)
  }

  /// Climbs from the most promising to the end, the next ones where those collapse.
  private func follow(
    _ ascents: [MixtureAscent], over points: BlockedRows, iterations: Int, monitor: Monitor
  ) throws -> [MixtureAscent] {
    var ascents = ascents
    var (next, honest) = (0, 0)
    let step = min(MixtureSearch.finalists, ascents.count)
    while next < ascents.count, honest < step, ascents[next].collapsed.isEmpty {
      try monitor.checkpoint("k = \(options.k), following the best starts")
      let batch = next..<min(ascents.count, next + step)
      let waiting = ascents
      let followed = try parallelMap(batch.count) { index in
        var ascent = waiting[batch.lowerBound + index]
        guard ascent.collapsed.isEmpty else { return ascent }
        try ascent.climb(points, iterations: iterations, options: options, abandoning: true)
        return ascent
      }
      ascents.replaceSubrange(batch, with: followed)
      honest += followed.count { $0.collapsed.isEmpty }
      next = batch.upperBound
    }
    if honest == 0 {
      // Every start collapses: the floor decides, and the model says so.
      ascents = ranked(ascents)
      let waiting = ascents
      ascents =
        try parallelMap(min(step, ascents.count)) { index in
          var ascent = waiting[index]
          try ascent.climb(points, iterations: iterations, options: options)
          return ascent
        } + waiting.dropFirst(step)
    }
    return ranked(ascents)
  }

  /// The best few go some way over all rows, the best of those to the end. Ascents that ended equally high on the
  /// sample ended at the same place; what is a little lower there may be higher here.
  private func extend(_ ascents: [MixtureAscent], monitor: Monitor) throws -> MixtureAscent {
    let all = BlockedRows(
      points, center: standardization.center, scale: standardization.scale, weights: weights)
    let nearby = 1e-5 * Double(MixtureSearch.sampleSize)
    var chosen = [ascents[0]]
    for ascent in ascents.dropFirst() where chosen.count < MixtureSearch.largeFinalists {
      let isNew = ascent.logLikelihood < chosen.last!.logLikelihood - nearby
      if isNew, ascent.collapsed.isEmpty { chosen.append(ascent) }
    }
    func goOn(_ ascent: MixtureAscent, iterations: Int) throws -> MixtureAscent {
      var ascent = ascent
      try ascent.leap(all, iterations: iterations, options: options, monitor: monitor)
      return ascent
    }
    var extended = chosen.map { MixtureAscent(from: $0.parameters) }
    if extended.count > 1 {
      extended = ranked(try extended.map { try goOn($0, iterations: MixtureSearch.largeTrial) })
    }
    for index in extended.indices {
      if !extended[index].isConverged {
        extended[index] = try goOn(extended[index], iterations: options.maxIterations)
      }
      extended[index].settle(all)
      // The next one only where this one collapsed on the way.
      if extended[index].collapsed.isEmpty { return extended[index] }
    }
    return ranked(extended)[0]
  }

  /// Honest ones first, then by likelihood; ties to the earliest.
  private func ranked(_ ascents: [MixtureAscent]) -> [MixtureAscent] {
    let order = ascents.indices.sorted { a, b in
      let (x, y) = (ascents[a], ascents[b])
      if x.collapsed.isEmpty != y.collapsed.isEmpty { return x.collapsed.isEmpty }
      return x.logLikelihood != y.logLikelihood ? x.logLikelihood > y.logLikelihood : a < b
    }
    return order.map { ascents[$0] }
  }
}
