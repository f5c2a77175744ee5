/// A ranking laid out for counting: customers and movers by falling score, in runs of one group.
struct RankedCustomers: Sendable {
  /// Groups by falling score; those of equal score follow each other.
  let groups: [Int32]
  let scores: [Double]
  /// Customers by run, and where each run ends.
  private let customers: [Int32]
  private let ends: [Int]
  /// The same of movers.
  private let movers: [Int32]
  private let moverEnds: [Int]

  /// - Complexity: O(n + g log g) for g groups.
  init(_ ranking: Ranking, _ all: Movers) {
    let count = ranking.scores.count
    groups = (0..<Int32(count)).sorted {
      (ranking.scores[Int($1)], $0) < (ranking.scores[Int($0)], $1)
    }
    scores = groups.map { ranking.scores[Int($0)] }
    var runOf = [Int](repeating: 0, count: count)
    for (run, group) in groups.enumerated() { runOf[Int(group)] = run }
    (customers, ends) = RankedCustomers.sorted(ranking.groups.indices, count) {
      runOf[Int(ranking.groups[$0])]
    }
    (movers, moverEnds) = RankedCustomers.sorted(all.customers.indices, count) {
      runOf[Int(ranking.groups[Int(all.customers[$0])])]
    }
  }

  /// A counting sort: within a run by index, so that memory is walked upwards.
  private static func sorted(
    _ indices: Range<Int>, _ runs: Int, _ runOf: (Int) -> Int
  ) -> (sorted: [Int32], ends: [Int]) {
    var places = [Int](repeating: 0, count: runs)
    for index in indices { places[runOf(index)] += 1 }
    var sum = 0
    for run in places.indices {
      sum += places[run]
      places[run] = sum - places[run]
    }
    var sorted = [Int32](repeating: 0, count: indices.count)
    for index in indices {
      let run = runOf(index)
      sorted[places[run]] = Int32(index)
      places[run] += 1
    }
    return (sorted, places)
  }

  /// What the customers of each run weigh and did, from the highest score down.
  ///
  /// - Complexity: O(n).
  func forEachRun(
    _ resample: borrowing Resample, _ body: (_ run: Int, _ weight: Double, _ sum: Resample.Figures) -> Void
  ) {
    var (start, moverStart) = (0, 0)
    for run in groups.indices {
      var weight = 0
      for customer in customers[start..<ends[run]] { weight &+= Int(resample.counts[Int(customer)]) }
      var sum = Resample.Figures.zero
      for mover in movers[moverStart..<moverEnds[run]] { sum += resample.figures[Int(mover)] }
      body(run, Double(weight), sum)
      (start, moverStart) = (ends[run], moverEnds[run])
    }
  }
}
