import SegueClustering
import SegueCore
import SegueNumerics

/// Puts rows of scaled features into the segments of a model, with the arithmetic of the study that made it.
struct Placer: Sendable {
  /// Where rows went.
  struct Placed: Sendable {
    /// Position among the model's segments.
    var segments: [Int] = []
    /// To the segment's centroid, in scaled features.
    var distances: [Double] = []
  }

  private enum Method: Sendable {
    case whole
    case nearest
    case tree
    case mixture
  }

  private struct Rule: Sendable {
    var method = Method.whole
    var segments: [Int]
    /// Of `nearest`: k × d. Of `tree`: the halves of each split.
    var places: [Double] = []
    /// Of `tree`: the split of each node, −1 for clusters; the cluster of each node.
    var splitOf: [Int] = []
    var clusters: [Int] = []
    var mixture: MixtureModel?

    init(_ rule: ClusterRule, _ segments: [Int]) {
      self.segments = segments
      if let known = rule.places {
        (method, places) = (.nearest, Array(known.joined()))
      } else if let known = rule.mixture {
        (method, mixture) = (.mixture, known)
      } else if let splits = rule.splits, let nodes = rule.nodes {
        method = .tree
        places = Array(splits.map { $0.halves.joined() }.joined())
        splitOf = [Int](repeating: -1, count: 2 * splits.count + 1)
        for (index, split) in splits.enumerated() { splitOf[split.node] = index }
        clusters = [Int](repeating: 0, count: splitOf.count)
        for (cluster, node) in nodes.enumerated() { clusters[node] = cluster }
      }
    }
  }

  private let width: Int
  private let centroids: [Double]
  private let rules: [Rule]
  /// The rule of each stage, by its key; nil where customers are not parted.
  let ruleOfStage: [String: Int]?
  /// The rule of rows whose group is not known: the nearest centroid of all.
  static let anyGroup = -1

  init(_ model: StudyModel) {
    width = model.features.count
    centroids = model.segments.flatMap(\.centroid)
    let position = Dictionary(uniqueKeysWithValues: model.segments.enumerated().map { ($1.id, $0) })
    rules = model.placing.map { placing in
      Rule(placing.rule, placing.segments.map { position[$0]! })
    }
    ruleOfStage = model.lifecycle?.groups?.mapValues { group in
      model.placing.firstIndex { $0.group == group } ?? Placer.anyGroup
    }
  }

  /// - Parameters:
  ///   - rows: `count` rows of scaled features.
  ///   - ruleOf: the rule of each row, or ``anyGroup``; nil where there is one for all.
  /// - Complexity: O(k·d) a row, O(k·d²) for mixtures.
  func place(_ rows: [Double], count: Int, ruleOf: [Int]?, into placed: inout Placed) {
    placed.segments.removeAll(keepingCapacity: true)
    placed.distances.removeAll(keepingCapacity: true)
    var isMixed = false
    for row in 0..<count {
      let number = ruleOf?[row] ?? 0
      let start = row * width
      var segment = -1
      if number == Placer.anyGroup {
        segment = nearest(rows, start, centroids)
      } else {
        switch rules[number].method {
        case .whole: segment = rules[number].segments[0]
        case .nearest: segment = rules[number].segments[nearest(rows, start, rules[number].places)]
        case .tree: segment = rules[number].segments[descend(rows, start, rules[number])]
        case .mixture: isMixed = true
        }
      }
      placed.segments.append(segment)
    }
    if isMixed { placeByMixtures(rows, ruleOf, &placed.segments) }
    for row in 0..<count {
      let square = squared(rows, row * width, centroids, placed.segments[row] * width)
      placed.distances.append(square.squareRoot())
    }
  }

  /// The segment of one row.
  func segment(of row: [Double], rule: Int) -> Int {
    if rule == Placer.anyGroup { return nearest(row, 0, centroids) }
    let own = rules[rule]
    switch own.method {
    case .whole: return own.segments[0]
    case .nearest: return own.segments[nearest(row, 0, own.places)]
    case .tree: return own.segments[descend(row, 0, own)]
    case .mixture:
      var placed = Placed()
      place(row, count: 1, ruleOf: [rule], into: &placed)
      return placed.segments[0]
    }
  }

  /// The places of a rule that looks for the nearest, k × d; nil for other rules.
  func places(ofRule rule: Int) -> [Double]? {
    if rule == Placer.anyGroup { return centroids }
    return rules[rule].method == .nearest ? rules[rule].places : nil
  }

  /// Rows of mixtures, rule by rule: the likeliest component, ties to the first.
  private func placeByMixtures(_ rows: [Double], _ ruleOf: [Int]?, _ segments: inout [Int]) {
    for (number, rule) in rules.enumerated() {
      guard let model = rule.mixture else { continue }
      let chosen = segments.indices.filter { segments[$0] < 0 && (ruleOf?[$0] ?? 0) == number }
      guard !chosen.isEmpty else { continue }
      var elements: [Double] = []
      for row in chosen { elements += rows[row * width..<(row + 1) * width] }
      let points = Matrix(rowCount: chosen.count, columnCount: width, elements: elements)
      guard let shares = try? model.memberships(of: points) else {
        for row in chosen { segments[row] = nearest(rows, row * width, centroids) }
        continue
      }
      for (index, row) in chosen.enumerated() {
        var (label, largest) = (0, -1.0)
        for component in 0..<model.k where shares[index, component] > largest {
          (label, largest) = (component, shares[index, component])
        }
        segments[row] = rule.segments[label]
      }
    }
  }

  private func descend(_ rows: [Double], _ start: Int, _ rule: Rule) -> Int {
    var node = 0
    while rule.splitOf[node] >= 0 {
      let first = 2 * rule.splitOf[node]
      let isSecond =
        squared(rows, start, rule.places, (first + 1) * width)
        < squared(rows, start, rule.places, first * width)
      node = first + (isSecond ? 2 : 1)
    }
    return rule.clusters[node]
  }

  @inline(__always)
  private func nearest(_ rows: [Double], _ start: Int, _ places: [Double]) -> Int {
    var (label, least) = (0, Double.infinity)
    for place in 0..<places.count / width {
      let square = squared(rows, start, places, place * width)
      if square < least { (label, least) = (place, square) }
    }
    return label
  }

  @inline(__always)
  private func squared(_ rows: [Double], _ start: Int, _ places: [Double], _ place: Int) -> Double {
    var sum = 0.0
    for column in 0..<width {
      let difference = rows[start + column] - places[place + column]
      sum += difference * difference
    }
    return sum
  }
}

/// How far a row is from everything known, by the customers its segment was made of.
struct Novelty: Sendable {
  /// Percentiles 0…100 of each segment's distances.
  private let percentiles: [[Double]]

  /// Of fewer customers nobody can be told to lie farther out than 99 %.
  private static let fewest = 100
  private let isLarge: [Bool]

  init(_ model: StudyModel) {
    percentiles = model.segments.map(\.distances)
    isLarge = model.segments.map { $0.customers >= Novelty.fewest && $0.distances.count == 101 }
  }

  /// The share of the segment's customers that are nearer its centre, 0…1; between two percentiles as if they were
  /// spread evenly. One minus it is a conformal p-value: how often somebody of the segment is as far out.
  func share(_ distance: Double, of segment: Int) -> Double {
    let known = percentiles[segment]
    guard known.count == 101, distance > known[0] else { return 0 }
    // The first percentile that is as large.
    var (low, high) = (0, 101)
    while low < high {
      let middle = (low + high) / 2
      if known[middle] < distance { low = middle + 1 } else { high = middle }
    }
    if low == 101 { return 1 }
    let (before, here) = (known[low - 1], known[low])
    return (Double(low - 1) + (distance - before) / (here - before)) / 100
  }

  /// How many times the largest distance known, if it lies beyond.
  func timesBeyond(_ distance: Double, of segment: Int) -> Double? {
    guard let largest = percentiles[segment].last, largest > 0, distance > largest else { return nil }
    return distance / largest
  }

  /// Whether it lies farther out than 99 % of the segment; nil where the segment was too small to tell.
  func isFar(_ distance: Double, of segment: Int) -> Bool? {
    isLarge[segment] ? distance > percentiles[segment][99] : nil
  }
}
