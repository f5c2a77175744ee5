import SegueCore
import SegueFeatures

/// What became of attributes on their way to clustering, in words.
enum FeatureText {
  static func remarks(
    _ treatments: [FeatureTreatment], _ leftOut: [LeftOutFeature], _ rows: RowKind
  ) -> [String] {
    var found: [String] = []
    let filled = treatments.compactMap { treatment in
      fill(treatment).map { fill in
        let mark = treatment.missingColumn != nil && treatment.kind != .category ? ", and marked" : ""
        return "\(treatment.label) (\(NumberText.integer(treatment.missing)), \(fill)\(mark))"
      }
    }
    if !filled.isEmpty { found.append("Missing values were filled: \(filled.joined(separator: "; ")).") }
    let folded = treatments.filter { $0.foldedCustomers > 0 }.map {
      "\($0.label) (\(NumberText.count($0.folded.count + $0.foldedUnnamed, "level")), "
        + "\(NumberText.count($0.foldedCustomers, rows.noun)))"
    }
    if !folded.isEmpty {
      found.append("Rare levels count together as \"other\": \(folded.joined(separator: ", ")).")
    }
    for treatment in treatments where treatment.futureDays > 0 {
      found.append(
        "\(NumberText.integer(treatment.futureDays)) customers have a negative number of \(treatment.label): that day "
          + "lies after the one ages count to.")
    }
    if !leftOut.isEmpty { found.append("Left out of clustering: \(list(leftOut)).") }
    return found
  }

  /// How columns were made comparable, and what each of them weighs.
  static func weights(_ table: FeatureTable) -> String? {
    let shares = table.distanceShares
    guard shares.count > 1, shares.contains(where: { $0.share > 0 }) else { return nil }
    let scaled =
      switch table.scaler.scaling {
      case .standard: "Scaled to a standard deviation of 1"
      case .robust: "Scaled to an interquartile range of 1"
      case .minmax: "Scaled from 0 for the smallest to 1 for the largest"
      case .none: "Not scaled"
      }
    let even = 1 / Double(shares.count)
    if shares.allSatisfy({ ($0.share - even).magnitude < even / 20 }) {
      return "\(scaled): each of the \(shares.count) columns makes up \(NumberText.percent(even)) of the "
        + "squared distance between two rows."
    }
    let sorted = shares.enumerated().sorted {
      ($1.element.share, $0.offset) < ($0.element.share, $1.offset)
    }
    let parts = sorted.map { "\($0.element.label) \(NumberText.percent($0.element.share))" }
    return "\(scaled). The squared distance between two rows is made up of \(shortened(parts))."
  }

  /// The first ten of a list, and how many more there are.
  static func shortened(_ labels: [String]) -> String {
    let rest = labels.count - 10
    let shown = labels.prefix(10).joined(separator: ", ")
    return rest > 0 ? "\(shown) and \(NumberText.integer(rest)) more" : shown
  }

  static func list(_ leftOut: [LeftOutFeature]) -> String {
    leftOut.map { "\($0.label), \($0.detail)" }.joined(separator: "; ")
  }

  static func describing(_ leftOut: [LeftOutFeature]) -> String {
    "Not clustered on: \(shortened(leftOut.map(\.label))). Segments are described by them; "
      + "--features all clusters on all that can be used."
  }

  /// `with its median, 51,382`; nil where nothing was missing.
  static func fill(_ treatment: FeatureTreatment) -> String? {
    guard treatment.missing > 0 else { return nil }
    switch treatment.kind {
    case .number, .date: return "with the median, \(NumberText.compact(treatment.filledWith ?? .nan))"
    case .flag: return "as \(treatment.filledWith == 1 ? "yes" : "no"), which is more frequent"
    case .category: return treatment.missingColumn == nil ? "as \"other\"" : "as a level of its own"
    }
  }

  /// The levels of a category, and which are folded: `Bachelor, Master; as "other": Basic, 2 levels of few`.
  static func levels(_ treatment: FeatureTreatment) -> String {
    var text = treatment.levels.map(\.level).joined(separator: ", ")
    guard treatment.foldedCustomers > 0 else { return text }
    var folded = treatment.folded.prefix(6).map(\.level)
    let rest = treatment.folded.count + treatment.foldedUnnamed - folded.count
    if rest > 0 { folded.append("\(NumberText.count(rest, folded.isEmpty ? "rare level" : "more level"))") }
    text += "; as \"other\": \(folded.joined(separator: ", "))"
    return text + " (\(NumberText.count(treatment.foldedCustomers, "customer")))"
  }
}
