internal import FoundationEssentials

/// `datasets/lumen`: a made-up shop, and what was planted in it.
package struct PlantedShop: Sendable {
  package struct Stage: Decodable, Sendable {
    package var name: String
    package var events: [String]
  }

  package struct Rate: Decodable, Sendable {
    package var from: String
    package var to: String
    package var rate: Double
  }

  package struct Leak: Decodable, Sendable {
    package var from: String
    package var to: String
    package var realisedRate: Double
  }

  package struct Realised: Decodable, Sendable {
    package var ordersPerCustomer: [Int]
    package var recencyDays: [Int]
    package var orders: Int
    package var netPence: Int
    package var journeys: [String: Int]
    package var rates: [Rate]
  }

  package struct Segment: Decodable, Sendable {
    package var name: String
    package var size: Int
    package var realised: Realised
    package var leak: Leak
    package var planned: Planned
  }

  package struct Period: Decodable, Sendable {
    package var asOf: String
  }

  package struct Dirt: Decodable, Sendable {
    package var count: Int
  }

  package struct Clean: Decodable, Sendable {
    package var buyers: Int
    package var events: Int
    package var orders: Int
    package var amountPence: Int
    package var refundedPence: Int
    package var netPence: Int
  }

  package struct Answers: Decodable, Sendable {
    package var segment: String
    package var metric: String
    package var stage: String
    package var low: Bool
  }

  package struct LeftOut: Decodable, Sendable {
    package var orders: Int
    package var amountPence: Int
  }

  private struct File: Decodable {
    var period: Period
    var stages: [Stage]
    var segments: [Segment]
    var dirt: [String: [String: Dirt]]
    var rows: [String: Int]
    var clean: Clean
    var leftOut: [String: LeftOut]
    var feedback: [Answers]
  }

  package let period: Period
  package let stages: [Stage]
  package let segments: [Segment]
  /// By file and kind of defect.
  package let dirt: [String: [String: Dirt]]
  package let rows: [String: Int]
  package let clean: Clean
  package let leftOut: [String: LeftOut]
  package let feedback: [Answers]
  private let segmentOf: [String: Int32]

  package init() throws {
    let folder = SharedFolder.packageRoot + "/datasets/lumen"
    let file = try JSONDecoder().decode(
      File.self, from: Data(contentsOf: URL(filePath: folder + "/planted.json")))
    (period, stages, segments, dirt) = (file.period, file.stages, file.segments, file.dirt)
    (rows, clean, leftOut, feedback) = (file.rows, file.clean, file.leftOut, file.feedback)
    let index = Dictionary(uniqueKeysWithValues: zip(file.segments.map(\.name), Int32(0)...))
    let text = try String(
      decoding: Data(contentsOf: URL(filePath: folder + "/planted_segments.csv")), as: UTF8.self)
    var segmentOf: [String: Int32] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", maxSplits: 1)
      segmentOf[String(fields[0])] = index[String(fields[1])] ?? -1
    }
    self.segmentOf = segmentOf
  }

  package func path(_ file: String) -> String { SharedFolder.packageRoot + "/datasets/lumen/" + file }

  /// Index of the planted segment; −1 for prospects.
  package func segment(of customer: String) -> Int32 { segmentOf[customer] ?? -1 }

  package func stage(of event: String) -> Int? { stages.firstIndex { $0.events.contains(event) } }
}
