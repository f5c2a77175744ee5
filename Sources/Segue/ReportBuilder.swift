import SegueClustering
import SegueCore
import SegueFeatures
import SegueIngest
import SegueNumerics
import SegueProfile
import SegueReport
import SegueValue

/// Turns a study into what its report says: headline, tiles, map, evidence.
struct ReportBuilder {
  let result: StudyResult

  private static let mostMapPoints = 1_500

  func report() -> Report {
    var report = Report(
      title: result.title, facts: facts, headline: headline, summary: summary, tiles: tiles,
      study: result.profile, map: map, kinship: kinship, grid: result.grid, personas: result.personas,
      journeys: result.maps, scan: scan, groups: groups, ledger: ledger, joins: joins, formedOn: formedOn,
      settings: settings,
      inputs: result.inputs.map {
        Report.Input(file: $0.file, kind: $0.kind.rawValue, rows: $0.rows, sha256: $0.sha256)
      },
      remarks: result.warnings.map { Report.Remark($0, isWarning: true) }
        + result.remarks.map { Report.Remark($0) },
      version: Study.version, asOf: result.asOf)
    report.backtest = result.backtest
    report.changes = result.changes
    return report
  }

  private var profile: StudyProfile { result.profile }
  private var money: MoneyText { profile.money }

  // MARK: Header

  private var facts: [String] {
    var facts = ["\(NumberText.integer(profile.customers)) customers"]
    guard let totals = profile.purchases else { return facts }
    facts.append("\(NumberText.integer(totals.orders)) orders")
    if totals.orderLines != totals.orders {
      facts.append("\(NumberText.integer(totals.orderLines)) order lines")
    }
    facts.append("\(totals.firstDay.spelled) – \(totals.lastDay.spelled)")
    return facts
  }

  /// How few customers bring most of the revenue: in whole segments, or by customers where a segment is
  /// withheld or one segment holds it all.
  private var headline: String {
    let count = ReportBuilder.word(profile.segments.count)
    let lead =
      "\(count.prefix(1).uppercased())\(count.dropFirst()) segment\(profile.segments.count == 1 ? "" : "s")."
    guard let totals = profile.purchases, totals.revenue > .zero else { return lead }
    var customers = 0.0
    var revenue = 0.0
    for segment in profile.segments where revenue < 0.6 {
      customers += segment.customerShare
      revenue += segment.purchases?.revenueShare ?? 0
    }
    if profile.segments.allSatisfy(\.isDescribed), customers < 0.8 {
      return lead
        + " \(NumberText.percent(customers, 0)) of customers bring \(NumberText.percent(revenue, 0)) of revenue."
    }
    return lead
      + " \(NumberText.percent(totals.customersForEightyPercent, 0)) of customers bring 80% of revenue."
  }

  private var summary: String {
    let silhouette = NumberText.fixed(result.quality.silhouette.mean, 2)
    var sentences: [String] = []
    if let scan = result.scan {
      sentences.append(standing(scan))
    } else if result.options.clustering.k == nil {
      sentences.append("No group of customers was split further: silhouette \(silhouette).")
    } else {
      sentences.append("The number of segments was given: silhouette \(silhouette).")
    }
    if let least = profile.segments.compactMap(\.stability).min() {
      let kind = profile.segments.contains { $0.stability == nil } ? "segment of these" : "segment"
      let jaccard = "least Jaccard \(NumberText.fixed(least, 2))"
      sentences.append(
        least >= 0.75
          ? "Every \(kind) comes back in resamples (\(jaccard))."
          : "Not every \(kind) comes back in resamples (\(jaccard)).")
    }
    let ledger = result.ledger
    let aside = ledger.rowsIn - ledger.rowsUsed
    let share = NumberText.percent(Double(aside) / Double(max(1, ledger.rowsIn)), 1)
    sentences.append(aside > 0 ? "\(share) of rows were set aside." : "Every row was used.")
    return sentences.joined(separator: " ")
  }

  private var tiles: [Report.Tile] {
    guard let totals = profile.purchases else { return [] }
    var tiles = [
      Report.Tile(
        money.short(totals.revenue.units), "revenue", note: "from \(NumberText.integer(totals.orders)) orders"
      ),
      Report.Tile(
        NumberText.percent(totals.boughtAgain, 1), "bought again",
        note: "95% CI \(ReportBuilder.range(totals.boughtAgainInterval))"),
    ]
    // Seven tiles would leave one alone in a row; the gap stands beside the cohorts too.
    if !cohortTiles.isEmpty {
      tiles += cohortTiles
    } else if let gap = totals.gapDays {
      tiles.append(
        Report.Tile(
          "\(NumberText.fixed(gap.median)) days", "median gap between orders",
          note: "of customers with two or more"))
    }
    tiles.append(
      Report.Tile(
        NumberText.percent(totals.customersForEightyPercent, 0), "of customers bring 80% of revenue"))
    if let value = profile.value, let clv = value.totals.clv {
      tiles.append(
        Report.Tile(
          money.short(clv.total), "expected in the next \(NumberText.count(value.horizonDays, "day"))",
          note: value.holdout.map(ReportBuilder.tested)
            ?? clv.totalInterval.map { "95% CI \(money.short($0.low)) – \(money.short($0.high))" }))
    }
    let quiet = profile.lifecycle?.stages.filter { ["lapsing", "lapsed"].contains($0.stage) } ?? []
    let atRisk = quiet.compactMap(\.revenue).reduce(Amount.zero, +)
    if atRisk > .zero {
      tiles.append(
        Report.Tile(
          money.short(atRisk.units), "once came from customers now late by their own rhythm",
          note: quiet.map { "\(NumberText.integer($0.customers)) \($0.name)" }.joined(separator: ", ")))
    }
    return tiles
  }

  /// How far a test was off says more of a forecast than how well its parameters are known.
  private static func tested(_ test: Holdout) -> String {
    let excess = test.expectedOrders / max(1, test.actualOrders) - 1
    let off = NumberText.percent(excess.magnitude, 0)
    return "in a test on later orders \(off) too \(excess < 0 ? "few" : "many") were expected"
  }

  // MARK: Charts

  private var map: Report.SegmentMap? {
    let axes = result.axes
    guard axes.explainedVarianceRatio.count >= 2 else { return nil }
    var generator = result.options.seed.generator(for: .chartSample)
    let rows = generator.sample(ReportBuilder.mostMapPoints, outOf: result.labels.count)
    let projected = axes.project(result.features.scaled.selecting(rows: rows))
    let centers = axes.project(result.model.centroids)
    let note =
      rows.count < result.labels.count
      ? "\(NumberText.integer(rows.count)) of \(NumberText.integer(result.labels.count)) customers, drawn at random"
      : nil
    return Report.SegmentMap(
      points: rows.indices.map {
        Report.SegmentMap.Point(projected[$0, 0], projected[$0, 1], segment: Int(result.labels[rows[$0]]))
      },
      centroids: result.clusterOfSegment.enumerated().map { segment, cluster in
        Report.SegmentMap.Point(centers[cluster, 0], centers[cluster, 1], segment: segment)
      }, horizontal: caption(0), vertical: caption(1), note: note)
  }

  /// What an axis means: the features that load on it most, with their direction.
  private func caption(_ component: Int) -> String {
    let axes = result.axes
    let loadings = result.features.features.indices.map { axes.loadings[component, $0] }
    let strongest = loadings.map(\.magnitude).max() ?? 0
    let order = loadings.indices.sorted { (-loadings[$0].magnitude, $0) < (-loadings[$1].magnitude, $1) }
    let names = order.filter { loadings[$0].magnitude >= 0.6 * strongest }.prefix(3).map { index in
      let feature = result.features.features[index]
      return (loadings[index] < 0 ? "−" : "+") + (ReportBuilder.shortNames[feature.name] ?? feature.label)
    }
    let share = NumberText.percent(axes.explainedVarianceRatio[component], 0)
    let variance = component == 0 ? "\(share) of variance" : share
    return "Component \(component + 1) · \(variance) · \(names.joined(separator: ", "))"
  }

  private static let shortNames = ["recencyDays": "days away", "frequency": "orders", "monetary": "spend"]

  // MARK: Evidence

  private var ledger: Report.Ledger {
    let ledger = result.ledger
    let hasMoney = ledger.files.contains { $0.kind == .orders }
    func text(_ amount: Amount) -> String? { hasMoney ? money.toTheCent(amount) : nil }
    var lines: [Report.Ledger.Line] = []
    for file in ledger.files {
      let suffix = ledger.files.count > 1 ? " (\(Study.baseName(file.file)))" : ""
      for line in file.setAside {
        lines.append(
          Report.Ledger.Line(
            "\(line.reason.wording.prefix(1).uppercased())\(line.reason.wording.dropFirst())\(suffix)",
            rows: line.rows, money: file.kind == .orders ? text(line.money) : nil, action: "set aside",
            isListed: ![.afterAsOf, .beforeWindow].contains(line.reason)))
      }
      if file.refundedMoney != .zero {
        lines.append(
          Report.Ledger.Line(
            "Refunded\(suffix)", rows: 0, money: text(file.refundedMoney), action: "taken off its orders"))
      }
    }
    return Report.Ledger(
      rowsIn: ledger.rowsIn, moneyIn: text(ledger.moneyIn), lines: lines, rowsUsed: ledger.rowsUsed,
      moneyUsed: text(ledger.moneyUsed), isMoneyBalanced: ledger.balances)
  }

  private var settings: [Report.Setting] {
    StudyOptions.settings.map { setting in
      Report.Setting(
        setting.key, setting.read(result.options), origin: result.settings.origin(setting.key).rawValue)
    }
  }

  private static func range(_ interval: Interval) -> String {
    "\(NumberText.fixed(interval.low * 100, 1))–\(NumberText.fixed(interval.high * 100, 1))%"
  }

  private static func word(_ number: Int) -> String {
    let words = [
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    return number < words.count ? words[number] : NumberText.integer(number)
  }
}
