import SegueCore
import SegueFeatures
public import SegueProfile

/// Two studies side by side.
public struct Comparison: Sendable {
  let old: KnownStudy
  let new: KnownStudy

  /// - Throws: ``SegueError`` `compare.redacted` where ids were replaced in one of them alone, or under another key.
  public init(_ old: KnownStudy, _ new: KnownStudy) throws {
    try old.checkIDs(against: new.keyFingerprint)
    (self.old, self.new) = (old, new)
  }

  public func changes() -> StudyChanges {
    let points = new.model.segments.indices.map(new.model.restoredCentroid)
    let matching = SegmentMatching(old: old.side, new: new.side, distances: old.model.distances(to: points))
    let (drift, missing) = drift()
    return StudyChanges(
      before: run(old), now: run(new), matching, old: old.segments, new: new.segments, drift: drift,
      figures: figures(matching), remarks: remarks(matching, drift, missing))
  }

  private func run(_ study: KnownStudy) -> StudyChanges.Run {
    StudyChanges.Run(
      title: study.model.title, asOf: study.model.asOf, customers: study.customers.count,
      segments: study.model.segments.count, currency: study.figures.totals?.currency)
  }

  // MARK: Drift

  /// Features that clustering saw in either run, and what is missing to compare the others.
  private func drift() -> (found: [FeatureDrift], missing: [String]) {
    var found: [FeatureDrift] = []
    var missing: [String] = []
    var seen: Set<String> = []
    for treatment in old.model.treatments + new.model.treatments where seen.insert(treatment.name).inserted {
      let sides = [old, new].map { study in study.model.treatments.first { $0.name == treatment.name } }
      guard sides.allSatisfy({ $0 != nil }) else {
        let run = sides[0] == nil ? "earlier" : "later"
        missing.append(
          "The \(run) study is not clustered on \(treatment.label), which is left out of the drift.")
        continue
      }
      guard sides[0]!.kind == sides[1]!.kind, let before = old.values(of: treatment.name),
        let now = new.values(of: treatment.name)
      else {
        missing.append(
          "There is no drift of \(treatment.label): its values are not in the segments.csv of both studies.")
        continue
      }
      let result: FeatureDrift?
      if treatment.kind == .category {
        func levels(_ cells: [String]) -> [String?] { cells.map { $0.isEmpty ? nil : $0 } }
        result = FeatureDrift(
          treatment.name, label: treatment.label, before: levels(before), now: levels(now))
      } else {
        let unit = old.model.features.first { $0.attribute == treatment.name }?.unit ?? .plain
        result = FeatureDrift(
          treatment.name, label: treatment.label, unit: unit, before: before.map { Double($0) ?? .nan },
          now: now.map { Double($0) ?? .nan }, countsToOwnDay: Comparison.countsToOwnDay(treatment))
      }
      if let result {
        found.append(result)
      } else {
        missing.append(
          "There is no drift of \(treatment.label): fewer than ten customers are too few to tell.")
      }
    }
    return (found, missing)
  }

  /// Ages move with the day they count to, whatever customers do.
  private static func countsToOwnDay(_ treatment: FeatureTreatment) -> Bool {
    treatment.kind == .date || ["recencyDays", "tenureDays", "lateness"].contains(treatment.name)
  }

  // MARK: Key figures

  private func figures(_ matching: SegmentMatching) -> [FigureChanges] {
    let pairs: [(old: Int?, new: Int?)] =
      matching.successors.enumerated().map { ($0.offset, $0.element) }
      + matching.predecessors.enumerated().filter { $0.element == nil }.map { (nil, $0.offset) }
    let (a, b) = (old.figures.totals, new.figures.totals)
    let sameMoney = a?.currency == b?.currency
    var everybody: [FigureChanges.Value] = [
      .init(
        "customers", "customers", .count, before: Double(old.customers.count),
        now: Double(new.customers.count))
    ]
    if a != nil || b != nil {
      everybody += Comparison.values(
        sameMoney ? a?.revenue.units : nil, b?.revenue.units, a?.orders, b?.orders,
        (a?.boughtAgain, a?.boughtAgainInterval), (b?.boughtAgain, b?.boughtAgainInterval))
    }
    let (before, now) = (old.segments, new.segments)
    return [FigureChanges(before: nil, now: nil, values: everybody)]
      + pairs.map { pair in
        let (p, q) = (
          pair.old.flatMap { old.profiled(before[$0]) }, pair.new.flatMap { new.profiled(now[$0]) }
        )
        let (s, t) = (p?.purchases, q?.purchases)
        var values: [FigureChanges.Value] = [
          .init(
            "customers", "customers", .count, before: pair.old.map { Double(before[$0].customers) },
            now: pair.new.map { Double(now[$0].customers) }),
          .init(
            "customerShare", "share of customers", .share, before: p?.customerShare, now: q?.customerShare,
            beforeInterval: p?.customerShareInterval, nowInterval: q?.customerShareInterval),
        ]
        if s != nil || t != nil {
          values += Comparison.values(
            sameMoney ? s?.revenue.units : nil, t?.revenue.units, s?.orders, t?.orders,
            (s?.boughtAgain, s?.boughtAgainInterval), (t?.boughtAgain, t?.boughtAgainInterval))
        }
        return FigureChanges(
          before: pair.old.map { before[$0] }, now: pair.new.map { now[$0] }, values: values)
      }
  }

  private static func values(
    _ revenueBefore: Double?, _ revenueNow: Double?, _ ordersBefore: Int?, _ ordersNow: Int?,
    _ againBefore: (Double?, Interval?), _ againNow: (Double?, Interval?)
  ) -> [FigureChanges.Value] {
    [
      .init("revenue", "revenue", .money, before: revenueBefore, now: revenueNow),
      .init(
        "orders", "orders", .count, before: ordersBefore.map(Double.init), now: ordersNow.map(Double.init)),
      .init(
        "boughtAgain", "bought again", .share, before: againBefore.0, now: againNow.0,
        beforeInterval: againBefore.1, nowInterval: againNow.1),
    ]
  }

  // MARK: Remarks

  private func remarks(
    _ matching: SegmentMatching, _ drift: [FeatureDrift], _ missing: [String]
  ) -> [String] {
    var remarks: [String] = []
    let both = matching.overlap.reduce(0) { $0 + $1.reduce(0, +) }
    let fromCentres =
      drift.isEmpty && Set(old.model.features.map(\.name)).isDisjoint(with: new.model.features.map(\.name))
    if both == 0 {
      remarks.append(
        fromCentres
          ? "The studies have no customer and no feature in common: nothing tells which segments are the same."
          : "The studies have no customer in common: segments are matched by their centres alone.")
    } else if fromCentres {
      remarks.append("The studies have no feature in common: segments are matched by their customers alone.")
    }
    switch (old.figures.totals == nil, new.figures.totals == nil) {
    case (true, false):
      remarks.append("The earlier study holds no orders: there is no revenue to compare with.")
    case (false, true): remarks.append("The later study holds no orders: there is no revenue to compare.")
    case (false, false) where old.figures.totals?.currency != new.figures.totals?.currency:
      remarks.append("The studies count in different currencies: revenue is not compared.")
    default: break
    }
    if let before = old.model.asOf, let now = new.model.asOf {
      if before > now {
        remarks.append(
          "The earlier study looks from a later day (\(before.spelled)) than the other (\(now.spelled)).")
      }
      if before != now, drift.contains(where: \.countsToOwnDay) {
        remarks.append(
          "Days since something are counted to each study’s own day, \(before.spelled) and \(now.spelled): they drift "
            + "by construction, as time passes.")
      }
    }
    return remarks + new.nameRemarks + missing
  }
}

extension KnownStudy {
  /// Names that were kept and say something else than what their segments are now.
  fileprivate var nameRemarks: [String] {
    model.segments.compactMap { segment in
      guard !segment.isNamedByUser,
        let today = figures.segments.first(where: { $0.segment.id == segment.id })?.suggestedName
      else { return nil }
      return
        "“\(segment.name)” keeps its name from the earlier study; by what it is now it would be called “\(today)”."
    }
  }

  func profiled(_ segment: Segment) -> KnownFigures.Profiled? {
    figures.segments.first { $0.segment.id == segment.id }
  }

  /// - Parameter fingerprint: of the key of the other study's ids; nil where they stand as they are.
  func checkIDs(against fingerprint: String?) throws {
    guard keyFingerprint != fingerprint else { return }
    let isMix = keyFingerprint == nil || fingerprint == nil
    throw SegueError.usage(
      Diagnostic(
        "compare.redacted",
        isMix
          ? "customer ids are redacted in one of the studies and not in the other, so nobody can be found again"
          : "customer ids are redacted under different keys, so nobody can be found again",
        hint: "run both studies with the same key, or both without one"))
  }
}
