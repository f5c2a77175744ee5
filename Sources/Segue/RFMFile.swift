import SegueCore
public import SegueFeatures
public import SegueIngest

/// RFM as a table: the CSV and JSON of `segue rfm`.
public struct RFMFile: Sendable {
  public var customerIDs: [String]
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

  public var warnings: [String] { joining.warnings }

  /// How rows were read and joined, then how scores came about, in sentences.
  public var remarks: [String] {
    Study.remarks(ledger, MoneyText(currency: currency)) + joining.remarks + Study.remarks(scores)
  }

  /// Columns of a table: cadence stands beside days where recency is scored by it.
  static func columns(_ rfm: RFMTable) -> String {
    let cadence = rfm.recencyCadence == nil ? "" : "recency_cadence,"
    return "recency_days,\(cadence)frequency,monetary,r_score,f_score,m_score,rfm_code,rfm_segment"
  }

  /// One row per customer, in the order of their ids.
  public func csv() -> [UInt8] {
    var output = Array("customer_id,\(RFMFile.columns(rfm))\r\n".utf8)
    for row in customerIDs.indices {
      CSVWriter.append(customerIDs[row], to: &output)
      output.append(44)
      RFMFile.append(row, rfm, scores, to: &output)
      output.append(contentsOf: [13, 10])
    }
    return output
  }

  static func append(_ row: Int, _ rfm: RFMTable, _ scores: RFMScores, to output: inout [UInt8]) {
    // Sums saturate at the ends of the range, where a double no longer fits.
    let money = Amount(tenThousandths: Int64(exactly: (rfm.monetary[row] * 10_000).rounded()) ?? .max)
    let (r, f, m) = (scores.recency[row], scores.frequency[row], scores.monetary[row])
    let cadence = rfm.recencyCadence.map { ",\(NumberText.fixed($0[row], 4, grouped: false))" } ?? ""
    output.append(
      contentsOf:
        "\(Int(rfm.recencyDays[row]))\(cadence),\(Int(rfm.frequency[row])),\(money),\(r),\(f),\(m),\(scores.code(row)),"
        .utf8)
    CSVWriter.append(scores.segments[row], to: &output)
  }

  /// Cut points, segments and customers.
  public func json() throws -> [UInt8] { try StudyResult.json(Document(self), isPretty: false) }

  private struct Document: Encodable {
    struct Named: Encodable {
      var segment: String
      var customers: Int
      var orders: Int
      var revenue: Double
    }

    struct Customer: Encodable {
      var customerId: String
      var recencyDays: Int
      /// In usual gaps of the customer.
      var recencyCadence: Double?
      var frequency: Int
      var monetary: Double
      var rScore: UInt8
      var fScore: UInt8
      var mScore: UInt8
      var rfmCode: String
      var rfmSegment: String
    }

    var asOf: CalendarDay
    var bins: Int
    var binning: RFMOptions.Binning
    var cutPoints: RFMScores.CutPoints
    var segments: [Named]
    var ledger: CleaningLedger
    var warnings: [String]
    var remarks: [String]
    var customers: [Customer]

    init(_ file: RFMFile) {
      asOf = file.rfm.asOf
      bins = file.scores.bins
      binning = file.scores.binning
      cutPoints = file.scores.cutPoints
      ledger = file.ledger
      // Where a file lay is nobody's business.
      for index in ledger.files.indices {
        ledger.files[index].file = Study.baseName(ledger.files[index].file)
      }
      warnings = file.warnings
      remarks = file.remarks
      var rows: [String: [Int]] = [:]
      for (row, name) in file.scores.segments.enumerated() { rows[name, default: []].append(row) }
      segments = rows.sorted { $0.key < $1.key }.map { name, rows in
        Named(
          segment: name, customers: rows.count, orders: rows.reduce(0) { $0 + Int(file.orders[$1]) },
          revenue: rows.reduce(Amount.zero) { $0 + file.spent[$1] }.units)
      }
      customers = file.customerIDs.indices.map { row in
        Customer(
          customerId: file.customerIDs[row], recencyDays: Int(file.rfm.recencyDays[row]),
          recencyCadence: file.rfm.recencyCadence?[row],
          frequency: Int(file.rfm.frequency[row]), monetary: file.rfm.monetary[row],
          rScore: file.scores.recency[row], fScore: file.scores.frequency[row],
          mScore: file.scores.monetary[row], rfmCode: file.scores.code(row),
          rfmSegment: file.scores.segments[row])
      }
    }
  }
}
