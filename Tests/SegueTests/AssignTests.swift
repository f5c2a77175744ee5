import Foundation
import SegueTestSupport
import Testing

import Segue

/// Customers placed again by the model of their own study.
@Suite("Assign")
struct AssignTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    var algorithm: ClusteringAlgorithm
    var isParted: Bool
    var testDescription: String { "\(algorithm.rawValue), \(isParted ? "parted" : "together")" }
  }

  private static let cases = [ClusteringAlgorithm.kmeans, .minibatch, .bisecting].flatMap { algorithm in
    [true, false].map { Case(algorithm: algorithm, isParted: $0) }
  }

  private func placed(
    _ inputs: [Input], _ model: StudyModel, rows: AssignedRows = .auto, moves: Bool = false,
    options: ResolvedOptions = ResolvedOptions()
  ) throws -> [[String]] {
    var output: [UInt8] = []
    _ = try Study(options).assign(inputs, by: model, rows: rows, moves: moves) { output += $0 }
    return table(output)
  }

  private func table(_ bytes: [UInt8]) -> [[String]] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func saved(_ result: StudyResult) throws -> StudyModel {
    let bytes = try StudyResult.json(StudyModel(result))
    return try JSONDecoder().decode(StudyModel.self, from: Data(bytes))
  }

  @Test("A study's own rows get the labels and distances they had, by any method", arguments: cases)
  private func ownRows(_ test: Case) throws {
    var settings = ResolvedOptions()
    try settings.set("clustering.algorithm", to: test.algorithm.rawValue, origin: .flag)
    try settings.set("clustering.k", to: "6", origin: .flag)
    if !test.isParted { try settings.set("clustering.lifecycle", to: "together", origin: .flag) }
    let orders = Input(path: Studies.dataset("cdnow/orders.csv"))
    let result = try Study(settings).run([orders])
    let (model, own) = (try saved(result), try table(result.segmentsCSV()))
    for inputs in try [[Input(path: "segments.csv", bytes: result.segmentsCSV())], [orders]] {
      let again = try placed(inputs, model)
      #expect(again.map { $0.prefix(4) } == own.map { $0.prefix(4) })
    }
  }

  @Test("An order moves customers where it was said, and silence too")
  func movesHold() throws {
    let orders = Input(path: Studies.dataset("cdnow/orders.csv"))
    let result = try Studies.cdnow.get()
    let model = try saved(result)
    let rows = try placed([orders], model, moves: true)
    let columns = Dictionary(uniqueKeysWithValues: rows[0].enumerated().map { ($1, $0) })
    let (name, after) = (columns["segment"]!, columns["silence_days"]!)
    let target = columns["silence_to"]!
    let asOf = try #require(result.asOf)
    for row in stride(from: 1, to: rows.count, by: 97) {
      guard let days = Int(rows[row][after]) else { continue }
      for (late, expected) in [(days - 1, rows[row][name]), (days, rows[row][target])] where late < 120 {
        var settings = ResolvedOptions()
        try settings.set("rfm.asOf", to: "\(asOf.adding(days: late))", origin: .flag)
        let later = try placed([orders], model, options: settings)
        #expect(later[row][name] == expected, "\(rows[row][0]) after \(late) days")
      }
    }
  }

  @Test("Unknown levels, missing columns and cells that are no numbers are told")
  func badRows() throws {
    let model = try saved(Studies.cdnow.get())
    func text(_ rows: String) -> Input { Input(path: "new.csv", bytes: Array(rows.utf8)) }
    var summary: AssignSummary?
    func run(_ rows: String) throws -> String {
      var output: [UInt8] = []
      summary = try Study().assign([text(rows)], by: model, rows: .features) { output += $0 }
      return String(decoding: output, as: UTF8.self)
    }
    let few = try run("customer_id,Recency Days,FREQUENCY\na,3,2\nb,400,1\n")
    #expect(few.split(separator: "\r\n").count == 3)
    #expect(summary?.warnings.contains { $0.contains("has no column for spend") } == true)
    #expect(summary?.warnings.contains { $0.contains("no column lifecycle") } == true)
    let bad = #expect(throws: SegueError.self) { try run("customer_id,recency_days\na,3\nb,x3\n") }
    #expect(bad?.diagnostics.first?.location?.line == 3)
    let none = #expect(throws: SegueError.self) { try run("customer_id,height\na,3\n") }
    #expect(none?.diagnostics.map(\.code) == ["assign.columns"])
  }
}
