import SegueCore
import SegueFeatures
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Segments from run to run")
struct SegmentMatchingTests {
  /// Customers `a…` in blocks: how many were in which old segment (nil: not there) and are in which new one.
  private func sides(
    _ blocks: [(count: Int, old: Int?, new: Int?)], oldGroups: [Set<LifecycleGroups.Group>] = [],
    newGroups: [Set<LifecycleGroups.Group>] = []
  ) -> (old: SegmentMatching.Side, new: SegmentMatching.Side) {
    var (before, now): ([(String, Int32)], [(String, Int32)]) = ([], [])
    var number = 0
    for block in blocks {
      for _ in 0..<block.count {
        number += 1
        if let old = block.old { before.append(("c\(number)", Int32(old))) }
        if let new = block.new { now.append(("c\(number)", Int32(new))) }
      }
    }
    func side(_ rows: [(String, Int32)], _ groups: [Set<LifecycleGroups.Group>]) -> SegmentMatching.Side {
      SegmentMatching.Side(
        customers: rows.map(\.0), labels: rows.map(\.1), count: Int(rows.map(\.1).max() ?? -1) + 1,
        groups: groups)
    }
    return (side(before, oldGroups), side(now, newGroups))
  }

  private func segments(_ side: SegmentMatching.Side, _ names: String) -> [Segment] {
    (0..<side.count).map { position in
      Segment(
        id: position + 1, name: "\(names)\(position + 1)", tagline: "",
        customers: side.labels.count { $0 == position })
    }
  }

  private func changes(
    _ blocks: [(count: Int, old: Int?, new: Int?)], distances: [[Double]]? = nil
  ) -> (changes: [SegmentChange], migration: Migration) {
    let (old, new) = sides(blocks)
    let matching = SegmentMatching(old: old, new: new, distances: distances)
    let (before, now) = (segments(old, "A"), segments(new, "B"))
    let migration = Migration(matching, old: before, new: now)
    return (matching.changes(old: before, new: now, migration), migration)
  }

  @Test("a run compared with itself keeps everything")
  func itself() {
    let (old, _) = sides([(40, 0, 0), (25, 1, 1), (12, 2, 2)])
    let matching = SegmentMatching(old: old, new: old, distances: nil)
    #expect(matching.successors == [0, 1, 2] && matching.bases == [.customers, .customers, .customers])
    #expect(matching.left == [0, 0, 0] && matching.joined == [0, 0, 0])
    for segment in 0..<3 { #expect(matching.jaccard(segment, segment) == 1) }
    #expect(matching.heirs == [[], [], []])
  }

  @Test("kept, split, merged, gone and born are told apart, with their counts")
  func outcomes() {
    // A1 stays with losses, A2 splits, A3 and A4 merge, A5 leaves, B5 comes.
    let found = changes([
      (80, 0, 0), (20, 0, 1), (60, 1, 1), (45, 1, 2), (50, 2, 3), (40, 3, 3), (30, 4, nil), (25, nil, 4),
    ]).changes
    #expect(found.map(\.outcome) == [.kept, .split, .kept, .merged, .gone, .born, .born])
    #expect(
      found[0].sentence
        == "“A1” stays, and is called “B1”: 80 of its 100 customers (80.0%, 95% CI 71.1–86.7%) are in it; Jaccard 0.80."
    )
    #expect(found[1].now?.id == 2 && found[1].related.map(\.id) == [2, 3])
    #expect(found[1].sentence.contains("60 (57.1%, 95% CI 47.6–66.2%) are in “B2”"))
    #expect(found[2].now?.id == 4 && found[3].related.map(\.id) == [4])
    #expect(found[3].sentence.hasPrefix("“A4” has merged into “B4”: 40 of its 40 customers"))
    #expect(found[4].sentence.hasPrefix("“A5” is gone: 30 of its 30 customers (100.0%"))
    #expect(found[4].sentence.hasSuffix("are no longer there."))
    #expect(found[5].related.map(\.id) == [2] && found[6].sentence.contains("were not there before"))
  }

  @Test("the largest heir keeps the identity, however few of the customers it has")
  func largestHeir() {
    let (old, new) = sides([(26, 0, 0), (25, 0, 1), (25, 0, 2), (24, 0, 3)])
    let matching = SegmentMatching(old: old, new: new, distances: nil)
    #expect(matching.heirs == [[0, 1, 2, 3]] && matching.successors == [0])
  }

  @Test("a pair above one half is always kept", arguments: (0..<200).map { Seed(UInt64($0)) })
  func majority(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let (k, m) = (2 + generator.index(below: 5), 2 + generator.index(below: 5))
    var blocks: [(Int, Int?, Int?)] = []
    for i in 0..<k {
      for j in 0..<m {
        let heavy = generator.index(below: 3) == 0
        blocks.append((generator.index(below: heavy ? 90 : 15), i, j))
      }
      blocks.append((generator.index(below: 20), i, nil))
    }
    for j in 0..<m { blocks.append((1 + generator.index(below: 20), nil, j)) }
    let (old, new) = sides(blocks)
    let matching = SegmentMatching(old: old, new: new, distances: nil)
    let taken = matching.successors.compactMap(\.self)
    #expect(Set(taken).count == taken.count)
    for i in 0..<old.count {
      for j in 0..<new.count where (matching.jaccard(i, j) ?? 0) > 0.5 {
        #expect(matching.successors[i] == j, "seed \(seed)")
      }
    }
    // Permuted numbers change nothing but numbers.
    let turned = (0..<new.count).map { (($0 + 1) % new.count) }
    var other = new
    other.labels = new.labels.map { Int32(turned[Int($0)]) }
    let again = SegmentMatching(old: old, new: other, distances: nil)
    #expect(again.successors == matching.successors.map { $0.map { turned[$0] } })
    let identities = matching.identities(of: known(old.count), nextID: 9)
    let theirs = again.identities(of: known(old.count), nextID: 9)
    for new in 0..<new.count { #expect(identities.identities[new] == theirs.identities[turned[new]]) }
  }

  private func known(_ count: Int) -> [SegmentIdentity] {
    (0..<count).map { SegmentIdentity(id: $0 + 1, name: "A\($0 + 1)", isNamedByUser: $0 == 0, color: $0) }
  }

  @Test("segments of different lifecycle groups are never the same")
  func groups() {
    let (old, new) = sides([(50, 0, 0)], oldGroups: [[.current]], newGroups: [[.oneTime]])
    #expect(SegmentMatching(old: old, new: new, distances: [[0]]).successors == [nil])
    let (joint, _) = sides([(50, 0, 0)], oldGroups: [[.lapsed, .oneTime]])
    #expect(SegmentMatching(old: joint, new: new, distances: nil).successors == [0])
  }

  @Test("where too few customers are shared, mutual nearest centres tell")
  func centres() {
    let blocks =
      [(30, 0, nil), (30, 1, nil), (5, 0, 0), (40, nil, 0), (40, nil, 1), (40, nil, 2)] as [(Int, Int?, Int?)]
    let (old, new) = sides(blocks)
    // The second old one is nearest to the third, which is nearer to the first.
    let matching = SegmentMatching(old: old, new: new, distances: [[1, 0.2, 0.5], [3, 2, 0.6]])
    #expect(matching.successors == [1, nil] && matching.bases == [.centroids, nil])
    #expect(SegmentMatching(old: old, new: new, distances: nil).successors == [nil, nil])
  }

  @Test("those that stay keep id, name and colour; new ones get ids and colours of their own")
  func identities() {
    let (old, new) = sides([(50, 0, 1), (40, 1, nil), (60, nil, 0), (30, nil, 2)])
    let found = SegmentMatching(old: old, new: new, distances: nil).identities(of: known(2), nextID: 7)
    #expect(found.identities[1] == SegmentIdentity(id: 1, name: "A1", isNamedByUser: true, color: 0))
    #expect(found.identities[0] == SegmentIdentity(id: 7, name: nil, color: 2))
    #expect(found.identities[2] == SegmentIdentity(id: 8, name: nil, color: 3))
    #expect(found.nextID == 9 && found.reserved == ["A2"])
  }

  // MARK: Migration

  @Test(
    "rows and columns of the migration add up, and nothing under ten can be worked out",
    arguments: (0..<150).map { Seed(UInt64($0)) })
  func margins(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let (k, m) = (1 + generator.index(below: 5), 1 + generator.index(below: 5))
    var blocks: [(Int, Int?, Int?)] = []
    for i in 0...k {
      for j in 0...m where i < k || j < m {
        let size = [0, 4, 9, 25, 80][generator.index(below: 5)] + generator.index(below: 3)
        blocks.append((size, i < k ? i : nil, j < m ? j : nil))
      }
    }
    // Every segment has somebody.
    for i in 0..<k { blocks.append((11, i, nil)) }
    for j in 0..<m { blocks.append((11, nil, j)) }
    let (old, new) = sides(blocks)
    let matching = SegmentMatching(old: old, new: new, distances: nil)
    let migration = Migration(matching, old: segments(old, "A"), new: segments(new, "B"))
    var counts = matching.overlap.indices.map { matching.overlap[$0] + [matching.left[$0]] }
    counts.append(matching.joined + [0])
    #expect(migration.from.map(\.customers) == counts.map { $0.reduce(0, +) })
    for column in migration.to.indices {
      #expect(migration.to[column].customers == counts.reduce(0) { $0 + $1[column] })
    }
    #expect(migration.both + matching.left.reduce(0, +) == old.customers.count)
    #expect(migration.both + matching.joined.reduce(0, +) == new.customers.count)
    for cell in migration.cells {
      let count = counts[cell.from][cell.to]
      #expect((1..<10).contains(count) == (cell.withheld == .underTen))
      #expect(cell.customers == (cell.withheld == nil ? count : nil))
      #expect((cell.share == nil) || cell.withheld == nil)
    }
    // Each line withholds none, or at least two that hold ten, unless it has no more cells.
    for row in counts.indices {
      let cells = migration.cells.filter { $0.from == row }
      check(cells, counts)
    }
    for column in migration.to.indices { check(migration.cells.filter { $0.to == column }, counts) }
  }

  private func check(_ line: [Migration.Cell], _ counts: [[Int]]) {
    let withheld = line.filter { $0.withheld != nil }
    guard !withheld.isEmpty, withheld.count < line.count else { return }
    #expect(withheld.count >= 2)
    #expect(withheld.reduce(0) { $0 + counts[$1.from][$1.to] } >= 10)
  }

  @Test("no sentence quotes what the table withholds")
  func sentences() {
    let found = changes([(7, 0, 0), (5, 0, 1), (60, 1, 1), (6, 1, 0), (12, 2, 2), (3, 2, nil), (40, nil, 3)])
    for change in found.changes {
      for figure in ["7 of its", "5 of its", "6 of its", "3 of its"] {
        #expect(!change.sentence.contains(figure))
      }
    }
    for shared in found.changes.compactMap(\.shared) { #expect(shared == 0 || shared >= 10) }
  }
}
