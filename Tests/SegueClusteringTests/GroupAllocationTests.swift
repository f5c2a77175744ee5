import SegueClustering
import SegueCore
import Testing

@Suite("Sharing clusters out over groups")
struct GroupAllocationTests {
  @Test("the allocation is that of brute force", arguments: (0..<60).map { Seed($0) })
  func bruteForce(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let inertias = (0..<(1 + generator.index(below: 4))).map { _ in
      // Neither convex nor even falling: the rule asks for no shape.
      (0..<(1 + generator.index(below: 6))).map { _ in Double(generator.index(below: 20)) }
    }
    let most = inertias.reduce(0) { $0 + $1.count }
    for total in 0...(most + 1) {
      let found = GroupAllocation.smallestInertia(inertias, total: total)
      guard (inertias.count...most).contains(total) else {
        #expect(found == nil)
        continue
      }
      let allocation = found ?? []
      #expect(allocation.count == inertias.count && allocation.reduce(0, +) == total)
      #expect(zip(allocation, inertias).allSatisfy { (1...$1.count).contains($0) })
      let cost = zip(allocation, inertias).reduce(0) { $0 + $1.1[$1.0 - 1] }
      #expect(cost == least(inertias[...], total))
    }
  }

  private func least(_ inertias: ArraySlice<[Double]>, _ total: Int) -> Double {
    guard let first = inertias.first else { return total == 0 ? 0 : .infinity }
    return first.indices.reduce(Double.infinity) { best, index in
      min(best, first[index] + least(inertias.dropFirst(), total - index - 1))
    }
  }

  @Test("earlier groups get more among equals")
  func ties() {
    #expect(GroupAllocation.smallestInertia([[2, 1, 0], [2, 1, 0]], total: 4) == [3, 1])
    #expect(GroupAllocation.smallestInertia([], total: 0) == [])
    #expect(GroupAllocation.smallestInertia([[1], [1]], total: 1) == nil)
  }
}
