public import SegueCore

/// How one attribute is distributed over everybody and in each segment: what histograms and tables are drawn from.
///
/// Aggregates only. Segments where fewer than ten customers have a value are left out, of everybody too, so that
/// nobody can subtract their way to them; so are levels held by fewer than ten.
public struct AttributeProfile: Sendable, Codable {
  /// Numbers from `from` up to but without `to`; nil is without end.
  public struct Bin: Sendable, Codable, Hashable {
    public var from: Double?
    public var to: Double?
  }

  /// A level, or all that are not told apart, in one group.
  public struct Level: Sendable, Codable, Hashable {
    /// Nil for all others together.
    public var level: String?
    /// Customers, or orders and touches where the attribute is of these.
    public var count: Int
    public var share: Double
    /// 95 %; customers are the unit where they have several observations.
    public var interval: Interval?
    /// Of everybody else; nil for everybody.
    public var others: Double?
    /// How many times the share of everybody else.
    public var lift: Estimate?
  }

  public struct Group: Sendable, Codable, Hashable {
    /// Id of the segment; nil for everybody.
    public var segment: Int?
    /// Customers with a value.
    public var customers: Int
    public var missing: Int
    /// Nil for categories.
    public var numbers: NumberSummary?
    /// By bin of the attribute; nil for categories.
    public var shares: [Double]?
    /// Orders, lines or touches, where the attribute is of these.
    public var observations: Int?
    /// The most frequent first; nil for numbers.
    public var levels: [Level]?
  }

  public var name: String
  public var label: String
  public var unit: Unit
  public var sources: [String]
  /// The same for all segments; nil for categories.
  public var bins: [Bin]?
  /// What keeps it from being told, or how much of it is.
  public var remark: String?
  public var everybody: Group
  /// In the order of the report.
  public var segments: [Group]

  /// The most frequent levels that are told apart.
  static let mostLevels = 20

  /// - Parameters:
  ///   - ids: of the groups.
  ///   - labels: the group of each customer.
  init(_ attribute: Attribute, _ numbers: GroupedNumbers, ids: [Int], labels: [Int32]) {
    self.init(attribute)
    let sizes = AttributeProfile.sizes(labels, ids.count)
    everybody.missing = sizes.reduce(0, +) - numbers.values.count
    guard let summary = NumberSummary(sorted: numbers.values) else {
      remark = AttributeProfile.nobody
      return
    }
    let bounds = HistogramBounds(sorted: numbers.values, smallest: TraitFinder.smallestGroup).bounds
    let edges: [Double?] = [nil] + bounds + [nil]
    bins = zip(edges, edges.dropFirst()).map { Bin(from: $0, to: $1) }
    if numbers.values.first == numbers.values.last { remark = "All customers have the same value." }
    everybody.customers = summary.n
    everybody.numbers = summary
    everybody.shares = HistogramBounds.shares(ofSorted: numbers.values, bounds)
    for (group, id) in ids.enumerated() where numbers.sizes[group] > 0 {
      let own = numbers.values(of: group)
      segments.append(
        Group(
          segment: id, customers: own.count, missing: sizes[group] - own.count,
          numbers: NumberSummary(sorted: own), shares: HistogramBounds.shares(ofSorted: own, bounds)))
    }
  }

  init(_ attribute: Attribute, _ counts: LevelCounts, _ names: [String], ids: [Int], labels: [Int32]) {
    self.init(attribute)
    let sizes = AttributeProfile.sizes(labels, ids.count)
    let known = counts.known
    everybody.missing = sizes.reduce(0, +) - known.reduce(0, +)
    guard known.contains(where: { $0 > 0 }) else {
      remark = AttributeProfile.nobody
      return
    }
    var isMix = false
    if case .mix = attribute.values { isMix = true }
    let told = counts.told(names, most: AttributeProfile.mostLevels, smallest: TraitFinder.smallestGroup)
    let held = counts.holders.count { $0 > 0 }
    if held == 1 {
      remark = "All have the same level."
    } else if told.count < held {
      remark =
        "\(NumberText.integer(told.count)) of \(NumberText.integer(held)) levels are told apart; the others are "
        + "rare or held by fewer than ten customers."
    }
    let ratios = counts.ratios(of: told)
    let levels = told.map { names[$0] as String? } + (told.count < held ? [nil] : [])
    func group(_ segment: Int?, _ id: Int?) -> Group {
      var observations = 0.0
      let rows = levels.enumerated().map { place, level in
        let own = segment.map { ratios[place][$0] } ?? ratios[place].reduce(ClusteredRatio(), +)
        let others = segment.map { left in
          ratios[place].indices.filter { $0 != left }.map { ratios[place][$0] }.reduce(ClusteredRatio(), +)
        }
        observations = own.observations
        return Level(
          level: level, count: Int(own.hits), share: own.ratio ?? 0, interval: own.interval,
          others: others?.ratio, lift: others.flatMap { own.lift(over: $0) })
      }
      let customers = segment.map { known[$0] } ?? known.reduce(0, +)
      let size = segment.map { sizes[$0] } ?? sizes.reduce(0, +)
      return Group(
        segment: id, customers: customers, missing: size - customers,
        observations: isMix ? Int(observations) : nil, levels: rows)
    }
    everybody = group(nil, nil)
    segments = ids.indices.filter { known[$0] > 0 }.map { group($0, ids[$0]) }
  }

  private init(_ attribute: Attribute) {
    (name, label, unit, sources) = (attribute.name, attribute.label, attribute.unit, attribute.sources)
    everybody = Group(segment: nil, customers: 0, missing: 0)
    segments = []
  }

  private static let nobody = "No segment has ten customers with a value."

  private static func sizes(_ labels: [Int32], _ count: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for label in labels where label >= 0 { sizes[Int(label)] += 1 }
    return sizes
  }
}
