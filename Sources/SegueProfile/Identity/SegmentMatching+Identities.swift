/// The identities that the segments of a run take along from the one before.
public struct InheritedIdentities: Sendable {
  /// By new segment.
  public var identities: [SegmentIdentity]
  /// For the next run.
  public var nextID: Int
  /// Names of segments that are gone, which no new one may take.
  public var reserved: Set<String>
}

extension SegmentMatching {
  /// Colours that look different; further ones repeat them.
  package static let colors = 12

  /// Those that stay keep id, name and colour. New ones get ids that no segment ever had, by falling size, and the first
  /// colour that neither a segment that stays nor one that is gone has; if none is left, one of those that are gone.
  public func identities(of old: [SegmentIdentity], nextID: Int) -> InheritedIdentities {
    let predecessors = predecessors
    let gone = old.indices.filter { successors[$0] == nil }
    var taken = Set(predecessors.compactMap { $0.map { old[$0].color % SegmentMatching.colors } })
    let avoided = Set(gone.map { old[$0].color % SegmentMatching.colors })
    var next = max(nextID, (old.map(\.id).max() ?? 0) + 1)
    var found = predecessors.map { $0.map { old[$0] } }
    let sizes = joined.indices.map { shared(new: $0) + joined[$0] }
    let bySize = order.indices.sorted { (-sizes[order[$0]], $0) < (-sizes[order[$1]], $1) }
    for new in bySize.map({ order[$0] }) where found[new] == nil {
      let palette = 0..<SegmentMatching.colors
      let color =
        palette.first { !taken.contains($0) && !avoided.contains($0) }
        ?? palette.first { !taken.contains($0) } ?? (next - 1)
      taken.insert(color % SegmentMatching.colors)
      found[new] = SegmentIdentity(id: next, name: nil, color: color)
      next += 1
    }
    return InheritedIdentities(
      identities: found.map { $0! }, nextID: next, reserved: Set(gone.compactMap { old[$0].name }))
  }
}
