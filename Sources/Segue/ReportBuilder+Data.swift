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
    return Report.FormedOn(
      used: table.treatments.map { treatment in
        Report.FormedOn.Used(
          treatment.label, kind: treatment.kind.rawValue, columns: treatment.columns.count,
          shape: ReportBuilder.shape(treatment), missing: ReportBuilder.missing(treatment))
      },
      leftOut: table.leftOut.map { Report.FormedOn.LeftOut($0.label, why: $0.detail) },
      note: ReportBuilder.rules(table.scaler.scaling))
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
