import SegueCore
public import SegueFeatures
public import SegueIngest

/// RFM as a table: the CSV and JSON of `segue rfm`.
public struct RFMFile: Sendable {
  public var customerIDs: CustomerIDs
  public var rfm: RFMTable
  public var scores: RFMScores
  /// Orders of each row, and the money that counts, whatever frequency and monetary are set to.
  var orders: [Int32]
  var spent: [Amount]
  /// Every row of the inputs, used or set aside.
  public var ledger: CleaningLedger
  /// What each file was taken for.
  public var sources: [SourceInspection]
  /// ISO 4217, if the data names one or the options do.
  public var currency: String?
  /// How files were joined on the customer; empty where there is one.
  var joining = Joining()
  /// Under which ids are written; nil writes them as they are.
  var redaction: Redaction?
  /// The model whose cut points scores are by, if not their own.
  var model: RFMModel?

  public var warnings: [String] { joining.warnings }

  /// How rows were read and joined, then how scores came about, in sentences.
  public var remarks: [String] {
    Study.remarks(ledger, MoneyText(currency: currency)) + joining.remarks + measure + Study.remarks(scores)
  }

  private var measure: [String] {
    guard let model, let day = model.options.asOf else { return [] }
    return ["Scores are by the cut points of \(Study.baseName(model.file)), a study as of \(day)."]
  }

  /// One row per customer, in the order of their ids or pseudonyms.
  ///
  /// - Throws: ``SegueError`` `redact.collision`.
  public func csv() throws -> [UInt8] {
    let cells = RFMCells(rfm, scores)
    let (ids, order) = try written
    let header = "customer_id,\(RFMCells.columns(rfm))\r\n"
    return TableText.bytes(header.utf8, rows: ids.count) { place, output in
      let row = order?[place] ?? place
      CSVWriter.append(ids.bytes.span.extracting(ids.range(row)), to: &output)
      output.append(UInt8(ascii: ","))
      cells.append(row, to: &output)
      output.append(13)
      output.append(10)
    }
  }

  /// Cut points, segments and customers, on one line with sorted keys.
  public func json() throws -> [UInt8] {
    let objects = RFMObjects(rfm, scores)
    let (ids, order) = try written
    // A document ends in a brace and a line feed.
    let head = try StudyResult.json(Head(self), isPretty: false).dropLast(2) + Array(",\"customers\":[".utf8)
    var output = TableText.bytes(head, rows: ids.count) { place, output in
      let row = order?[place] ?? place
      if place > 0 { output.append(UInt8(ascii: ",")) }
      objects.append(row, ids.bytes.span.extracting(ids.range(row)), to: &output)
    }
    output += "],".utf8
    output += try StudyResult.json(Tail(self), isPretty: false).dropFirst()
    return output
  }

  /// Ids as they are written, and the rows in the order they are written in; nil for the order they have.
  private var written: (CustomerIDs, [Int]?) {
    get throws {
      guard let redaction else { return (customerIDs, nil) }
      let (texts, order) = try redaction.pseudonyms(of: Array(customerIDs))
      return (CustomerIDs(texts), order)
    }
  }

  /// The keys that sort before `customers`.
  private struct Head: Encodable {
    var asOf: CalendarDay
    var binning: RFMOptions.Binning
    var bins: Int

    init(_ file: RFMFile) {
      asOf = file.rfm.asOf
      binning = file.scores.binning
      bins = file.scores.bins
    }
  }

  /// The keys that sort behind `customers`.
  private struct Tail: Encodable {
    struct Named: Encodable {
      var segment: String
      var customers = 0
      var orders = 0
      var revenue = 0.0
    }

    var cutPoints: RFMScores.CutPoints
    var ledger: CleaningLedger
    var remarks: [String]
    var segments: [Named]
    var warnings: [String]

    init(_ file: RFMFile) {
      cutPoints = file.scores.cutPoints
      ledger = file.ledger
      // Where a file lay is nobody's business.
      for index in ledger.files.indices {
        ledger.files[index].file = Study.baseName(ledger.files[index].file)
      }
      remarks = file.remarks
      segments = Tail.segments(file)
      warnings = file.warnings
    }

    private static func segments(_ file: RFMFile) -> [Named] {
      let segments = file.scores.segments
      var found = segments.names.map { Named(segment: $0) }
      var revenue = [Amount](repeating: .zero, count: found.count)
      for row in segments.indices {
        let number = Int(segments.numbers[row])
        found[number].customers += 1
        found[number].orders += Int(file.orders[row])
        revenue[number] += file.spent[row]
      }
      for number in found.indices { found[number].revenue = revenue[number].units }
      return found.filter { $0.customers > 0 }.sorted { $0.segment < $1.segment }
    }
  }
}
