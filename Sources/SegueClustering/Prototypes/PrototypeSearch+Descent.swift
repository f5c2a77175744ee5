internal import SegueCore
internal import SegueNumerics

extension PrototypeSearch {
  func assign(_ partition: PrototypePartition) -> [PrototypeAssignment] {
    let table = partition.table(points, gamma: gamma)
    return points.chunks.parallelMap { assignToPrototypes($0, of: points, table: table) }
  }

  /// Assigns rows and finds prototypes in turn until no label changes.
  ///
  /// - Parameter goal: given up when the cost would miss it even after 8 more steps like the last.
  func iterate(
    from start: PrototypePartition, toReach goal: Double = .infinity, monitor: Monitor
  ) throws -> PrototypePartition {
    var partition = start
    let report = points.chunks.count > 1
    for iteration in 0..<options.maxIterations {
      if report { try monitor.checkpoint("k = \(k), iteration \(iteration + 1)") }
      let partials = assign(partition)
      let labels = partials.count == 1 ? partials[0].labels : Array(partials.map(\.labels).joined())
      let cost = partials.reduce(0) { $0 + $1.cost }
      let earlier = partition.cost
      partition.cost = cost
      partition.history.append(cost)
      if labels == partition.labels { break }
      partition.relabel(labels, in: points)
      partition.setMeans(partials.map(\.sums))
      repairEmptyClusters(&partition, distances: partials)
      if earlier.isFinite, cost - 8 * (earlier - cost) > goal { break }
    }
    return partition
  }

  /// Gives each empty cluster the row that costs most, unless no row costs anything.
  private func repairEmptyClusters(
    _ partition: inout PrototypePartition, distances partials: [PrototypeAssignment]
  ) {
    guard partition.members.contains(0) else { return }
    var costs = zip(partials.flatMap(\.distances), points.weights).map { $0 * $1 }
    for j in 0..<k where partition.members[j] == 0 {
      var (dearest, highest) = (-1, 0.0)
      for (row, cost) in costs.enumerated()
      where cost > highest && partition.members[Int(partition.labels[row])] > 1 {
        (dearest, highest) = (row, cost)
      }
      guard dearest >= 0 else { return }
      partition.move(dearest, to: j, in: points)
      costs[dearest] = 0
    }
  }

  /// Moves single rows while that lowers the cost, and leaves prototypes and cost exact.
  ///
  /// Each pass finds, in parallel, every row whose move would pay if it were alone, and then tries
  /// those in order against the clusters as they stand. No row found means none can be moved.
  func polish(_ partition: inout PrototypePartition, monitor: Monitor) throws {
    for _ in 0..<options.maxIterations {
      try monitor.checkpoint("k = \(k), last moves")
      let candidates = refresh(&partition)
      var moved = false
      for row in candidates {
        if let target = improvement(of: row, in: partition) {
          partition.move(row, to: target, in: points)
          moved = true
        }
      }
      guard moved else { return }
    }
    _ = refresh(&partition)
  }

  /// Prototypes and cost from the labels alone, so that nothing incremental lingers, and the rows
  /// whose move would lower the cost.
  private func refresh(_ partition: inout PrototypePartition) -> [Int] {
    let labels = partition.labels
    partition.relabel(labels, in: points, fromScratch: true)
    partition.setMeans(
      points.chunks.parallelMap { prototypeSums($0, of: points, labels: labels, clusterCount: k) })
    let table = partition.moveTable(points, gamma: gamma)
    let members = partition.members
    let partials = points.chunks.parallelMap { rows in
      improvingPrototypeMoves(rows, of: points, labels: labels, members: members, table: table)
    }
    partition.cost = partials.reduce(0) { $0 + $1.numericCost } + gamma * partition.mismatches
    partition.history.append(partition.cost)
    return Array(partials.map(\.rows).joined())
  }

  /// The cluster a row should move to as the clusters stand, nil if it should stay.
  private func improvement(of row: Int, in partition: PrototypePartition) -> Int? {
    let home = Int(partition.labels[row])
    guard partition.members[home] > 1 else { return nil }
    let (p, q, weight) = (points.numberCount, points.categoryCount, points.weights[row])
    var saved = 0.0
    for column in 0..<p {
      let difference = points.numbers[row * p + column] - partition.means[home * p + column]
      if difference.isNaN { continue }
      saved +=
        PrototypeMoves.leaving(partition.observed[home * p + column], weight) * (difference * difference)
    }
    for column in 0..<q {
      let level = Int(points.levels[row * q + column])
      guard level < points.levelCount else { continue }
      let (top, second) = (partition.tops[home * q + column], partition.seconds[home * q + column])
      let lead = partition.histograms[home * points.levelCount + level] == top ? top - second : 0
      saved += gamma * (weight - min(weight, lead))
    }
    var (cheapest, target) = (saved * PrototypeMoves.worthwhile, home)
    for j in 0..<k where j != home {
      var cost = 0.0
      for column in 0..<p {
        let difference = points.numbers[row * p + column] - partition.means[j * p + column]
        if difference.isNaN { continue }
        cost +=
          PrototypeMoves.entering(partition.observed[j * p + column], weight) * (difference * difference)
      }
      for column in 0..<q {
        let level = Int(points.levels[row * q + column])
        guard level < points.levelCount else { continue }
        let deficit = partition.tops[j * q + column] - partition.histograms[j * points.levelCount + level]
        cost += gamma * min(weight, deficit)
      }
      if cost < cheapest { (cheapest, target) = (cost, j) }
    }
    return target == home ? nil : target
  }

  /// Clusters numbered by falling weight, every row with its cheapest prototype (ties to the lowest
  /// number), and no row whose move would pay.
  ///
  /// Categories tie often, and a row that ties may sit with either prototype. Assigning once more
  /// with the final numbers makes labels what ``PrototypeModel/nearest(to:)`` gives; numbers can
  /// change by that, so it is repeated, but not for ever.
  func settled(_ partition: PrototypePartition, monitor: Monitor) throws -> PrototypePartition {
    var partition = partition
    for _ in 0..<20 {
      let before = partition.labels
      partition = numbered(partition)
      var next = try iterate(from: partition, monitor: monitor)
      try polish(&next, monitor: monitor)
      partition = next
      if partition.labels == before { break }
    }
    return numbered(partition)
  }

  /// By falling weight; equal weights by their first row, and rows stand in an order of their own.
  private func numbered(_ partition: PrototypePartition) -> PrototypePartition {
    var weights = [Double](repeating: 0, count: k)
    var firsts = [Int](repeating: .max, count: k)
    for (row, label) in partition.labels.enumerated() {
      weights[Int(label)] += points.weights[row]
      firsts[Int(label)] = min(firsts[Int(label)], row)
    }
    let order = (0..<k).sorted { a, b in
      weights[a] != weights[b] ? weights[a] > weights[b] : firsts[a] < firsts[b]
    }
    var number = [Int32](repeating: 0, count: k)
    for (new, old) in order.enumerated() { number[old] = Int32(new) }
    var result = partition
    result.relabel(partition.labels.map { number[Int($0)] }, in: points, fromScratch: true)
    let p = partition.numberCount
    result.means = order.flatMap { partition.means[$0 * p..<($0 + 1) * p] }
    result.observed = order.flatMap { partition.observed[$0 * p..<($0 + 1) * p] }
    return result
  }
}
