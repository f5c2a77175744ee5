import Foundation
import Segue
import SegueTestSupport
import Testing

/// Ids written another way in one file of the shop: the study stays what it is.
@Suite("Studies of files that spell customers differently")
struct JoinedStudyTests {
  /// The shop with the ids of one file changed. Ids are `C` and five digits.
  private func inputs(_ file: String, _ change: (Substring) -> String) throws -> [Input] {
    try Studies.lumenInputs.map { input in
      guard input.path.hasSuffix(file) else { return input }
      let text = try String(contentsOfFile: input.path, encoding: .utf8)
      return Input(
        path: input.path, bytes: Array(text.replacing(/C\d{5}/) { change($0.output) }.utf8))
    }
  }

  private func segments(_ result: StudyResult) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: zip(result.customerIDs, result.labels).map {
        ($0.uppercased(), result.profile.segments[Int($1)].segment.name)
      })
  }

  @Test("no segment changes", arguments: ["orders.csv", "customers.csv", "events.csv", "feedback.csv"])
  func spelling(file: String) throws {
    let plain = try Studies.lumen.get()
    let study = Study(try Studies.settings(["ingest.onBadRow": "skip"]))
    let result = try study.run(inputs(file) { "\"\($0.lowercased()) \"" })
    #expect(segments(result) == segments(plain))
    #expect(result.joining.matches == plain.joining.matches)
    #expect(result.joining.spellings.letterCase > 1_000)
    #expect(result.warnings.isEmpty)
    if file != "orders.csv" {
      #expect(try result.segmentsCSV() == plain.segmentsCSV())
      #expect(result.personas.map(\.sections.count) == plain.personas.map(\.sections.count))
    }
    #expect(result.remarks.contains { $0.contains("written in several ways") })
  }

  @Test("ids that match nobody are warned of in report, manifest and result, without showing any")
  func strangers() throws {
    let study = Study(try Studies.settings(["ingest.onBadRow": "skip", "clustering.k": "5"]))
    let result = try study.run(inputs("feedback.csv") { "u-\($0.dropFirst(2))" })
    let warning = try #require(result.warnings.first)
    #expect(warning.contains("feedback.csv") && warning.contains("a-9999") && warning.contains("A99999"))
    #expect(try written("report.html", result).contains("poor match"))
    #expect(try written("manifest.json", result).contains("\"isPoor\" : true"))
  }

  private func written(_ name: String, _ result: StudyResult) throws -> String {
    try file(name, of: result)
  }

  @Test("customers who share an address become one on request, with all rows and all money")
  func merging() throws {
    var inputs = Studies.lumenInputs
    let path = inputs[1].path
    // C00002 takes the address of C00001; both have orders.
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("sage.gorse2@example.com", with: "WREN.Finch1@example.org")
    inputs[1] = Input(path: path, bytes: Array(text.utf8))
    let settings = ["ingest.onBadRow": "skip", "clustering.k": "5"]
    let plain = try Study(Studies.settings(settings)).run(inputs)
    #expect(plain.joining.duplicates.addresses == 1 && plain.joining.duplicates.merged == 0)
    #expect(plain.customerIDs.count == 4_750)
    let merged = try Study(Studies.settings(settings.merging(["ingest.mergeCustomers": "email"]) { $1 }))
      .run(inputs)
    #expect(merged.joining.duplicates.merged == 1 && merged.customerIDs.count == 4_749)
    #expect(!merged.customerIDs.contains("C00002"))
    #expect(merged.profile.purchases?.revenue == plain.profile.purchases?.revenue)
    #expect(merged.profile.purchases?.orders == plain.profile.purchases?.orders)
    #expect(merged.ledger.balances && merged.rejects.count == merged.ledger.rowsIn - merged.ledger.rowsUsed)
    for (name, bytes) in try merged.folder().files where name != "rejects.csv" {
      #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("wren.finch"), "\(name)")
    }
  }
}
