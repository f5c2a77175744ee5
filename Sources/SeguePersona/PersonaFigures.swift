import SegueCore
public import SegueProfile

/// Figures that sentences cite and that no profile has by itself, so that `segments.json` holds them.
public enum PersonaFigures {
  /// Adds to each described segment what it lacks of these, and of `extra`.
  ///
  /// - Parameter extra: per segment, such as its pain points.
  public static func complete(_ profile: inout StudyProfile, extra: [[Figure]] = []) {
    for index in profile.segments.indices where profile.segments[index].isDescribed {
      let segment = profile.segments[index]
      var known = Set(segment.figures.map(\.id))
      let more = basic(segment, profile) + (extra.indices.contains(index) ? extra[index] : [])
      profile.segments[index].figures += more.filter { known.insert($0.id).inserted }
    }
  }

  private static func basic(_ segment: SegmentProfile, _ profile: StudyProfile) -> [Figure] {
    let n = segment.segment.customers
    func sources(_ attribute: String) -> [String] {
      segment.traits.first { $0.attribute == attribute }?.sources ?? ["orders"]
    }
    func figure(
      _ name: String, _ label: String, _ unit: Unit, _ statistic: Figure.Statistic, _ value: Double,
      _ n: Int, _ sources: [String], _ interval: Interval? = nil
    ) -> Figure {
      Figure(
        id: "s\(segment.segment.id).\(name)", label: label, unit: unit, statistic: statistic, value: value,
        interval: interval, n: n, sources: sources)
    }
    var all = [
      figure(
        "customers", "customers", .count, .count, Double(n), n,
        segment.purchases == nil ? ["customers"] : sources("frequency"))
    ]
    if let purchases = segment.purchases {
      let (orders, money, time) = (sources("frequency"), sources("monetary"), sources("recencyDays"))
      let median = purchases.orderValue.median
      let once = 1 - purchases.boughtAgain
      all += [
        figure("revenue", "revenue", .money, .sum, purchases.revenue.units, n, money),
        figure("revenueShare", "share of revenue", .share, .share, purchases.revenueShare, n, money),
        figure("orderValue", "value of an order", .money, .median, median, purchases.orderValue.n, money),
        figure(
          "recencyDays", "days since last order", .days, .median, purchases.recencyDays.median, n, time),
        figure("frequency", "orders", .count, .median, purchases.frequency.median, n, orders),
        figure("monetary", "spend", .money, .median, purchases.monetary.median, n, money),
        figure(
          "boughtAgain", "ordered more than once", .share, .share, purchases.boughtAgain, n, orders,
          purchases.boughtAgainInterval),
        figure(
          "oneMoreOrder", "one order more from each: customers × median order", .money, .sum,
          Double(n) * median, n, money),
        figure(
          "secondOrder", "an order from each who ordered once: those × median order", .money, .sum,
          (Double(n) * once).rounded() * median, n, money),
      ]
      if let gap = purchases.gapDays, gap.n >= TraitFinder.smallestGroup {
        all.append(
          figure("gapDays", "days between orders of a customer", .days, .median, gap.median, gap.n, time))
      }
    }
    return all + expected(segment, profile, figure) + stages(segment, sources("recencyDays"), figure)
  }

  private typealias Make = (
    String, String, Unit, Figure.Statistic, Double, Int, [String], Interval?
  ) -> Figure

  private static func expected(
    _ segment: SegmentProfile, _ profile: StudyProfile, _ figure: Make
  ) -> [Figure] {
    guard let value = segment.value, let horizon = profile.value?.horizonDays else { return [] }
    let n = segment.segment.customers
    let sources = segment.traits.first { $0.attribute == "monetary" }?.sources ?? ["orders"]
    let within = "within \(Wording.horizon(horizon))"
    var all = [
      figure(
        "expectedOrdersMean", "orders expected of a customer \(within)", .count, .mean,
        value.expectedOrders.mean, n, sources, value.expectedOrders.meanInterval)
    ]
    if let clv = value.clv {
      all += [
        figure(
          "expectedValueMean", "value expected of a customer \(within)", .money, .mean, clv.mean, n, sources,
          clv.meanInterval),
        figure(
          "expectedTotal", "value expected of all customers \(within)", .money, .sum, clv.total, n, sources,
          clv.totalInterval),
      ]
    }
    if let alive = value.pAliveOfReturning, value.returning >= TraitFinder.smallestGroup {
      all.append(
        figure(
          "pAliveOfReturning", "probability that who came back is still a customer", .share, .mean, alive,
          value.returning, sources, nil))
    }
    return all
  }

  private static func stages(_ segment: SegmentProfile, _ sources: [String], _ figure: Make) -> [Figure] {
    (segment.lifecycle ?? []).filter { $0.customers >= TraitFinder.smallestGroup }.map {
      figure(
        "stage.\($0.stage)", "share that is \($0.name)", .share, .share, $0.share,
        segment.segment.customers, sources, $0.interval)
    }
  }
}
