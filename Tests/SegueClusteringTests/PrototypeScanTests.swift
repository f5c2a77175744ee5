import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Choosing the number of prototypes")
struct PrototypeScanTests {
  private func naiveSilhouette(_ table: MixedTable, _ model: PrototypeModel) -> Double {
    func distance(_ a: Int, _ b: Int) -> Double? {
      var (sum, shared) = (0.0, 0)
      for column in 0..<table.numbers.columnCount {
        let difference = table.numbers[a, column] - table.numbers[b, column]
        if difference.isNaN { continue }
        sum += difference * difference
        shared += 1
      }
      for category in table.categories where category.codes[a] >= 0 && category.codes[b] >= 0 {
        if category.codes[a] != category.codes[b] { sum += model.gamma.value }
        shared += 1
      }
      return shared == 0 ? nil : (sum * Double(table.columnCount) / Double(shared)).squareRoot()
    }
    let values = (0..<table.rowCount).map { row -> Double in
      let means = (0..<Int32(model.k)).map { j -> Double in
        let known = (0..<table.rowCount).filter { model.labels[$0] == j && $0 != row }
          .compactMap { distance(row, $0) }
        return known.isEmpty ? .infinity : known.reduce(0, +) / Double(known.count)
      }
      let own = Int(model.labels[row])
      let outside = means.indices.filter { $0 != own }.map { means[$0] }.min()!
      return means[own].isInfinite ? 0 : (outside - means[own]) / max(outside, means[own])
    }
    return values.reduce(0, +) / Double(values.count)
  }

  @Test(
    "silhouettes equal the definition, with gaps and without", arguments: [0, 0.3], (0..<4).map { Seed($0) })
  func silhouettes(gaps: Double, seed: Seed) throws {
    let table = try MixedBlobs(rows: 80, separation: 2, gaps: gaps, seed: seed).table
    let model = try prototypes(table, k: 4)
    let silhouette = try MixedSilhouette(table, model: model)
    #expect((silhouette.mean - naiveSilhouette(table, model)).magnitude < 1e-12)
    #expect(silhouette.rowCount == 80 && !silhouette.isSampled)
  }

  @Test("without categories they are the silhouettes of numbers")
  func numbers() throws {
    let points = Blobs(rows: 200, columns: 3, centers: 4, separation: 4, seed: Seed(3)).points
    let table = try MixedTable(numbers: points, numberNames: ["a", "b", "c"], categories: [])
    let model = try prototypes(table, k: 4)
    let plain = Silhouette(points, labels: model.labels, clusterCount: 4)
    #expect((try MixedSilhouette(table, model: model).mean - plain.mean).magnitude < 1e-12)
  }

  @Test("a sampled silhouette says so and is near the exact one")
  func sampled() throws {
    let table = try MixedBlobs(rows: 3_000, seed: Seed(2)).table
    let model = try prototypes(table, k: 4)
    let exact = try MixedSilhouette(table, model: model)
    let sample = try MixedSilhouette(table, model: model, limit: 800)
    #expect(sample.isSampled && sample.rowCount == 800)
    #expect((sample.mean - exact.mean).magnitude < 0.02)
  }

  @Test("the planted number of clusters is found, and why is said", arguments: [3, 4, 5])
  func planted(centers: Int) throws {
    let table = try MixedBlobs(
      rows: 300, centers: centers, separation: 6, purity: 0.9, seed: Seed(UInt64(centers))
    ).table
    var options = PrototypeScanOptions()
    options.range = 2...7
    let scan = try PrototypeScan(table, options: options)
    #expect(scan.candidates.map(\.k) == Array(2...7))
    #expect(scan.choice.k == centers && scan.choice.isStable, "\(scan.choice.reason)")
    #expect(scan.choice.reason.hasPrefix("\(centers) clusters all come back when the rows are drawn anew"))
    #expect(scan.choice.runnerUp != centers)
    #expect(zip(scan.candidates, scan.candidates.dropFirst()).allSatisfy { $0.model.cost > $1.model.cost })
  }

  @Test("rows without any pattern are not called stable")
  func noise() throws {
    let table = try MixedBlobs(rows: 200, centers: 1, purity: 0, seed: Seed(4)).table
    var options = PrototypeScanOptions()
    options.range = 4...6
    let choice = try PrototypeScan(table, options: options).choice
    #expect(!choice.isStable)
    #expect(choice.reason.hasPrefix("No number of clusters comes back whole"))
  }

  @Test("a scan is cut to what the rows allow and is the same on one thread and on two")
  func cutAndThreads() throws {
    let table = try MixedTable((0..<60).map { [Double($0 % 2)] }, [(0..<60).map { $0 % 4 < 2 ? "a" : "b" }])
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try PrototypeScan(table)
    Threads.count = 2
    #expect(try PrototypeScan(table) == one)
    #expect(one.candidates.map(\.k) == [2, 3, 4])
    #expect(one[4]?.model.cost == 0 && one[4]?.silhouette.mean == 1)
  }

  @Test("bad input is refused with a diagnostic")
  func badInput() throws {
    var options = PrototypeScanOptions()
    options.range = 1...4
    let table = try MixedTable([[1], [2], [3]])
    let error = #expect(throws: SegueError.self) { try PrototypeScan(table, options: options) }
    #expect(error?.diagnostics.map(\.code) == ["scan.range"])
    let model = try prototypes(table, k: 2)
    #expect(throws: SegueError.self) { try MixedSilhouette(MixedTable([[1], [2]]), model: model) }
  }
}
