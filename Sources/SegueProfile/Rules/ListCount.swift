import SegueCore

/// An ordered list applied to every customer.
struct ListCount: Sendable {
  struct Rule: Sendable {
    /// Position, not id.
    var segment: Int
    var conditions: [SegmentRule.Condition]
  }

  /// Tells which rule decides a customer.
  struct Matcher: Sendable {
    private let tests: [[ConditionTest]]
    private let segments: [Int32]

    init(_ attributes: [Attribute], _ rules: [Rule], defaultSegment: Int) {
      tests = rules.map { ListCount.tests($0.conditions, attributes) }
      segments = rules.map { Int32($0.segment) } + [Int32(defaultSegment)]
    }

    /// The first rule that fits from a place on; the number of rules if none does.
    func place(_ row: Int, from start: Int = 0) -> Int {
      for place in start..<tests.count where tests[place].allSatisfy({ $0.holds(row) }) { return place }
      return tests.count
    }

    func segment(at place: Int) -> Int32 { segments[place] }

    func segment(_ row: Int) -> Int32 { segments[place(row)] }
  }

  private struct Sums: Sendable {
    /// By place in the list, the default last.
    var decided: [Int]
    var right: [Int]
    /// Of those whom a place decides, how many the rest of the list would have given their segment.
    var rightWithout: [Int]
    /// By segment.
    var found: [Int]
  }

  private static let chunk = 16_384

  let rules: [Rule]
  let defaultSegment: Int
  private let labels: [Int32]
  private let matcher: Matcher
  private let sums: Sums
  private let sizes: [Int]

  /// - Complexity: O(customers · rules), in parallel.
  init(_ attributes: [Attribute], _ labels: [Int32], _ rules: [Rule], defaultSegment: Int) {
    let matcher = Matcher(attributes, rules, defaultSegment: defaultSegment)
    let segments = Int(labels.max() ?? -1) + 1
    let empty = Sums(
      decided: [Int](repeating: 0, count: rules.count + 1),
      right: [Int](repeating: 0, count: rules.count + 1),
      rightWithout: [Int](repeating: 0, count: rules.count + 1),
      found: [Int](repeating: 0, count: segments))
    let parts = parallelMap((labels.count + ListCount.chunk - 1) / ListCount.chunk) { index -> Sums in
      var sums = empty
      let rows = (index * ListCount.chunk)..<min(labels.count, (index + 1) * ListCount.chunk)
      for row in rows where labels[row] >= 0 {
        let place = matcher.place(row)
        sums.decided[place] += 1
        if matcher.segment(at: place) == labels[row] {
          sums.right[place] += 1
          sums.found[Int(labels[row])] += 1
        }
        if place < rules.count, matcher.segment(at: matcher.place(row, from: place + 1)) == labels[row] {
          sums.rightWithout[place] += 1
        }
      }
      return sums
    }
    sums = parts.reduce(empty) { all, part in
      Sums(
        decided: zip(all.decided, part.decided).map(+), right: zip(all.right, part.right).map(+),
        rightWithout: zip(all.rightWithout, part.rightWithout).map(+),
        found: zip(all.found, part.found).map(+))
    }
    var sizes = [Int](repeating: 0, count: segments)
    for label in labels where label >= 0 { sizes[Int(label)] += 1 }
    (self.rules, self.defaultSegment, self.labels) = (rules, defaultSegment, labels)
    (self.matcher, self.sizes) = (matcher, sizes)
  }

  /// By place in the list, the default last.
  var decided: [Int] { sums.decided }

  func isRight(_ row: Int) -> Bool { matcher.segment(row) == labels[row] }

  func list(ids: [Int], notCovered: Int, heldOut: RuleList.HeldOut?) -> RuleList {
    let customers = sums.decided.reduce(0, +)
    let right = sums.right.reduce(0, +)
    return RuleList(
      entries: rules.enumerated().map { place, rule in
        RuleList.Entry(
          segment: ids[rule.segment], conditions: rule.conditions, decided: sums.decided[place],
          right: sums.right[place], worth: sums.right[place] - sums.rightWithout[place])
      },
      defaultSegment: ids[defaultSegment], defaultDecided: sums.decided[rules.count],
      defaultRight: sums.right[rules.count], customers: customers, notCovered: notCovered, right: right,
      fidelity: Double(right) / Double(customers), heldOut: heldOut,
      segments: sizes.indices.filter { sizes[$0] > 0 }.map { segment in
        RuleList.Coverage(
          segment: ids[segment], customers: sizes[segment], right: sums.found[segment],
          fidelity: Double(sums.found[segment]) / Double(sizes[segment]))
      })
  }

  /// All of a rule's conditions, bound to the values.
  static func tests(_ conditions: [SegmentRule.Condition], _ attributes: [Attribute]) -> [ConditionTest] {
    conditions.compactMap { condition in
      attributes.first { $0.name == condition.attribute }.flatMap { ConditionTest(condition, $0) }
    }
  }
}
