import Foundation
import SegueClustering
import SegueCore
import SegueFeatures
import SegueIngest
import SegueJourney
import SegueNumerics
import SeguePersona
import SegueProfile
import SegueReport

/// The files of a study folder. Nothing in them depends on time, place or thread count.
extension StudyResult {
  public func folder() throws -> StudyFolder {
    var rejected: [UInt8] = []
    try rejects.writeCSV(into: &rejected, withRows: redaction == nil)
    var files: [(name: String, bytes: [UInt8])] = [
      ("manifest.json", try Self.json(StudyManifest(self))),
      ("segments.csv", try segmentsCSV()),
      ("segments.json", try Self.segmentsJSON(self)),
      ("personas.json", try Self.json(PersonasFile(self))),
      ("personas.md", Array(PersonaMarkdown.text(personas, title: title, money: profile.money).utf8)),
      ("journeys.json", try Self.json(JourneysFile(maps: maps, counts: describedJourneys))),
      ("journeys.md", Array(JourneyMarkdown.text(maps, title: title, money: profile.money).utf8)),
      ("model.json", try Self.json(StudyModel(self))),
      ("rejects.csv", rejected),
      ("report.html", Array(ReportBuilder(result: self).report().html().utf8)),
    ]
    if let changes { files.append(("changes.json", try ChangesFile(changes).json())) }
    return StudyFolder(files: files)
  }

  static func segmentsJSON(_ result: StudyResult) throws -> [UInt8] { try json(SegmentsFile(result)) }

  /// Groups too small to describe keep their size and nothing else.
  private var describedJourneys: JourneyAggregate {
    var counts = journeys
    for index in counts.segments.indices where !profile.segments[index].isDescribed {
      counts.segments[index].stages = []
    }
    return counts
  }

  /// - Parameter isPretty: for files that people open; long tables for programs go on one line.
  package static func json(_ value: some Encodable, isPretty: Bool = true) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Indices of a perfect split are infinite; JSON has no number for that.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    var bytes = [UInt8](try encoder.encode(value))
    bytes.append(10)
    return bytes
  }

  /// One row per customer, in the order of their ids or pseudonyms.
  ///
  /// - Throws: ``SegueError`` `redact.collision`.
  package func segmentsCSV() throws -> [UInt8] {
    let ids = try WrittenIDs(customerIDs, redaction)
    var output: [UInt8] = []
    var header = "customer_id,segment_id,segment,distance,exemplar"
    if let rfm, scores != nil { header += ",\(RFMCells.columns(rfm))" }
    if lifecycle != nil { header += ",lifecycle" }
    let value = value?.columns ?? []
    for column in value { header += ",\(column.name)" }
    output.append(contentsOf: header.utf8)
    let features = FeatureCells(clusteredOn, beside: header.split(separator: ",").map(String.init))
    for name in features.headers {
      output.append(44)
      CSVWriter.append(name, to: &output)
    }
    output.append(contentsOf: [13, 10])
    var marks: [Int: String] = [:]
    for (index, rows) in Exemplar.rows(profile, labels: labels, distances: distances).enumerated() {
      for (place, row) in rows.enumerated() {
        marks[row] = Exemplar.mark(profile.segments[index].segment, place)
      }
    }
    let rows = rfm.flatMap { rfm in scores.map { RFMCells(rfm, $0) } }
    for row in ids.order {
      let segment = profile.segments[Int(labels[row])].segment
      CSVWriter.append(ids.texts[row], to: &output)
      output.append(contentsOf: ",\(segment.id),".utf8)
      CSVWriter.append(segment.name, to: &output)
      output.append(contentsOf: ",\(NumberText.fixed(distances[row], 4, grouped: false))".utf8)
      output.append(contentsOf: ",\(marks[row] ?? "")".utf8)
      if let rows {
        output.append(44)
        rows.append(row, to: &output)
      }
      if let lifecycle { output.append(contentsOf: ",\(lifecycle.stages[row].name)".utf8) }
      for column in value {
        output.append(44)
        DecimalNumber.append(column.values?[row] ?? .nan, to: &output)
      }
      features.append(row, to: &output)
      output.append(contentsOf: [13, 10])
    }
    return output
  }
}

/// `segments.json`.
private struct SegmentsFile: Encodable {
  var version = Study.version
  var customers: Int
  var totals: StudyProfile.Totals?
  /// What customers are expected to do.
  var value: ValueDocument?
  var segments: [SegmentProfile]
  /// The segments as one ordered list of rules.
  var ruleList: RuleList?
  /// How each attribute is distributed over everybody and in each segment.
  var attributes: [AttributeProfile]
  /// Comparisons that the false-discovery control covers.
  var comparisons: Int
  var quality: Quality
  var scan: Scan?
  var backtest: Backtest?
  /// The groups that were clustered each by itself; left out where all were clustered in one.
  var groups: [Group]?

  struct Group: Encodable {
    var group: LifecycleGroups.Group
    var joined: [LifecycleGroups.Group]
    var customers: Int
    /// Ids of its segments.
    var segments: [Int]
    var reason: String
    /// Nil where it stayed whole or the number was given.
    var scan: Scan?
  }
  var cohorts: Cohorts?

  struct Quality: Encodable {
    var silhouette: FiniteNumber
    var calinskiHarabasz: FiniteNumber
    var daviesBouldin: FiniteNumber
    var inertia: Double
  }

  struct Scan: Encodable {
    var chosen: Int
    var reason: String
    var verdict: String
    var tried: [Tried]
  }

  struct Tried: Encodable {
    var k: Int
    var inertia: Double
    var silhouette: FiniteNumber
    var calinskiHarabasz: FiniteNumber
    var daviesBouldin: FiniteNumber
    var jaccard: [Double]
    var referenceSilhouette: Double
  }

  init(_ result: StudyResult) {
    customers = result.profile.customers
    totals = result.profile.purchases
    value = result.value.map { ValueDocument($0, result.profile.value) }
    segments = result.profile.segments
    ruleList = result.profile.ruleList
    attributes = result.profile.attributes ?? []
    comparisons = result.profile.comparisons
    cohorts = result.profile.cohorts
    quality = Quality(
      silhouette: FiniteNumber(result.quality.silhouette.mean),
      calinskiHarabasz: FiniteNumber(result.quality.calinskiHarabasz),
      daviesBouldin: FiniteNumber(result.quality.daviesBouldin), inertia: result.model.inertia)
    backtest = result.backtest
    scan = result.scan.map(Scan.init)
    guard !result.groups.isEmpty else { return }
    groups = result.groups.map { group in
      Group(
        group: group.group, joined: group.joined, customers: group.customers,
        segments: result.segments(of: group).map { $0.id }, reason: group.reason,
        scan: group.scan.map(Scan.init))
    }
  }
}

extension SegmentsFile.Scan {
  fileprivate init(_ scan: SegmentCountScan) {
    self.init(
      chosen: scan.choice.k, reason: scan.choice.reason, verdict: scan.choice.verdict.rawValue,
      tried: scan.candidates.map {
        SegmentsFile.Tried(
          k: $0.k, inertia: $0.inertia, silhouette: FiniteNumber($0.silhouette),
          calinskiHarabasz: FiniteNumber($0.calinskiHarabasz),
          daviesBouldin: FiniteNumber($0.daviesBouldin), jaccard: $0.stability?.jaccard ?? [],
          referenceSilhouette: $0.reference.maximum)
      })
  }
}

private struct JourneysFile: Encodable {
  var version = Study.version
  var maps: [JourneyMap]
  /// The counts the maps are drawn from.
  var counts: JourneyAggregate
}
