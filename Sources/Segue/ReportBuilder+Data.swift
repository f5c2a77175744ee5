import SegueCore
import SegueFeatures
import SegueIngest
import SegueReport

/// How the files were joined and what segments were formed on, as the report shows them.
extension ReportBuilder {
  var joins: [Report.Join] {
    result.joining.matches.map { match in
      Report.Join(
        left: match.left.rawValue, right: match.right.rawValue, both: match.customersOnBoth,
        onlyLeft: match.customersOnlyLeft, onlyRight: match.customersOnlyRight,
        leftRowsUnmatched: match.leftRowsUnmatched, rightRowsUnmatched: match.rightRowsUnmatched,
        isPoor: match.isPoor)
    }
  }

  var formedOn: Report.FormedOn {
    let table = result.features
    let shares = Dictionary(
      table.distanceShares.map { ($0.name, $0.share) }, uniquingKeysWith: { first, _ in first })
    return Report.FormedOn(
      used: table.treatments.map { treatment in
        Report.FormedOn.Used(
          treatment.label, kind: treatment.kind.rawValue, columns: treatment.columns.count,
          shape: ReportBuilder.shape(treatment), missing: ReportBuilder.missing(treatment),
          distanceShare: shares[treatment.name], pulledIn: pulledIn(treatment))
      }, correlated: correlated,
      leftOut: table.leftOut.map { Report.FormedOn.LeftOut($0.label, why: $0.detail) },
      note: ReportBuilder.rules(table.scaler.scaling))
  }

  /// `12 below 3, 7 above 4,210`; nil if no value lies beyond a limit.
  private func pulledIn(_ treatment: FeatureTreatment) -> String? {
    let table = result.features
    let names = Set(table.features.filter { $0.attribute == treatment.name }.map(\.name))
    let ends = table.winsorized.filter { names.contains($0.name) }.flatMap { column in
      [
        column.lowest.map { "\(NumberText.integer(column.below)) below \(NumberText.compact($0))" },
        column.highest.map { "\(NumberText.integer(column.above)) above \(NumberText.compact($0))" },
      ].compactMap(\.self)
    }
    return ends.isEmpty ? nil : ends.joined(separator: ", ")
  }

  /// Levels of two categories may be paired many times over: the strongest pair of columns stands for the two.
  private var correlated: [Report.FormedOn.Pair] {
    let table = result.features
    let attributes = Dictionary(
      table.features.map { ($0.name, $0.attribute) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<[String?]> = []
    return table.correlated.filter { seen.insert([attributes[$0.first], attributes[$0.second]]).inserted }.map
    {
      Report.FormedOn.Pair($0.firstLabel, $0.secondLabel, pearson: $0.pearson, spearman: $0.spearman)
    }
  }

  private static func shape(_ treatment: FeatureTreatment) -> String {
    switch treatment.kind {
    case .number, .date:
      switch treatment.transform {
      case .auto, .none: "as it is"
      case .log1p: "on a log scale"
      case .yeoJohnson: "evened out by a power"
      }
    case .flag: "no 0, yes 1"
    case .category: FeatureText.levels(treatment)
    }
  }

  private static func missing(_ treatment: FeatureTreatment) -> String {
    guard let fill = FeatureText.fill(treatment) else { return "none" }
    let mark = treatment.missingColumn != nil && treatment.kind != .category ? "; marked by a column" : ""
    return "\(NumberText.integer(treatment.missing)), filled \(fill)\(mark)"
  }

  /// What was done, and from where on.
  private static func rules(_ scaling: Scaling) -> String {
    let most = NumberText.percent(FeatureEncoder.mostMissing)
    let share = NumberText.percent(FeatureEncoder.indicatorShare, 0)
    let rare = NumberText.percent(FeatureEncoder.rareShare, 0)
    return
      "Scaling: \(scaling.rawValue). What is missing for more than \(most) of customers is left out; where "
      + "\(FeatureEncoder.indicatorCount) customers and \(share) or more lack a value, a column says whose was filled. "
      + "Levels of less than \(rare) or fewer than \(RowKind.customers.fewest) customers count as \"other\"; a category "
      + "with more than \(FeatureEncoder.mostLevels) levels above that is left out."
  }
}

extension MoneyText {
  /// To the cent, grouped: `£8,911,407.90`; ledgers do not round away thousandths.
  package func toTheCent(_ amount: Amount) -> String {
    exact(amount.units, amount.description.split(separator: ".").last?.count ?? 2)
  }
}
