public import SegueCore
import SegueNumerics

/// Turns one thing known about customers into columns without gaps, or says why it cannot.
public struct FeatureEncoder {
  public enum Values: Sendable {
    /// One number a customer, NaN where it is missing.
    case numbers([Double])
    /// One level a customer, −1 where it is missing.
    case levels([Int32], names: [String])
  }

  public enum Outcome: Sendable {
    case columns([Feature], [[Double]], FeatureTreatment)
    case leftOut(LeftOutFeature)
  }

  /// A larger share without a value leaves it out.
  public static let mostMissing = 0.4
  /// From this share and this number on, a column tells whose value was filled.
  public static let indicatorShare = 0.05
  public static let indicatorCount = 20
  /// A level with a smaller share or in fewer rows than ``RowKind/fewest`` counts as "other".
  public static let rareShare = 0.02
  /// A category with more levels of its own is left out, and so is one whose rare levels outweigh the others.
  public static let mostLevels = 30
  public static let other = "other"

  let name: String
  let label: String
  let unit: Unit
  let sources: [String]
  let rows: RowKind

  public init(_ name: String, label: String, unit: Unit, sources: [String], rows: RowKind = .customers) {
    self.name = name
    self.label = label
    self.unit = unit
    self.sources = sources
    self.rows = rows
  }

  /// - Complexity: O(n log n) for numbers, O(n) for levels.
  public func encode(_ values: Values, as kind: FeatureTreatment.Kind) -> Outcome {
    switch values {
    case .numbers(let numbers): encode(numbers, kind)
    case .levels(let levels, let names):
      kind == .flag ? encodeFlag(levels, names) : encodeCategory(levels, names)
    }
  }

  // MARK: Numbers

  private func encode(_ values: [Double], _ kind: FeatureTreatment.Kind) -> Outcome {
    let sorted = values.filter(\.isFinite).sorted()
    let statistics = ColumnStatistics(sorted: sorted)
    let median = statistics.median
    guard !statistics.isConstant else { return leftOut(.constant, sameOrEmpty(sorted.isEmpty)) }
    let missing = values.count - sorted.count
    if let reason = tooMany(missing, values.count) { return reason }
    var treatment = FeatureTreatment(name, label: label, kind: kind)
    treatment.missing = missing
    if missing > 0 { treatment.filledWith = median }
    if kind == .date { treatment.futureDays = sorted.count { $0 < 0 } }
    let feature = Feature(name, label: label, unit: unit, sources: sources)
    return columns(
      [feature], [values.map { $0.isFinite ? $0 : median }], treatment, isMissing: values.map { !$0.isFinite }
    )
  }

  private func tooMany(_ missing: Int, _ count: Int) -> Outcome? {
    guard Double(missing) > FeatureEncoder.mostMissing * Double(count) else { return nil }
    let share = NumberText.percent(Double(missing) / Double(count))
    return leftOut(.missing, "missing for \(share) of \(rows.noun)s")
  }

  // MARK: Flags

  private func encodeFlag(_ levels: [Int32], _ names: [String]) -> Outcome {
    let isYes = names.map { FeatureEncoder.yes.contains($0.lowercased()) }
    let yes = levels.count { $0 >= 0 && isYes[Int($0)] }
    let no = levels.count { $0 >= 0 && !isYes[Int($0)] }
    guard yes > 0, no > 0 else { return encodeCategory(levels, names) }
    let missing = levels.count - yes - no
    if let reason = tooMany(missing, levels.count) { return reason }
    var treatment = FeatureTreatment(name, label: label, kind: .flag)
    treatment.missing = missing
    let usual: Double = yes > no ? 1 : 0
    if missing > 0 { treatment.filledWith = usual }
    let feature = Feature(name, label: label, unit: .share, sources: sources, shape: .flag)
    let column = levels.map { $0 < 0 ? usual : isYes[Int($0)] ? 1 : 0 }
    return columns([feature], [column], treatment, isMissing: levels.map { $0 < 0 })
  }

  /// In lower case; every other word is a no.
  package static let yes: Set<String> = ["yes", "y", "true", "t", "1", "on", "ja"]

  // MARK: Categories

  private func encodeCategory(_ levels: [Int32], _ names: [String]) -> Outcome {
    var counts = [Int](repeating: 0, count: names.count)
    for level in levels where level >= 0 { counts[Int(level)] += 1 }
    let missing = levels.count { $0 < 0 }
    let seen = counts.indices.filter { counts[$0] > 0 }
    guard seen.count > 1 else {
      return leftOut(.constant, sameOrEmpty(seen.isEmpty))
    }
    if let reason = tooMany(missing, levels.count) { return reason }
    let least = max(
      rows.fewest, Int((FeatureEncoder.rareShare * Double(levels.count)).rounded(.up)))
    let kept = seen.filter { counts[$0] >= least }
    let rare = seen.filter { counts[$0] < least }
    let covered = kept.reduce(0) { $0 + counts[$1] }
    guard kept.count <= FeatureEncoder.mostLevels, 2 * covered >= levels.count - missing else {
      let size = kept.isEmpty ? "none of them" : "\(NumberText.integer(kept.count)) of them"
      return leftOut(
        .highCardinality,
        "\(NumberText.integer(seen.count)) levels, \(size) with \(NumberText.integer(least)) \(rows.noun)s or more"
      )
    }
    var treatment = FeatureTreatment(name, label: label, kind: .category)
    treatment.missing = missing
    func named(_ level: Int) -> FeatureTreatment.Level {
      .init(level: names[level], customers: counts[level])
    }
    treatment.levels = kept.map(named)
    treatment.folded = rare.filter { counts[$0] >= rows.fewest }.map(named)
    treatment.foldedUnnamed = rare.count - treatment.folded.count
    treatment.foldedCustomers = rare.reduce(0) { $0 + counts[$1] }
    // Missing is a level of its own where it is frequent enough, else one of the others.
    let hasMissing = needsIndicator(missing, levels.count)
    if !rare.isEmpty || (missing > 0 && !hasMissing) { treatment.unseen = FeatureEncoder.other }
    // A level may itself be called "other" or "missing".
    let otherTitle = names.contains(FeatureEncoder.other) ? "all other" : FeatureEncoder.other
    let missingTitle = names.contains("missing") ? "no value" : "missing"
    var titles = kept.map { names[$0] }
    if treatment.unseen != nil { titles.append(otherTitle) }
    if hasMissing { titles.append(missingTitle) }
    guard titles.count > 1 else { return leftOut(.constant, "the same for nearly \(rows.everyone)") }
    var place = [Int](repeating: kept.count, count: names.count)
    for (column, level) in kept.enumerated() { place[level] = column }
    let missingPlace = hasMissing ? titles.count - 1 : kept.count
    let places = levels.map { $0 < 0 ? missingPlace : place[Int($0)] }
    // Two levels are one column: the second would say the same again.
    let shown = titles.count == 2 ? [titles[1] == names[kept.last!] ? 1 : 0] : Array(titles.indices)
    let features = shown.map { column in
      Feature(
        "\(name)=\(titles[column])", label: "\(label): \(titles[column])", unit: .share, sources: sources,
        shape: titles.count == 2 ? .flag : hasMissing && column == titles.count - 1 ? .missing : .level,
        attribute: name)
    }
    if hasMissing { treatment.missingColumn = "\(name)=\(missingTitle)" }
    return columns(
      features, shown.map { column in places.map { $0 == column ? 1 : 0 } }, treatment, isMissing: nil)
  }

  // MARK: Together

  private func needsIndicator(_ missing: Int, _ count: Int) -> Bool {
    missing >= FeatureEncoder.indicatorCount
      && Double(missing) >= FeatureEncoder.indicatorShare * Double(count)
  }

  private func columns(
    _ features: [Feature], _ columns: [[Double]], _ treatment: FeatureTreatment, isMissing: [Bool]?
  ) -> Outcome {
    var (features, columns, treatment) = (features, columns, treatment)
    if let isMissing, needsIndicator(treatment.missing, isMissing.count) {
      let indicator = Feature(
        "\(name)=missing", label: "\(label): missing", unit: .share, sources: sources, shape: .missing,
        attribute: name)
      features.append(indicator)
      columns.append(isMissing.map { $0 ? 1 : 0 })
      treatment.missingColumn = indicator.name
    }
    treatment.columns = features.map(\.name)
    return .columns(features, columns, treatment)
  }

  private func sameOrEmpty(_ isEmpty: Bool) -> String {
    isEmpty ? "empty for \(rows.everyone)" : "the same for \(rows.everyone)"
  }

  private func leftOut(_ reason: LeftOutFeature.Reason, _ detail: String) -> Outcome {
    .leftOut(LeftOutFeature(name, label: label, reason, detail))
  }
}
