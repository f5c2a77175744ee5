import SegueClustering
import SegueCore
import SegueNumerics
import Testing

@Suite("k-prototypes says what is wrong with its input")
struct PrototypeInputTests {
  private func codes(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let error as SegueError {
      return error.diagnostics.map(\.code)
    } catch {
      return ["unexpected \(error)"]
    }
  }

  private func codes(_ rows: [[Double]], _ categories: [[String?]] = [], k: Int = 2) -> [String] {
    codes { _ = try prototypes(MixedTable(rows, categories), k: k) }
  }

  @Test("infinity and numbers too large to square are named by row and column")
  func numbers() {
    #expect(codes([[1], [.infinity], [3]]) == ["mixed.infinite"])
    #expect(codes([[1], [-.infinity], [3]]) == ["mixed.infinite"])
    #expect(codes([[1], [1e200], [3]]) == ["mixed.magnitude"])
    let error = #expect(throws: SegueError.self) { try MixedTable([[1, 2], [3, .infinity]]) }
    #expect(error?.diagnostics.first?.message == "row 2, column \"x1\" is infinite")
  }

  @Test("a table whose parts do not fit is refused with every offence")
  func table() {
    let error = #expect(throws: SegueError.self) {
      try MixedTable(
        numbers: Matrix(rows: [[1], [2]]), numberNames: ["a"],
        categories: [
          CategoricalColumn(name: "a", levels: ["x"], codes: [0, 0]),
          CategoricalColumn(name: "b", levels: ["x", "x"], codes: [0, 1]),
          CategoricalColumn(name: "c", levels: ["x"], codes: [0, 1]),
          CategoricalColumn(name: "d", levels: ["x"], codes: [0]),
          CategoricalColumn(name: "e", levels: ["x"], codes: [0, -2]),
        ])
    }
    #expect(
      error?.diagnostics.map(\.code)
        == ["mixed.names", "mixed.levels", "mixed.code", "mixed.rows", "mixed.code"])
    #expect(
      codes {
        _ = try MixedTable(numbers: Matrix(rows: [[1], [2]]), numberNames: [], categories: [])
      } == ["mixed.names"])
  }

  @Test("no row, one row and no column are refused")
  func nothing() {
    #expect(codes([]) == ["kprototypes.columns"])
    #expect(codes([], [[]]) == ["kprototypes.rows"])
    #expect(codes([[1]], [["a"]]) == ["kprototypes.rows"])
    #expect(codes([[], [], []]) == ["kprototypes.columns"])
  }

  @Test("a number of clusters that does not fit says what to choose", arguments: [-1, 0, 1, 4])
  func clusters(k: Int) {
    let error = #expect(throws: SegueError.self) { try prototypes(MixedTable([[1], [2], [3]]), k: k) }
    #expect(error?.diagnostics.map(\.code) == ["kprototypes.k"])
    #expect(error?.diagnostics.first?.hint == "choose k between 2 and 3")
    #expect(error?.exitCode == 64)
  }

  @Test("rows that cannot be told apart are counted")
  func distinct() {
    #expect(codes([[4], [4], [4]], [["a", "a", "a"]]) == ["kprototypes.distinct"])
    let error = #expect(throws: SegueError.self) {
      try prototypes(MixedTable([[1], [1], [2], [1], [2]], [["a", "b", "a", "a", "a"]]), k: 4)
    }
    #expect(error?.diagnostics.first?.message == "only 3 groups of rows can be told apart, for k = 4")
    #expect(error?.diagnostics.first?.hint == "choose k between 2 and 3")
    // Gamma 0 leaves categories out of account, and a gap is like anything.
    #expect(
      codes { _ = try prototypes(MixedTable([[1], [1], [1]], [["a", "b", "c"]]), k: 2, gamma: 0) }
        == ["kprototypes.distinct"])
    #expect(codes([[1, .nan], [1, 2], [.nan, 2]]) == ["kprototypes.distinct"])
  }

  @Test("as many clusters as distinct rows leave nothing over")
  func everyRowItsOwn() throws {
    let model = try prototypes(
      MixedTable([[0], [0], [3], [3], [7]], [["a", "b", "a", "a", "a"]]), k: 4)
    #expect(model.cost == 0)
    #expect(model.sizes == [2, 1, 1, 1])
    #expect(model.labels[2] == 0 && model.labels[3] == 0)
  }

  @Test("a column without any value is left out with a remark, a row without any is refused")
  func missing() throws {
    let model = try prototypes(
      MixedTable([[1, .nan], [2, .nan], [9, .nan]], [[nil, nil, nil], ["a", nil, "b"]]), k: 2)
    #expect(model.numberNames == ["x0"] && model.modes.map(\.name) == ["c1"])
    #expect(model.remarks.map(\.code) == ["kprototypes.empty", "kprototypes.empty", "kprototypes.missing"])
    #expect(model.labels[0] == model.labels[1])
    #expect(codes([[.nan], [.nan], [.nan]], [[nil, nil, nil]]).last == "kprototypes.columns")
    let error = #expect(throws: SegueError.self) {
      try prototypes(MixedTable([[1], [.nan], [3]], [["a", nil, "b"]]), k: 2)
    }
    #expect(error?.diagnostics.map(\.code) == ["kprototypes.emptyRow"])
    #expect(error?.diagnostics.first?.message.hasPrefix("row 2 has no value") == true)
    #expect(throws: SegueError.self) { try model.nearest(to: MixedTable([[.nan]], [[nil], [nil]])) }
  }

  @Test("a column of ids is left out with a warning")
  func ids() throws {
    let ids: [String?] = (0..<200).map { "customer \($0)" }
    let model = try prototypes(
      MixedTable((0..<200).map { [Double($0 % 2)] }, [(0..<200).map { $0 % 2 == 0 ? "a" : "b" }, ids]), k: 2)
    #expect(model.modes.map(\.name) == ["c0"])
    #expect(model.remarks.map(\.code) == ["kprototypes.id"])
    #expect(model.cost == 0)
  }

  @Test("one level only, and a number that does not vary, change nothing")
  func constant() throws {
    let rows = (0..<40).map { [Double($0 / 20) * 5 + Double($0 % 3)] }
    let plain = try prototypes(MixedTable(rows), k: 2)
    let more = try prototypes(MixedTable(rows.map { $0 + [7] }, [rows.map { _ in "same" }]), k: 2)
    #expect(more.labels == plain.labels)
    #expect((more.cost - plain.cost).magnitude < 1e-9)
    #expect(more.columnShares.map(\.share) == [1, 0, 0])
  }

  @Test("all offences of the options are reported together")
  func options() throws {
    var options = KPrototypesOptions()
    (options.restarts, options.swaps, options.maxIterations, options.gamma) = (0, -1, 0, .nan)
    let error = #expect(throws: SegueError.self) {
      try KPrototypes(options).fit(MixedTable((0..<9).map { [Double($0)] }))
    }
    #expect(
      error?.diagnostics.map(\.code) == [
        "kprototypes.gamma", "kprototypes.restarts", "kprototypes.swaps", "kprototypes.maxIterations",
      ])
  }

  @Test(
    "weights must be positive and one to a row",
    arguments: [[1, 1], [1, 0, 1], [1, -1, 1], [1, .nan, 1], [1, .infinity, 1], [1, 1e-9, 1]])
  func weights(weights: [Double]) {
    #expect(
      codes { _ = try prototypes(MixedTable([[1], [2], [3]]), k: 2, weights: weights) }
        == ["kprototypes.weights"])
  }

  @Test("a model says which column a table lacks")
  func columns() throws {
    let model = try prototypes(MixedTable([[1], [2], [3]], [["a", "b", "b"]]), k: 2)
    let error = #expect(throws: SegueError.self) { try model.nearest(to: MixedTable([[1], [2]])) }
    #expect(error?.diagnostics.map(\.message) == ["the table lacks the column \"c0\""])
  }

  @Test(
    "whatever comes is refused or gives finite results that belong together",
    arguments: (0..<300).map { Seed($0) })
  func hostile(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let (n, p, q) = (2 + generator.index(below: 30), generator.index(below: 3), generator.index(below: 4))
    let gaps = [0, 0.1, 0.5][generator.index(below: 3)]
    let scale = [1, 1e-120, 1e139, 1e6][generator.index(below: 4)]
    let isCoarse = generator.index(below: 2) == 0
    let numbers = Matrix(
      rowCount: n, columnCount: p,
      elements: (0..<n * p).map { _ in
        if generator.unit() < gaps { return .nan }
        return (isCoarse ? Double(generator.index(below: 3)) : generator.normal()) * scale
      })
    let categories = (0..<q).map { column in
      CategoricalColumn(
        name: "c\(column)",
        values: (0..<n).map { _ in generator.unit() < gaps ? nil : "\(generator.index(below: 1 + 2 * column))"
        })
    }
    let weights = (0..<n).map { _ in [1e-3, 0.3, 1, 7, 1e6][generator.index(below: 5)] }
    let table = try MixedTable(
      numbers: numbers, numberNames: (0..<p).map { "x\($0)" }, categories: categories)
    var options = KPrototypesOptions()
    (options.k, options.restarts, options.swaps) = (2 + generator.index(below: 5), 2, 3)
    options.gamma = [nil, 0, 0.5, 1e140][generator.index(below: 4)]
    let isWeighted = generator.index(below: 2) == 0
    do {
      let model = try KPrototypes(options, seed: seed).fit(table, weights: isWeighted ? weights : nil)
      let naive = naiveCost(
        table, labels: model.labels, gamma: model.gamma.value, weights: isWeighted ? weights : nil)
      let total = model.columnShares.reduce(0) { $0 + $1.total }
      #expect((model.cost - naive).magnitude <= 1e-9 * total)
      #expect(model.means.firstNonFinite == nil && model.sizes.min()! > 0)
      #expect(try model.nearest(to: table).costs.allSatisfy(\.isFinite))
      #expect(try MixedSilhouette(table, model: model).mean.magnitude <= 1)
      for (earlier, later) in zip(model.costHistory, model.costHistory.dropFirst()) {
        #expect(later <= earlier * (1 + 1e-12) + 1e-12 * total)
      }
    } catch let error as SegueError {
      #expect(error.kind == .data || error.kind == .usage)
    }
  }
}
