import SegueCore

/// Names segments by what they are: how frequent and valuable against everybody, and where in their lifecycle.
///
/// The vocabulary stands in `bases` and nowhere else. Names are unique within a study.
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

    var isNew: Bool { new >= 0.5 }
    var isLate: Bool { late >= 0.5 }
    var isGone: Bool { gone >= 0.5 }

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

  private struct Base {
    var kind: Segment.Kind
    var name: String
    var tagline: String
    var fits: @Sendable (Position) -> Bool
  }

  /// First fit wins; the last fits everybody.
  private static let bases: [Base] = [
    Base(kind: .oneTime, name: "One-and-done", tagline: "Bought once and did not come back.") {
      $0.oneTime >= 0.8 && $0.isLate
    },
    Base(
      kind: .newcomer, name: "Promising newcomers",
      tagline: "Many have bought only once so far, not long ago."
    ) {
      $0.isNew || ($0.oneTime >= 0.4 && !$0.isLate)
    },
    Base(
      kind: .lapsed, name: "Lapsed spenders",
      tagline: "Bought more than most, and have been silent for long by their own rhythm."
    ) { $0.isGone && ($0.frequency >= 0.5 || $0.monetary >= 0.6) },
    Base(
      kind: .champion, name: "Champions",
      tagline: "Buy most often, spend most, and are within their own rhythm."
    ) { !$0.isLate && $0.frequency >= 0.8 && $0.monetary >= 0.8 },
    Base(kind: .regular, name: "Steady regulars", tagline: "Come back again and again, in their own rhythm.")
    {
      !$0.isLate && $0.frequency >= 0.5
    },
    Base(
      kind: .slipping, name: "Slipping spenders",
      tagline: "Bought more than most, and are late by their own rhythm."
    ) { $0.isLate && ($0.frequency >= 0.5 || $0.monetary >= 0.6) },
    Base(kind: .occasional, name: "Occasionals", tagline: "Buy now and then, and are not late.") {
      !$0.isLate
    },
    Base(
      kind: .slipping, name: "Slipping occasionals",
      tagline: "Bought little, and are late by their own rhythm."
    ) { !$0.isGone },
    Base(kind: .lapsed, name: "Lapsed occasionals", tagline: "Bought little, and are long overdue.") { _ in
      true
    },
  ]

  /// - Returns: name and tagline per segment, in order; the second of two alike is told apart by
  ///   what differs most between them.
  package static func names(_ positions: [Position]) -> [Name] {
    let chosen = positions.map { position in bases.first { $0.fits(position) }! }
    var result = chosen.map { Name(name: $0.name, tagline: $0.tagline, kind: $0.kind) }
    for name in Set(chosen.map(\.name)).sorted() {
      let alike = chosen.indices.filter { chosen[$0].name == name }
      guard alike.count > 1 else { continue }
      let qualified = qualifiers(alike.map { positions[$0] })
      for (index, qualifier) in zip(alike, qualified) { result[index].name = "\(name), \(qualifier)" }
    }
    return result
  }

  private static func qualifiers(_ positions: [Position]) -> [String] {
    let dimensions: [(KeyPath<Position, Double>, noun: String, words: [String])] = [
      (\.monetary, "spend", ["low spend", "middling spend", "high spend"]),
      (\.recency, "recency", ["less recent", "in between", "most recent"]),
      (\.frequency, "orders", ["fewest orders", "some orders", "most orders"]),
    ]
    func spread(_ path: KeyPath<Position, Double>) -> Double {
      let values = positions.map { $0[keyPath: path] }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    // Ties go to the first dimension.
    let best = dimensions.indices.max { a, b in
      (spread(dimensions[a].0), -a) < (spread(dimensions[b].0), -b)
    }!
    let (path, noun, words) = dimensions[best]
    let order = positions.indices.sorted {
      (positions[$0][keyPath: path], $0) < (positions[$1][keyPath: path], $1)
    }
    var result = [String](repeating: "", count: positions.count)
    for (rank, index) in order.enumerated() {
      // Words go as far as three; beyond that a rank says more than an adjective.
      switch order.count {
      case 2: result[index] = words[rank == 0 ? 0 : 2]
      case 3: result[index] = words[rank]
      default: result[index] = "\(noun) \(rank + 1) of \(order.count)"
      }
    }
    return result
  }

  /// For tables without orders: the strongest traits name the segment, two of them or as many more as it
  /// takes to tell it from the others.
  package static func names(byTraits traits: [[Trait]]) -> [Name] {
    let telling = traits.map(telling)
    var used: Set<String> = []
    return traits.indices.map { index in
      let words = telling[index].map(word)
      var count = min(2, words.count)
      while used.contains(joined(words.prefix(count))), count < min(4, words.count) { count += 1 }
      var name = joined(words.prefix(count))
      if name.isEmpty { name = "Segment \(index + 1)" }
      while !used.insert(name).inserted { name += " (\(index + 1))" }
      let tagline = telling[index].first.map { "Set apart by \($0.label)." }
      return Name(name: name, tagline: tagline ?? "Not told apart by any attribute.", kind: .other)
    }
  }

  /// The strongest notable trait of each attribute. Less of a level is no name, but for flags: "without
  /// newsletter" says something.
  private static func telling(_ traits: [Trait]) -> [Trait] {
    var seen: Set<String> = []
    return traits.filter {
      $0.isNotable && !$0.levelIsKey && ($0.level == nil || $0.effect > 0 || $0.isFlag)
        && seen.insert($0.attribute).inserted
    }
  }

  private static func joined(_ words: ArraySlice<String>) -> String {
    let text = words.joined(separator: ", ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// `high income`, `with phone service`, `contract: month-to-month`.
  private static func word(_ trait: Trait) -> String {
    if trait.isFlag { return (trait.effect > 0 ? "with " : "without ") + trait.attributeLabel }
    return trait.level == nil ? (trait.effect > 0 ? "high " : "low ") + trait.label : trait.label
  }
}
