import SegueCore

/// Names segments by what they are: how frequent and valuable against everybody, and where in their lifecycle.
///
/// The words stand in ``Vocabulary``. Names are unique within a study, and none is given that was another
/// segment's.
package struct SegmentNaming {
  /// Where a segment's typical customer stands among all customers, 0…1 (share below, ties half).
  package struct Position: Sendable {
    /// 1 = bought most recently.
    package var recency: Double
    package var frequency: Double
    package var monetary: Double
    /// Share of the segment that ordered on one day only.
    package var oneTime: Double
    /// Share that is new.
    package var new: Double
    /// Share that is late by their own rhythm: lapsing, lapsed, one-time.
    package var late: Double
    /// Share that is gone: lapsed or one-time.
    package var gone: Double

    package init(
      recency: Double, frequency: Double, monetary: Double, oneTime: Double, new: Double = 0,
      late: Double = 0,
      gone: Double = 0
    ) {
      (self.recency, self.frequency, self.monetary) = (recency, frequency, monetary)
      (self.oneTime, self.new, self.late, self.gone) = (oneTime, new, late, gone)
    }
  }

  package struct Name: Sendable {
    package var name: String
    package var tagline: String
    package var kind: Segment.Kind
  }

  /// - Parameters:
  ///   - given: names that segments have from an earlier run, nil where one is to be found; empty if none has.
  ///   - reserved: names that none of them may get.
  /// - Returns: name, tagline and kind per segment, in order. Those alike are told apart by what differs most
  ///   among them.
  package static func names(
    _ positions: [Position], given: [String?] = [], reserved: Set<String> = [],
    vocabulary: Vocabulary.Orders = Vocabulary.standard.orders
  ) -> [Name] {
    let given = given.isEmpty ? positions.map { _ in nil } : given
    let bases = positions.map(vocabulary.base)
    var taken = TakenNames(reserved.union(given.compactMap(\.self)))
    var result = bases.indices.map {
      Name(name: given[$0] ?? bases[$0].name, tagline: bases[$0].tagline, kind: bases[$0].kind)
    }
    for name in Set(bases.map(\.name)).sorted() {
      let alike = bases.indices.filter { bases[$0].name == name }
      let open = alike.filter { given[$0] == nil }
      // A segment that goes by such a name and a qualifier asks for one here too.
      let hasKin = alike.contains { given[$0]?.hasPrefix(name) == true }
      if open.count == 1, !hasKin, taken.insert(name) {
        result[open[0]].name = name
        continue
      }
      let choices = qualifiers(alike.map { positions[$0] }, vocabulary.qualifiers)
      for (index, choices) in zip(alike, choices) where given[index] == nil {
        let numbered = (2...).lazy.map { "\(name), \(vocabulary.again) \($0)" }
        result[index].name = taken.first(of: choices.map { "\(name), \($0)" }) ?? taken.first(of: numbered)!
      }
    }
    return result
  }

  /// Per position what may tell it from the others, the best first; of a single one what it is against everybody.
  private static func qualifiers(_ positions: [Position], _ words: Vocabulary.Qualifiers) -> [[String]] {
    let dimensions: [(KeyPath<Position, Double>, Vocabulary.Qualifier)] = [
      (\.monetary, words.monetary), (\.recency, words.recency), (\.frequency, words.frequency),
    ]
    func spread(_ path: KeyPath<Position, Double>) -> Double {
      let values = positions.map { $0[keyPath: path] }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    // Ties go to the first dimension.
    let best = dimensions.indices.sorted { (-spread(dimensions[$0].0), $0) < (-spread(dimensions[$1].0), $1) }
    var result = [[String]](repeating: [], count: positions.count)
    for (path, qualifier) in best.map({ dimensions[$0] }) {
      if positions.count == 1 {
        result[0].append(qualifier.text(positions[0][keyPath: path] < 0.5 ? 0 : 1, of: 2))
        continue
      }
      let order = positions.indices.sorted {
        (positions[$0][keyPath: path], $0) < (positions[$1][keyPath: path], $1)
      }
      for (rank, index) in order.enumerated() {
        result[index].append(qualifier.text(rank, of: order.count))
      }
    }
    return result
  }
}

/// Names that are in use; those that differ in case alone count as one.
struct TakenNames {
  private var names: Set<String>

  init(_ names: Set<String>) { self.names = Set(names.map { $0.lowercased() }) }

  func contains(_ name: String) -> Bool { names.contains(name.lowercased()) }

  /// False if it was taken.
  mutating func insert(_ name: String) -> Bool { names.insert(name.lowercased()).inserted }

  /// The first that was free, which it is no longer.
  mutating func first(of candidates: some Sequence<String>) -> String? {
    for name in candidates where insert(name) { return name }
    return nil
  }
}
