import SegueCore
import SegueNumerics
import Synchronization
import Testing

@Suite("Chunks and threads", .serialized)
struct ChunksTests {
  @Test("chunks cover every row once, in order", arguments: [0, 1, 16_383, 16_384, 16_385, 100_000])
  func cover(rows: Int) {
    let chunks = Chunks(rowCount: rows)
    #expect((0..<chunks.count).flatMap { Array(chunks[$0]) } == Array(0..<rows))
    #expect((0..<chunks.count).allSatisfy { chunks[$0].lowerBound % 8 == 0 })
  }

  @Test("results come in order on any number of threads", arguments: [1, 2, 3, 16])
  func order(threads: Int) {
    Threads.count = threads
    defer { Threads.count = 0 }
    #expect(parallelMap(1_000) { $0 * $0 } == (0..<1_000).map { $0 * $0 })
    #expect(Chunks(rowCount: 10, size: 4).parallelMap { $0 } == [0..<4, 4..<8, 8..<10])
  }

  @Test("the error of the lowest index is thrown")
  func failure() {
    struct Refusal: Error, Equatable { var index: Int }
    let error = #expect(throws: Refusal.self) {
      try parallelMap(100) { (index) throws(Refusal) in
        if index % 30 == 29 { throw Refusal(index: index) }
        return index
      }
    }
    #expect(error == Refusal(index: 29))
  }

  @Test("parallel work may be nested")
  func nested() {
    let sums = parallelMap(8) { outer in parallelMap(8) { outer * $0 }.reduce(0, +) }
    #expect(sums == (0..<8).map { $0 * 28 })
  }
}
