/// What became of a segment from one run to the next.
public struct SegmentChange: Sendable, Codable, Hashable {
  public enum Outcome: String, Sendable, Codable {
    case kept
    /// In two or more; the largest heir has its identity.
    case split
    /// Most of its customers are in a segment with another identity.
    case merged
    case born
    case gone
  }

  public struct Named: Sendable, Codable, Hashable {
    public var id: Int
    public var name: String
    public var color: Int
    public var customers: Int

    init(_ segment: Segment) {
      (id, name, color, customers) = (segment.id, segment.name, segment.color, segment.customers)
    }
  }

  public var outcome: Outcome
  /// Nil for segments that are born.
  public var before: Named?
  /// The segment with the same identity; nil for those that are gone or merged into another.
  public var now: Named?
  /// Where its customers are: the heirs of a split, what it merged into; for the born where they were.
  public var related: [Named]
  /// What it was recognised by; nil for the born and the gone.
  public var basis: SegmentMatching.Basis?
  /// Customers in both segments; nil where that is withheld or there is no pair.
  public var shared: Int?
  /// Of the customers of before, how many are in `now`, with its 95 % interval (Wilson).
  public var sharedShare: Double?
  public var sharedInterval: Interval?
  /// Over customers in both runs, to two places; nil where figures under ten could be worked out from it.
  public var jaccard: Double?
  public var sentence: String
}

extension SegmentMatching {
  /// - Parameters:
  ///   - old: as in the matching; `new` too, after it took its identities.
  ///   - migration: of the same, which says what may be quoted.
  /// - Returns: every old segment in its order, then the new ones that are none of the old.
  package func changes(old: [Segment], new: [Segment], _ migration: Migration) -> [SegmentChange] {
    let predecessors = predecessors
    return old.indices.map { change($0, old, new, migration) }
      + new.indices.filter { predecessors[$0] == nil }.map { birth($0, old, new, migration) }
  }

  private func change(
    _ i: Int, _ old: [Segment], _ new: [Segment], _ migration: Migration
  ) -> SegmentChange {
    let j = successors[i]
    let outcome: SegmentChange.Outcome =
      !heirs[i].isEmpty ? .split : j != nil ? .kept : mergedInto[i] != nil ? .merged : .gone
    var change = SegmentChange(
      outcome: outcome, before: .init(old[i]), now: j.map { .init(new[$0]) },
      related: (outcome == .split ? heirs[i] : outcome == .merged ? [mergedInto[i]!] : []).map {
        .init(new[$0])
      },
      basis: j == nil ? nil : bases[i], sentence: "")
    if let j {
      let cell = migration.cell(i, j)
      (change.shared, change.sharedShare, change.sharedInterval) = (cell.customers, cell.share, cell.interval)
      // From the index, the pair and the sizes one could work out how many left and joined.
      let isOpen =
        cell.customers != nil && migration.cell(i, new.count).withheld == nil
        && migration.cell(old.count, j).withheld == nil
      if isOpen, let jaccard = jaccard(i, j) { change.jaccard = (jaccard * 100).rounded() / 100 }
    }
    change.sentence = ChangeText(self, old, new, migration).sentence(change, i)
    return change
  }

  private func birth(
    _ j: Int, _ old: [Segment], _ new: [Segment], _ migration: Migration
  ) -> SegmentChange {
    let parent = old.indices.first { heirs[$0].contains(j) }
    var change = SegmentChange(
      outcome: .born, now: .init(new[j]), related: parent.map { [.init(old[$0])] } ?? [], sentence: "")
    change.sentence = ChangeText(self, old, new, migration).birth(j, parent: parent)
    return change
  }
}
