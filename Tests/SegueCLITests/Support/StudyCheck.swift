import Foundation
import Testing

/// What every study folder keeps to, whatever it was made from.
struct StudyCheck {
  let folder: URL

  static let files = [
    "journeys.json", "journeys.md", "manifest.json", "model.json", "personas.json", "personas.md",
    "rejects.csv",
    "report.html", "segments.csv", "segments.json",
  ]

  func expectSound() throws {
    try expectFiles()
    try expectStandaloneReport()
    try expectBalancedLedger()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  private func expectFiles() throws {
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
    for file in StudyCheck.files {
      #expect(names.contains(file), "\(file) is missing")
      #expect(try !text(file).isEmpty, "\(file) is empty")
    }
    for name in names where name.hasSuffix(".json") {
      #expect(throws: Never.self, "\(name) is no JSON") {
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: name)))
      }
    }
  }

  /// Opens offline: no script, and no address but names of XML vocabularies.
  private func expectStandaloneReport() throws {
    let report = try text("report.html").lowercased()
    #expect(report.hasPrefix("<!doctype html>"))
    #expect(report.contains("</html>"))
    #expect(!report.contains("<script"))
    #expect(!report.contains("@import"))
    let addresses = report.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
    for mark in ["src=\"http", "src=\"//", "url(http", "url(//", "<link", "<iframe"] {
      #expect(!addresses.contains(mark), "\(mark)")
    }
  }

  private func expectBalancedLedger() throws {
    struct Manifest: Decodable {
      struct Line: Decodable {
        var rows: Int
        var money: Money
      }
      struct File: Decodable {
        var file: String
        var rowsIn: Int
        var rowsUsed: Int
        var moneyIn: Money
        var moneyUsed: Money
        var refundedMoney: Money
        var setAside: [Line]
      }
      struct Ledger: Decodable { var files: [File] }
      var ledger: Ledger
    }
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
    #expect(!manifest.ledger.files.isEmpty)
    for file in manifest.ledger.files {
      #expect(file.rowsIn == file.rowsUsed + file.setAside.reduce(0) { $0 + $1.rows }, "rows of \(file.file)")
      let money = file.setAside.reduce(file.moneyUsed.value + file.refundedMoney.value) {
        $0 + $1.money.value
      }
      #expect(file.moneyIn.value == money, "money of \(file.file)")
    }
  }

  /// Exact, however it is spelled: a number or a string of digits.
  struct Money: Decodable {
    var value: Decimal

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self), let decimal = Decimal(string: text) {
        value = decimal
      } else {
        value = try container.decode(Decimal.self)
      }
    }
  }
}
