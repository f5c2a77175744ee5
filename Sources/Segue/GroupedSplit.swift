import SegueClustering
import SegueCore
import SegueFeatures
import SegueNumerics

/// A split of customers within each of the groups their lifecycle parts them into, as one split of all.
///
/// Columns are scaled over all customers, so that distances and centroids of different groups compare.
struct GroupedSplit {
  /// Its scan and choice are those of the main group.
  var split: SegmentSplit
  /// Mean Jaccard per cluster; nil for a group that stayed whole, where chance has no say.
  var stability: [Double?]?
  /// Empty where customers were not parted.
  var groups: [SegmentGroup]
  /// How customers of each group are placed; of one, for all, where they were not parted.
  var rules: [GroupRule]
}

/// How customers of a group get their cluster.
public struct GroupRule: Sendable {
  /// Nil for everybody.
  public var group: LifecycleGroups.Group?
  /// Numbers in the study's model, in the order of the rule's own clusters.
  public var clusters: [Int]
  public var rule: ClusterRule
}

extension GroupedSplit {
  /// - Parameters:
  ///   - points: n×d, scaled.
  ///   - parts: of all rows; nil or a single one leaves them together.
  init(
    _ points: Matrix, parts: [LifecycleGroups.Part]?, _ file: String?, _ options: StudyOptions,
    monitor: Monitor
  ) throws {
    guard let parts, parts.count > 1 else {
      let split = try SegmentSplit(points, of: "customers", file, options, monitor: monitor)
      let rule = GroupRule(clusters: Array(0..<split.model.k), rule: ClusterRule(split))
      self.init(split: split, stability: split.stability, groups: [], rules: [rule])
      return
    }
    // Says what is too few or too many, of all customers.
    _ = try SegmentSplit.range(
      points.rowCount, "customers", file.map { Diagnostic.Location(file: $0) }, options.clustering)
    let splits: [PartSplit]
    if let k = options.clustering.k {
      let counts = try GroupedSplit.allocation(points, parts, k, options, monitor: monitor)
      splits = try zip(parts, counts).map { part, count in
        var options = options
        options.clustering.k = count
        let rows = points.selecting(rows: part.rows)
        let reason =
          "\(NumberText.count(count, "segment")) of the \(k) asked for: shared out so that customers "
          + "lie closest to their segments’ centres"
        guard count > 1 else { return PartSplit(whole: reason) }
        return PartSplit(
          try SegmentSplit(rows, of: "customers", file, options, monitor: monitor), reason)
      }
    } else {
      let main = GroupedSplit.main(parts)
      splits = try parts.indices.map { part in
        try GroupedSplit.found(
          points.selecting(rows: parts[part].rows), isMain: part == main, file, options, monitor: monitor)
      }
    }
    try monitor.checkpoint("joining groups")
    try self.init(points, parts, splits, main: GroupedSplit.main(parts), options)
  }

  /// The group whose customers are worth telling apart even where they form a continuum: those who came back, current or
  /// lapsed, whichever are more.
  private static func main(_ parts: [LifecycleGroups.Part]) -> Int {
    parts.indices.max { a, b in
      let (first, second) = (parts[a], parts[b])
      return (first.group == .oneTime ? 0 : first.rows.count, -a)
        < (second.group == .oneTime ? 0 : second.rows.count, -b)
    }!
  }

  /// One part's split: nil where it stays whole.
  private struct PartSplit {
    var split: SegmentSplit?
    var reason: String

    init(_ split: SegmentSplit, _ reason: String) { (self.split, self.reason) = (split, reason) }
    init(whole reason: String) { (split, self.reason) = (nil, reason) }
  }

  /// As many segments of one group as are found. The main group is cut into bands where it is a continuum; the others
  /// are only where groups stand apart that can be described.
  private static func found(
    _ points: Matrix, isMain: Bool, _ file: String?, _ options: StudyOptions, monitor: Monitor
  ) throws -> PartSplit {
    let fewest = (isMain ? 1 : 2) * SegmentSplit.fewestForAuto
    guard points.rowCount >= fewest else {
      return PartSplit(whole: "kept whole: fewer than \(fewest) customers are too few to look for groups in")
    }
    guard points.hasDifferentRows else { return PartSplit(whole: "kept whole: all are alike") }
    let whole = PartSplit(whole: "kept whole: no groups stand apart in it")
    if !isMain, try !SegmentSplit.mayHoldClusters(points, options, monitor: monitor) { return whole }
    let split = try SegmentSplit(
      points, of: "customers", file, options, isBrief: !isMain, monitor: monitor)
    guard !isMain, let choice = split.choice else { return PartSplit(split, split.choice?.reason ?? "") }
    guard choice.verdict == .clustered else { return whole }
    guard split.model.sizes.min()! >= LifecycleGroups.smallest else {
      return PartSplit(
        whole: "kept whole: the smallest group in it has fewer than \(LifecycleGroups.smallest) customers")
    }
    return PartSplit(split, choice.reason)
  }

  private init(
    _ points: Matrix, _ parts: [LifecycleGroups.Part], _ splits: [PartSplit], main: Int,
    _ options: StudyOptions
  ) throws {
    // Clusters of all groups, by falling size as in any model.
    let sizes = zip(parts, splits).enumerated().flatMap { index, pair in
      (pair.1.split?.model.sizes ?? [pair.0.rows.count]).enumerated().map {
        (part: index, cluster: $0.offset, size: $0.element)
      }
    }
    let order = sizes.indices.sorted { (-sizes[$0].size, $0) < (-sizes[$1].size, $1) }.map { sizes[$0] }
    var labels = [Int32](repeating: 0, count: points.rowCount)
    for (number, cluster) in order.enumerated() {
      let rows = parts[cluster.part].rows
      guard let own = splits[cluster.part].split?.model.labels else {
        for row in rows { labels[row] = Int32(number) }
        continue
      }
      for (row, label) in zip(rows, own) where label == Int32(cluster.cluster) { labels[row] = Int32(number) }
    }
    let model = KMeansModel(
      describing: points, labels: labels,
      places: Matrix(rowCount: order.count, columnCount: points.columnCount),
      iterations: splits.reduce(0) { $0 + ($1.split?.model.iterations ?? 0) })
    let whole = try SegmentSplit(
      model, scan: splits[main].split?.scan, choice: splits[main].split?.choice, of: points, options)
    let jaccard = order.map { splits[$0.part].split?.stability?[$0.cluster] }
    let groups = zip(parts, splits).enumerated().map { index, pair in
      SegmentGroup(
        group: pair.0.group, joined: pair.0.joined, customers: pair.0.rows.count,
        clusters: order.indices.filter { order[$0].part == index }, scan: pair.1.split?.scan,
        reason: pair.1.reason, isMain: index == main)
    }
    let rules = zip(parts, splits).enumerated().map { index, pair in
      let own = order.indices.filter { order[$0].part == index }
        .sorted { order[$0].cluster < order[$1].cluster }
      return GroupRule(
        group: pair.0.group, clusters: own, rule: pair.1.split.map(ClusterRule.init) ?? ClusterRule())
    }
    self.init(
      split: whole, stability: jaccard.allSatisfy { $0 == nil } ? nil : jaccard, groups: groups, rules: rules)
  }
}

/// A group of customers that was clustered by itself.
public struct SegmentGroup: Sendable {
  public var group: LifecycleGroups.Group
  /// Groups too small to stand alone that were taken in.
  public var joined: [LifecycleGroups.Group]
  public var customers: Int
  /// Numbers of its clusters in the study's model.
  public var clusters: [Int]
  /// Nil where it stayed whole or the number of segments was given.
  public var scan: SegmentCountScan?
  /// Why that many, as a clause or a sentence.
  public var reason: String
  /// Whether it is the one whose scan is the study's.
  public var isMain: Bool

  /// `lapsed customers and one-time buyers`.
  public var name: String { ([group] + joined).map(\.name).joined(separator: " and ") }
}

extension Matrix {
  fileprivate var hasDifferentRows: Bool {
    (1..<max(1, rowCount)).contains { !row($0).elementsEqual(row(0)) }
  }
}
