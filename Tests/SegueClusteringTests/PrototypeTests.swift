import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("k-prototypes")
struct PrototypeTests {
  @Test("planted clusters of numbers and categories are found", arguments: (0..<5).map { Seed($0) })
  func planted(seed: Seed) throws {
    let blobs = try MixedBlobs(rows: 400, separation: 4, seed: seed)
    let model = try prototypes(blobs.table, k: 4, seed: seed)
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.95)
    #expect(model.sizes.reduce(0, +) == 400)
    #expect(zip(model.sizes, model.sizes.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test(
    "cost, prototypes and labels belong together, with gaps and without", arguments: [0, 0.2],
    (0..<8).map { Seed($0) })
  func consistency(gaps: Double, seed: Seed) throws {
    let table = try MixedBlobs(rows: 150, separation: 1, gaps: gaps, seed: seed).table
    let model = try prototypes(table, k: 5, seed: seed)
    let naive = naiveCost(table, labels: model.labels, gamma: model.gamma.value)
    #expect((model.cost / naive - 1).magnitude < 1e-11)
    #expect((model.numericCost + model.categoricalCost - model.cost).magnitude < 1e-9)
    for row in 0..<150 {
      let costs = naiveCosts(table, row: row, model: model)
      #expect(costs[Int(model.labels[row])] <= costs.min()! + 1e-9)
    }
    let (labels, costs) = try model.nearest(to: table)
    #expect(labels == model.labels)
    for row in 0..<150 {
      #expect((costs[row] - naiveCosts(table, row: row, model: model).min()!).magnitude < 1e-9)
    }
    for j in 0..<5 {
      let rows = model.labels.indices.filter { model.labels[$0] == Int32(j) }
      for column in 0..<3 {
        let values = rows.map { table.numbers[$0, column] }.filter { !$0.isNaN }
        #expect((model.means[j, column] - values.reduce(0, +) / Double(values.count)).magnitude < 1e-10)
        let codes = rows.map { table.categories[column].codes[$0] }.filter { $0 >= 0 }
        let highest = (0..<6).map { code in codes.count { $0 == Int32(code) } }.max()!
        #expect(codes.count { $0 == model.modes[column].codes[j] } == highest)
      }
    }
  }

  @Test("no row can change cluster and lower the cost", arguments: [0, 0.2], (0..<4).map { Seed($0) })
  func optimum(gaps: Double, seed: Seed) throws {
    let table = try MixedBlobs(rows: 60, separation: 1, gaps: gaps, seed: seed).table
    let model = try prototypes(table, k: 3, seed: seed)
    for row in 0..<60 where model.sizes[Int(model.labels[row])] > 1 {
      for target in 0..<Int32(3) {
        var moved = model.labels
        moved[row] = target
        #expect(naiveCost(table, labels: moved, gamma: model.gamma.value) > model.cost * (1 - 1e-9))
      }
    }
  }

  @Test("a step never raises the cost", arguments: [0, 0.15], (0..<15).map { Seed($0) })
  func costNeverRises(gaps: Double, seed: Seed) throws {
    let table = try MixedBlobs(rows: 300, separation: 1, gaps: gaps, seed: seed).table
    let model = try prototypes(table, k: 7, seed: seed)
    for (earlier, later) in zip(model.costHistory, model.costHistory.dropFirst()) {
      #expect(later <= earlier * (1 + 1e-12))
    }
    #expect(model.iterations == model.costHistory.count)
  }

  @Test("all partitions of few rows are no better", arguments: (0..<12).map { Seed($0) })
  func exhaustive(seed: Seed) throws {
    let table = try MixedBlobs(
      rows: 8, numbers: 1, categories: 2, centers: 3, separation: 1, gaps: 0.1, seed: seed
    ).table
    let model = try prototypes(table, k: 3, gamma: 0.7, seed: seed)
    var least = Double.infinity
    for code in 0..<6561 {
      var rest = code
      let labels = (0..<8).map { _ -> Int32 in
        defer { rest /= 3 }
        return Int32(rest % 3)
      }
      if Set(labels).count == 3 { least = min(least, naiveCost(table, labels: labels, gamma: 0.7)) }
    }
    #expect((model.cost - least).magnitude < 1e-9, "\(model.cost) instead of \(least)")
  }

  @Test("with gamma 0 it is k-means on the numbers", arguments: (0..<5).map { Seed($0) })
  func kMeans(seed: Seed) throws {
    let table = try MixedBlobs(rows: 300, separation: 5, seed: seed).table
    let mixed = try prototypes(table, k: 4, gamma: 0)
    let means = try fit(table.numbers, k: 4)
    #expect((mixed.cost / means.inertia - 1).magnitude < 1e-9)
    #expect(adjustedRandIndex(mixed.labels, means.labels) == 1)
    #expect(mixed.categoricalCost == 0)
    #expect(mixed.columnShares[3...].allSatisfy { $0.share == 0 })
  }

  @Test("without numbers it is k-modes, and the cost counts mismatches", arguments: (0..<5).map { Seed($0) })
  func kModes(seed: Seed) throws {
    let table = try MixedBlobs(rows: 300, numbers: 0, categories: 6, seed: seed).table
    let model = try prototypes(table, k: 4, seed: seed)
    #expect(model.gamma.value == 1)
    #expect(model.cost == naiveCost(table, labels: model.labels, gamma: 1))
    #expect(model.cost == model.cost.rounded())
    #expect(model.means.columnCount == 0)
  }

  @Test("equal rows share a label, and rows that come twice weigh twice", arguments: (0..<5).map { Seed($0) })
  func weights(seed: Seed) throws {
    let table = try MixedBlobs(rows: 120, separation: 2, gaps: 0.1, seed: seed).table
    let times = (0..<120).map { 1 + $0 % 3 }
    let repeated = (0..<120).flatMap { [Int](repeating: $0, count: times[$0]) }
    let twice = try prototypes(table.selecting(rows: repeated), k: 4)
    let weighted = try prototypes(table, k: 4, weights: times.map(Double.init))
    #expect(twice.labels == repeated.map { weighted.labels[$0] })
    #expect((twice.cost - weighted.cost).magnitude < 1e-9 * twice.cost)
    #expect(
      (weighted.cost
        / naiveCost(
          table, labels: weighted.labels, gamma: weighted.gamma.value, weights: times.map(Double.init)) - 1)
        .magnitude < 1e-11)
  }

  @Test(
    "neither the order of rows nor the codes of categories change anything",
    arguments: (0..<5).map { Seed($0) })
  func permutations(seed: Seed) throws {
    // Few levels and one coarse number, so that ties abound.
    let blobs = try MixedBlobs(rows: 300, numbers: 1, categories: 4, separation: 1, gaps: 0.1, seed: seed)
      .table
    var numbers = blobs.numbers
    for index in numbers.elements.indices { numbers.elements[index] = numbers.elements[index].rounded() }
    let table = try MixedTable(numbers: numbers, numberNames: blobs.numberNames, categories: blobs.categories)
    let plain = try prototypes(table, k: 5)
    var generator = seed.generator(for: .testData, index: 2)
    let order = (0..<300).map { ($0, generator.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
    let shuffled = try prototypes(table.selecting(rows: order), k: 5)
    #expect(shuffled.labels == order.map { plain.labels[$0] })
    #expect(shuffled.means == plain.means && shuffled.cost == plain.cost)
    let recoded = try MixedTable(
      numbers: numbers, numberNames: table.numberNames,
      categories: table.categories.map { column in
        let last = Int32(column.levels.count - 1)
        return CategoricalColumn(
          name: column.name, levels: column.levels.reversed(),
          codes: column.codes.map { $0 < 0 ? -1 : last - $0 })
      })
    let other = try prototypes(recoded, k: 5)
    #expect(other.labels == plain.labels && other.means == plain.means && other.cost == plain.cost)
    #expect(other.modes.map(\.levels) == plain.modes.map(\.levels))
  }

  @Test("the same seed gives the same bits on one thread and on two")
  func threads() throws {
    let large = try MixedBlobs(rows: 40_000, separation: 1, gaps: 0.05, seed: Seed(1)).table
    let small = try MixedBlobs(rows: 300, separation: 1, gaps: 0.05, seed: Seed(2)).table
    var options = KPrototypesOptions()
    (options.k, options.restarts, options.maxIterations) = (6, 2, 15)
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try (KPrototypes(options).fit(large), prototypes(small, k: 6))
    Threads.count = 2
    let two = try (KPrototypes(options).fit(large), prototypes(small, k: 6))
    #expect(one.0 == two.0 && one.1 == two.1)
  }

  @Test("new rows go to the cheapest prototype; a level never seen is unlike every mode, a gap costs nothing")
  func newRows() throws {
    let table = try MixedTable([[0], [0.2], [10], [10.2]], [["a", "a", "b", "b"]])
    let model = try prototypes(table, k: 2, gamma: 4)
    let new = try MixedTable([[0.1], [9], [.nan], [0.1]], [["z", "b", "b", nil]])
    let (labels, costs) = try model.nearest(to: new)
    let (a, b) = (model.labels[0], model.labels[2])
    #expect(labels == [a, b, b, a])
    for (cost, expected) in zip(costs, [4, 1.21, 0, 0]) { #expect((cost - expected).magnitude < 1e-12) }
  }

  @Test("the columns that separate have the shares")
  func shares() throws {
    let rows = (0..<100).map { [Double($0 % 2) * 10, Double($0 / 2 % 5)] }
    let table = try MixedTable(
      rows, [(0..<100).map { $0 % 2 == 0 ? "even" : "odd" }, (0..<100).map { "\($0 / 2 % 5)" }])
    let model = try prototypes(table, k: 2)
    #expect(model.columnShares.map(\.name) == ["x0", "x1", "c0", "c1"])
    #expect((model.columnShares.reduce(0) { $0 + $1.share } - 1).magnitude < 1e-12)
    #expect(model.columnShares[1].share < 1e-9 && model.columnShares[3].share < 1e-9)
    // 2,500 around the mean of x0; half the rows miss the mode of c0.
    #expect((model.columnShares[0].explained - 2_500).magnitude < 1e-9)
    #expect((model.columnShares[2].explained - 50 * model.gamma.value).magnitude < 1e-9)
  }

  @Test("gamma is estimated by the rule it states")
  func gamma() throws {
    // Variance 1 and 4; a half and a quarter of the rows have not the most frequent level.
    let table = try MixedTable(
      [[-1, 2], [1, -2], [-1, -2], [1, 2]], [["a", "b", "b", "a"], ["a", "a", "a", "b"]])
    let gamma = try prototypes(table, k: 2).gamma
    #expect((gamma.value - 2.5 / 0.375).magnitude < 1e-12)
    #expect(gamma.isEstimated && gamma.reason.hasPrefix("A mismatch costs 6.67: "))
    let given = try prototypes(table, k: 2, gamma: 0.5).gamma
    #expect(given.value == 0.5 && !given.isEstimated)
  }

  @Test("a cancelled task stops the fit")
  func cancellation() async throws {
    let table = try MixedBlobs(rows: 100, seed: Seed(0)).table
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try prototypes(table, k: 3)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
