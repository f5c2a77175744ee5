import SegueCore

/// What became of segments, in sentences that quote only what the migration table shows.
package struct ChangeText {
  private let matching: SegmentMatching
  private let old: [Segment]
  private let new: [Segment]
  private let migration: Migration

  init(_ matching: SegmentMatching, _ old: [Segment], _ new: [Segment], _ migration: Migration) {
    (self.matching, self.old, self.new, self.migration) = (matching, old, new, migration)
  }

  func sentence(_ change: SegmentChange, _ i: Int) -> String {
    let name = quoted(old[i])
    let successor = matching.successors[i]
    switch change.outcome {
    case .kept:
      let called = quoted(new[successor!])
      let title = called == name ? "\(name) stays" : "\(name) stays, and is called \(called)"
      if change.basis == .centroids {
        return
          "\(title), by its place: too few customers are in both runs to tell, and its centre and the new one are "
          + "each other’s nearest."
      }
      guard let share = part(i, successor!) else {
        return "\(title); how many of its customers are in it is withheld."
      }
      let jaccard = change.jaccard.map { "; Jaccard \(NumberText.fixed($0, 2))" } ?? ""
      return "\(title): \(share) are in it\(jaccard)."
    case .split:
      let parts = matching.heirs[i].map { heir -> String in
        guard let cell = figure(i, heir) else { return "some are in \(quoted(new[heir]))" }
        return "\(NumberText.integer(cell.customers)) (\(ChangeText.share(cell))) are in \(quoted(new[heir]))"
      }
      let heir =
        successor.map { "\(quoted(new[$0])) is the same segment" } ?? "none of them is the same segment"
      return "\(name) has split: of its \(customers(old[i])) \(parts.inWords); \(heir)."
    case .merged:
      let host = matching.mergedInto[i]!
      let share = part(i, host).map { ": \($0) are there" } ?? ""
      return "\(name) has merged into \(quoted(new[host]))\(share)."
    case .gone, .born:
      return "\(name) is gone: \(whereabouts(i))."
    }
  }

  func birth(_ j: Int, parent: Int?) -> String {
    let name = quoted(new[j])
    if let parent {
      let share = part(parent, j).map { ": \($0) are in it" } ?? ""
      return "\(name) is new, out of \(quoted(old[parent]))\(share)."
    }
    let rows = migration.from.indices.filter { migration.cell($0, j).customers != nil }
    let most = rows.max { (migration.cell($0, j).customers!, $1) < (migration.cell($1, j).customers!, $0) }
    guard let most, let count = migration.cell(most, j).customers, count > 0 else {
      return "\(name) is new."
    }
    let n = new[j].customers
    let interval = Statistics.wilson(Double(count), of: Double(n))
    let share = ChangeText.share(Double(count) / Double(n), interval)
    let origin =
      most == old.count ? "were not there before" : "were in \(quoted(old[most]))"
    return "\(name) is new: \(NumberText.integer(count)) of its \(customers(new[j])) (\(share)) \(origin)."
  }

  /// Where most customers of a segment that is gone went.
  private func whereabouts(_ i: Int) -> String {
    let columns = migration.to.indices.filter { figure(i, $0) != nil }
    let most = columns.max {
      (migration.cell(i, $0).customers!, $1) < (migration.cell(i, $1).customers!, $0)
    }
    guard let most, let cell = figure(i, most), cell.customers > 0 else {
      return "its customers are spread over others"
    }
    let place = most == new.count ? "are no longer there" : "are in \(quoted(new[most]))"
    return
      "\(NumberText.integer(cell.customers)) of its \(customers(old[i])) (\(ChangeText.share(cell))) \(place)"
      + (most == new.count ? "" : ", and no segment is mostly made of them")
  }

  private typealias Shown = (customers: Int, share: Double, interval: Interval)

  private func figure(_ row: Int, _ column: Int) -> Shown? {
    let cell = migration.cell(row, column)
    guard let customers = cell.customers, let share = cell.share, let interval = cell.interval else {
      return nil
    }
    return (customers, share, interval)
  }

  /// `812 of its 900 customers (90.2%, 95% CI 88.1–92.0%)`
  private func part(_ i: Int, _ j: Int) -> String? {
    figure(i, j).map {
      "\(NumberText.integer($0.customers)) of its \(customers(old[i])) (\(ChangeText.share($0)))"
    }
  }

  private static func share(_ cell: Shown) -> String { share(cell.share, cell.interval) }

  private static func share(_ share: Double, _ interval: Interval) -> String {
    "\(NumberText.percent(share, 1)), 95% CI \(NumberText.fixed(interval.low * 100, 1))–"
      + "\(NumberText.fixed(interval.high * 100, 1))%"
  }

  private func customers(_ segment: Segment) -> String { NumberText.count(segment.customers, "customer") }
  private func quoted(_ segment: Segment) -> String { "“\(segment.name)”" }
}
