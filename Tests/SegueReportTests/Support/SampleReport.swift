import SegueCore
import SegueJourney
import SegueProfile
import SegueReport

/// A whole report over invented figures; each test takes away or twists what it is about.
enum SampleReport {
  static let full: Report = {
    var full = report(SampleSegments.five)
    full.study = SampleValue.added(to: full.study)
    return full
  }()

  static func report(
    _ figures: [SampleSegments.Figures], hasOrders: Bool = true, hasEvents: Bool = true,
    hasFeedback: Bool = true,
    unobserved: Set<Int> = [], undescribed: Set<Int> = [], points: Int = 900
  ) -> Report {
    let segments = figures.enumerated().map { index, figures in
      SampleSegments.profile(
        index, figures, hasOrders: hasOrders, isDescribed: !undescribed.contains(index))
    }
    return Report(
      title: "Online Retail", facts: ["4,338 customers", "397,884 order lines", "1 Dec 2010 – 9 Dec 2011"],
      headline:
        "\(figures.count == 5 ? "Five segments." : "\(figures.count) in all.") 29% of customers bring 71% of revenue.",
      summary: "The split is clear (silhouette 0.48) and comes back in 91 of 100 resamples. "
        + "1.4% of rows were set aside.",
      tiles: hasOrders ? tiles : [], study: SampleSegments.study(segments, hasOrders: hasOrders),
      map: map(segments.count, points: points), kinship: kinship(segments.count),
      grid: hasOrders ? grid() : nil,
      personas: segments.enumerated().map { SamplePersonas.persona($1, $0) },
      journeys: hasEvents
        ? segments.enumerated().map {
          SampleJourneys.map($1, $0, unobserved: unobserved, hasFeedback: hasFeedback)
        } : [],
      scan: scan(figures.count), ledger: ledger, joins: hasEvents ? joins : [],
      formedOn: formedOn(figures.map(\.name)), settings: settings, inputs: inputs,
      remarks: [
        Report.Remark(
          "Segments were formed from orders only; channels and answers describe them afterwards."),
        Report.Remark("One segment is weakly stable: read “One-and-done” with care.", isWarning: true),
      ],
      version: "0.1.0", asOf: CalendarDay(iso: "2011-12-10"))
  }

  private static let tiles = [
    Report.Tile("£8.91 M", "revenue"), Report.Tile("66%", "bought again", note: "64% to 67%"),
    Report.Tile("46 days", "median gap between orders"),
    Report.Tile("£1.74 M", "expected next 12 months", note: "£1.61 M to £1.88 M"),
    Report.Tile("£1.12 M", "came from customers who are slipping"),
  ]

  private static let centres = [
    (3.1, 0.9), (1.6, -0.1), (0.6, 1.1), (0.3, -1.6), (-1.7, -0.7), (-0.4, 2), (2.2, -1.8), (-2.6, 1.2),
    (0.1, 0.1), (3.4, -0.6), (-3, -2), (1.2, 2.3),
  ]

  static func map(_ segments: Int, points: Int) -> Report.SegmentMap {
    var generator = Seed(7).generator(for: .bootstrap, index: 0)
    func spread() -> Double {
      (0..<6).reduce(-3.0) { sum, _ in sum + Double(generator.next() >> 11) / Double(1 << 53) }
    }
    return Report.SegmentMap(
      points: (0..<points).map { index in
        let segment = index % segments
        let centre = centres[segment % centres.count]
        return Report.SegmentMap.Point(
          centre.0 + spread() * 0.75, centre.1 + spread() * 0.6, segment: segment)
      },
      centroids: (0..<segments).map {
        Report.SegmentMap.Point(centres[$0 % centres.count].0, centres[$0 % centres.count].1, segment: $0)
      },
      horizontal: "Component 1 · 58% of variance · spend and frequency",
      vertical: "Component 2 · 24% of variance · recency",
      note: "\(points) of 4,338 customers, drawn at random. Dots that lie close have similar orders.")
  }

  static func grid(bins: Int = 5) -> RFMGrid {
    let names = [
      "Lost", "Hibernating", "About to sleep", "Promising", "New customers", "At risk", "Need attention",
      "Potential loyalists", "Can't lose them", "Loyal customers", "Champions",
    ]
    var recency: [UInt8] = []
    var frequency: [UInt8] = []
    var labels: [String] = []
    for f in 1...bins {
      for r in 1...bins where (r, f) != (2, bins) {
        let distance = (r - f).magnitude
        let count = 8 + 160 / (1 + 3 * Int(distance)) + (r == bins && f == bins ? 190 : 0)
        recency += Array(repeating: UInt8(r), count: count)
        frequency += Array(repeating: UInt8(f), count: count)
        labels += Array(repeating: names[min(names.count - 1, (f - 1) * 2 + (r - 1) / 2)], count: count)
      }
    }
    return RFMGrid(bins: bins, recency: recency, frequency: frequency, names: labels)
  }

  private static func scan(_ chosen: Int) -> Report.Scan {
    let mean = [0.97, 0.95, 0.93, 0.91, 0.78, 0.7, 0.66, 0.61, 0.55]
    let least = [0.96, 0.93, 0.88, 0.86, 0.49, 0.41, 0.4, 0.33, 0.3]
    let silhouette = [0.41, 0.43, 0.46, 0.48, 0.44, 0.4, 0.37, 0.35, 0.33]
    return Report.Scan(
      rows: mean.indices.map {
        Report.Scan.Row(
          k: $0 + 2, silhouette: silhouette[$0], minJaccard: least[$0], meanJaccard: mean[$0],
          inertia: 12_400 / Double($0 + 2), calinskiHarabasz: 1_830 - 90 * Double($0), daviesBouldin: 0.8,
          gap: 0.31 + 0.04 * Double(min($0, 5 - $0)), gapStandardError: 0.008,
          predictionStrength: 0.95 - 0.06 * Double($0), densestBorder: 0.12 + 0.09 * Double($0))
      }, chosen: chosen, runnerUp: 4, verdict: .clustered,
      reason:
        "Five is the largest number that stays stable (least Jaccard 0.86 in 100 resamples), and it has the "
        + "best silhouette. Six splits “Steady regulars” at random.",
      votes: [
        Report.Scan.Vote(.silhouette, k: 5), Report.Scan.Vote(.calinskiHarabasz, k: 2),
        Report.Scan.Vote(.gap, k: 4), Report.Scan.Vote(.predictionStrength, k: 4),
        Report.Scan.Vote(.leastJaccard, k: 5), Report.Scan.Vote(.densestBorder, k: nil),
      ],
      notes: ["Hopkins statistic 0.91 (p < 0.001).", "Of a sample of the 4,338 customers: gap of 1,000."])
  }

  /// A chain: each merge takes the next segment to those before it.
  static func kinship(_ segments: Int) -> Report.Kinship {
    Report.Kinship(
      segments: Array(0..<segments), order: Array(0..<segments),
      merges: (0..<max(0, segments - 1)).map {
        Report.Kinship.Merge($0 == 0 ? 0 : segments + $0 - 1, $0 + 1, height: 4 + 3 * Double($0))
      })
  }

  private static let ledger = Report.Ledger(
    rowsIn: 541_909, moneyIn: "£9,747,747.93",
    lines: [
      Report.Ledger.Line("Without a customer", rows: 132_220, money: "£1,447,682.12", action: "left out"),
      Report.Ledger.Line(
        "Cancellations", rows: 8_905, money: "-£611,342.09", action: "netted against their orders"),
      Report.Ledger.Line("Exact duplicates", rows: 2_900, money: "£0.00", action: "kept once"),
    ], rowsUsed: 397_884, moneyUsed: "£8,911,407.90")

  private static let joins = [
    Report.Join(
      left: "orders", right: "events", both: 3_120, onlyLeft: 1_218, onlyRight: 902,
      leftRowsUnmatched: 61_204, rightRowsUnmatched: 12_077),
    Report.Join(
      left: "orders", right: "feedback", both: 12, onlyLeft: 4_326, onlyRight: 2_901,
      leftRowsUnmatched: 397_001,
      rightRowsUnmatched: 2_901, isPoor: true),
  ]

  /// - Parameter labels: what columns of customers files may be called.
  private static func formedOn(_ labels: [String]) -> Report.FormedOn {
    Report.FormedOn(
      used: labels.map {
        .init(
          $0, kind: "category", columns: 3, shape: "\($0), Basic; as \"other\": \($0)", missing: "24, filled",
          distanceShare: 1 / Double(labels.count), pulledIn: $0 == labels[0] ? "12 above 4,210" : nil)
      },
      correlated: zip(labels, labels.dropFirst()).prefix(1).map {
        .init($0, $1, pearson: 0.93, spearman: -0.951)
      }, leftOut: labels.map { .init($0, why: "the same for everybody") },
      note: "Scaling: standard. What is missing for more than 40% of customers is left out.")
  }

  private static let settings = [
    Report.Setting("as-of", "2011-12-10", origin: "default: the day after the last order"),
    Report.Setting("currency", "GBP", origin: "flag"), Report.Setting("seed", "0", origin: "default"),
    Report.Setting("k", "auto", origin: "default"), Report.Setting("scaling", "standard", origin: "default"),
    Report.Setting("transform", "log1p", origin: "detected: skew 21.3 in spend"),
    Report.Setting("stages", "sixStages", origin: "options file"),
  ]

  private static let inputs = [
    Report.Input(
      file: "online_retail.csv", kind: "orders", rows: 541_909,
      sha256: "3d1d4ad1e9b1b0b6f3a7f1f7ba0c7b0f7f5e2c6d1a4b9e8d7c6b5a4938271605"),
    Report.Input(
      file: "events.jsonl", kind: "events", rows: 88_204,
      sha256: "9b74c9897bac770ffc029102a200c5de5f0f8f2b7d6c4e1a0b3c5d7e9f1a2b3c"),
    Report.Input(file: "survey.xlsx", kind: "feedback", rows: 2_913),
  ]
}
