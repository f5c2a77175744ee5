import Foundation
import Segue
import SegueTestSupport
import Testing

/// Studies of one shop at two days: segments keep who they are.
@Suite("Segments from study to study")
struct IdentityStudyTests {
  /// A study up to a day, and one of a month more that takes its identities.
  struct Month: Sendable, CustomTestStringConvertible {
    var first: String
    var second: String
    var k: String
    var testDescription: String { "\(first) to \(second), k \(k)" }
  }

  private static let orders = Input(path: Studies.dataset("cdnow/orders.csv"))

  private func run(
    _ input: Input, to day: String, k: String, names: String? = nil, after previous: StudyResult? = nil
  ) throws -> StudyResult {
    var settings = try Studies.settings(["rfm.asOf": day, "clustering.k": k])
    if let names { try settings.set("segments.names", to: names, origin: .flag) }
    return try Study(settings).run([input], previous: previous.map(saved))
  }

  /// A study as it is read from its folder.
  private func saved(_ result: StudyResult) throws -> KnownStudy {
    let place = FileManager.default.temporaryDirectory.appending(path: "segue-test-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: place) }
    try result.folder().write(to: place)
    return try KnownStudy(folder: place)
  }

  private func segments(_ result: StudyResult) -> [Segment] { result.profile.segments.map(\.segment) }

  // MARK: Overlap, counted from the customers alone

  private struct Tally {
    /// Segments that share more than half with one of the later study.
    var eligible = 0
    /// Of these, with the same id, name and colour there.
    var kept = 0
    /// Names on another segment than the one that shares most with their bearer.
    var swapped: [String] = []
  }

  private func tally(_ old: StudyResult, _ new: StudyResult) -> Tally {
    let both = Set(old.customerIDs).intersection(new.customerIDs)
    func members(_ result: StudyResult) -> [Set<String>] {
      var found = [Set<String>](repeating: [], count: result.profile.segments.count)
      for (id, label) in zip(result.customerIDs, result.labels) where both.contains(id) {
        found[Int(label)].insert(id)
      }
      return found
    }
    let (before, now) = (members(old), members(new))
    var tally = Tally()
    for (segment, customers) in zip(segments(old), before) {
      let overlaps = now.map { other in
        let union = customers.union(other).count
        return union == 0 ? 0 : Double(customers.intersection(other).count) / Double(union)
      }
      guard let match = overlaps.firstIndex(where: { $0 > 0.5 }) else { continue }
      let heir = segments(new)[match]
      tally.eligible += 1
      if (heir.id, heir.name, heir.color) == (segment.id, segment.name, segment.color) { tally.kept += 1 }
      if segments(new).contains(where: { $0.name == segment.name && $0.id != heir.id }) {
        tally.swapped.append(segment.name)
      }
    }
    return tally
  }

  private func expectIdentities(_ old: StudyResult, _ new: StudyResult) throws {
    let tally = tally(old, new)
    #expect(tally.eligible > 0)
    #expect(10 * tally.kept >= 9 * tally.eligible)
    #expect(tally.swapped.isEmpty)
    let now = segments(new)
    #expect(Set(now.map(\.id)).count == now.count && Set(now.map(\.name)).count == now.count)
    #expect(Set(now.map(\.color)).count == now.count)
    // What is said to be kept, split or merged is what the segments themselves bear.
    let changes = try #require(new.changes)
    for change in changes.segments {
      guard let before = change.before else { continue }
      #expect(segments(old).contains { $0.id == before.id && $0.name == before.name })
      #expect(now.contains { $0.id == before.id } == (change.now != nil))
      if let heir = change.now {
        #expect(heir.id == before.id && heir.name == before.name && heir.color == before.color)
      }
    }
    let fresh = now.map(\.id).filter { id in !segments(old).contains { $0.id == id } }
    #expect(fresh.allSatisfy { id in segments(old).allSatisfy { $0.id < id } })
    #expect(changes.count(.born) == fresh.count)
  }

  @Test(
    "CDNOW with a month of new orders: segments that share more than half keep id, name and colour",
    arguments: [
      Month(first: "1997-05-31", second: "1997-06-30", k: "5"),
      Month(first: "1997-08-31", second: "1997-09-30", k: "4"),
      Month(first: "1997-12-31", second: "1998-01-31", k: "auto"),
      Month(first: "1998-03-31", second: "1998-04-30", k: "6"),
      Month(first: "1998-05-31", second: "1998-06-30", k: "5"),
    ])
  func cdnow(month: Month) throws {
    let old = try run(Self.orders, to: month.first, k: month.k)
    try expectIdentities(old, run(Self.orders, to: month.second, k: month.k, after: old))
  }

  @Test(
    "the online shop with a month of new orders: segments that share more than half keep id, name and colour",
    .enabled(if: SharedFolder.has("data/online_retail.csv.gz")),
    arguments: [
      Month(first: "2011-05-31", second: "2011-06-30", k: "auto"),
      Month(first: "2011-09-30", second: "2011-10-31", k: "5"),
    ])
  func onlineRetail(month: Month) throws {
    let input = Input(
      path: "online_retail.csv", bytes: try SharedFolder.contents("data/online_retail.csv.gz"))
    let old = try run(input, to: month.first, k: month.k)
    try expectIdentities(old, run(input, to: month.second, k: month.k, after: old))
  }

  // MARK: The same study twice

  @Test("a study compared with itself keeps every segment, moves nobody and drifts nowhere")
  func itself() throws {
    let result = try Studies.cdnow.get()
    let known = try saved(result)
    let changes = try Comparison(known, known).changes()
    #expect(changes.segments.count == result.profile.segments.count)
    for change in changes.segments {
      #expect(change.outcome == .kept && change.basis == .customers && change.jaccard == 1)
      #expect(change.before == change.now && change.shared == change.now?.customers)
    }
    let migration = changes.migration
    #expect(migration.both == result.customerIDs.count)
    for cell in migration.cells where cell.from != cell.to { #expect(cell.customers == 0) }
    #expect(!changes.drift.isEmpty && changes.drift.allSatisfy { $0.psi == 0 && $0.reading == .chance })
    #expect(changes.drifting(beyond: 0).isEmpty)
    for figures in changes.figures { #expect(figures.values.allSatisfy { $0.before == $0.now }) }
    #expect(changes.remarks.isEmpty)

    let again = try Study().run([Self.orders], previous: known)
    let (first, second) = try (result.segmentsCSV(), again.segmentsCSV())
    #expect(first == second)
    #expect(segments(again) == segments(result))
  }

  // MARK: Names that people give

  @Test("a name that was given once stays with its segment from study to study, without being given again")
  func rename() throws {
    let shop = Self.orders
    let first = try run(shop, to: "1997-12-31", k: "3", names: "1=Inner circle")
    let old = try #require(segments(first).first { $0.id == 1 })
    #expect(old.name == "Inner circle" && old.isNamedByUser)
    let second = try run(shop, to: "1998-01-31", k: "3", after: first)
    // The entry of a file of settings that stays as it is fits no segment any more, and is done already.
    let third = try run(shop, to: "1998-02-28", k: "3", names: "Champions of old=Inner circle", after: second)
    for result in [second, third] {
      let kept = try #require(segments(result).first { $0.id == 1 })
      #expect(kept.name == "Inner circle" && kept.isNamedByUser && kept.color == old.color)
      #expect(try file("segments.csv", of: result).contains(",1,Inner circle,"))
      // Nobody is told that a name they chose should be another.
      #expect(result.profile.segments.first { $0.segment.id == 1 }?.suggestedName == nil)
      #expect(result.changes?.remarks.contains { $0.contains("Inner circle") } == false)
    }
  }

  // MARK: Redacted studies

  @Test("studies under one key are matched as plain ones are; other keys, or a mix, are refused")
  func redacted() throws {
    let shop = Input(path: "orders.csv", bytes: RandomShop(customers: 150, seed: Seed(12)).csv())
    let settings = try ["2024-06-15", "2024-07-20"].map {
      try Studies.settings(["rfm.asOf": $0, "clustering.k": "3"])
    }
    let keys = try ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"].map {
      try Redaction(key: Array($0.utf8), from: "key")
    }
    func known(_ redaction: Redaction?) throws -> KnownStudy {
      try saved(Study(settings[0], redaction: redaction).run([shop]))
    }
    func later(_ redaction: Redaction?, _ previous: KnownStudy) throws -> StudyResult {
      try Study(settings[1], redaction: redaction).run([shop], previous: previous)
    }
    let (plain, hidden) = try (known(nil), known(keys[0]))
    let (told, closed) = try (later(nil, plain), later(keys[0], hidden))
    #expect(segments(closed) == segments(told))
    #expect(closed.changes?.segments == told.changes?.segments)
    #expect(closed.changes?.migration == told.changes?.migration)
    #expect((closed.changes?.migration.both ?? 0) > 100)

    let wrong: [(Redaction?, KnownStudy)] = [(nil, hidden), (keys[0], plain), (keys[1], hidden)]
    for (redaction, previous) in wrong {
      let error = #expect(throws: SegueError.self) { try later(redaction, previous) }
      #expect(error?.kind == .usage && error?.diagnostics.first?.code == "compare.redacted")
      #expect(error?.diagnostics.first?.hint?.contains("same key") == true)
    }
    let other = try known(keys[1])
    for (old, new) in [(plain, hidden), (hidden, plain), (other, hidden)] {
      let error = #expect(throws: SegueError.self) { try Comparison(old, new) }
      #expect(error?.diagnostics.first?.code == "compare.redacted")
    }
  }
}
