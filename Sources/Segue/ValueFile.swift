import SegueCore
public import SegueIngest
import SegueValue

/// What customers will be worth, as a table: the CSV and JSON of `segue clv`.
public struct ValueFile: Sendable {
  public var customerIDs: [String]
  public var value: StudyValue
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

  public var warnings: [String] { joining.warnings }

  /// How rows were read and joined, then how the forecast came about, in sentences.
  public var remarks: [String] {
    Study.remarks(ledger, MoneyText(currency: currency)) + joining.remarks + value.remarks
  }

  public static let header =
    "customer_id,btyd_frequency,btyd_recency,btyd_age,mean_order_value,p_alive,p_alive_low,p_alive_high,"
    + "expected_orders,expected_orders_low,expected_orders_high,orders_fewest,orders_most,"
    + "expected_order_value,expected_order_value_low,expected_order_value_high,clv,clv_low,clv_high"

  /// One row per customer, in the order of their ids or pseudonyms. What is not known is an empty cell.
  ///
  /// - Throws: ``SegueError`` `redact.collision`.
  public func csv() throws -> [UInt8] {
    let columns = columns
    let ids = try WrittenIDs(customerIDs, redaction)
    return TableText.bytes((ValueFile.header + "\r\n").utf8, rows: customerIDs.count) { place, output in
      let row = ids.order[place]
      CSVWriter.append(ids.texts[row], to: &output)
      for column in columns {
        output.append(44)
        DecimalNumber.append(column[row], to: &output)
      }
      output.append(contentsOf: [13, 10])
    }
  }

  /// Model, fit, test and settings, then the customers.
  public func json() throws -> [UInt8] {
    var head = try StudyResult.json(ValueFileDocument(self), isPretty: false)
    // Without its end: the customers are written by hand, because there may be a million of them.
    while let last = head.popLast(), last != UInt8(ascii: "}") {}
    head += ",\"customers\":[".utf8
    let columns = columns
    let ids = try WrittenIDs(customerIDs, redaction)
    var output = TableText.bytes(head, rows: customerIDs.count) { place, output in
      let row = ids.order[place]
      if place > 0 { output.append(44) }
      output += ValueFile.idKey
      TableText.appendQuoted(ids.texts[row], to: &output)
      for entry in ValueFile.entries { entry.append(columns, row, to: &output) }
      output.append(UInt8(ascii: "}"))
    }
    output += "]}\n".utf8
    return output
  }

  /// In the order of the header, behind the id.
  private var columns: [Column] {
    let (model, forecast) = (value.model, value.model.forecast)
    func three(_ estimates: Estimates?) -> [Column] {
      [estimates?.values, estimates?.low, estimates?.high].map { $0.map(Column.figures) ?? .missing }
    }
    return [
      .counts(value.purchases.frequency), .figures(value.purchases.btydRecency),
      .figures(value.purchases.age),
      .figures(value.meanOrderValues),
    ] + three(forecast.pAlive) + three(forecast.expectedOrders) + [
      .counts(forecast.fewestOrders), .counts(forecast.mostOrders),
    ] + three(model.meanOrderValue) + three(model.clv)
  }

  private enum Column: Sendable {
    case counts([Int32])
    case figures([Double])
    case missing

    subscript(row: Int) -> Double {
      switch self {
      case .counts(let values): Double(values[row])
      case .figures(let values): values[row]
      case .missing: .nan
      }
    }
  }

  /// A key of a customer's object: of one column, or of the two ends of an interval.
  private struct Entry: Sendable {
    var key: [UInt8]
    var columns: Range<Int>

    init(_ name: String, _ columns: Range<Int>) {
      key = Array(",\"\(name)\":".utf8)
      self.columns = columns
    }

    func append(_ all: [Column], _ row: Int, to output: inout [UInt8]) {
      output += key
      guard columns.allSatisfy({ all[$0][row].isFinite }) else {
        output += ValueFile.null
        return
      }
      if columns.count > 1 { output.append(UInt8(ascii: "[")) }
      for column in columns {
        if column > columns.lowerBound { output.append(44) }
        DecimalNumber.append(all[column][row], to: &output)
      }
      if columns.count > 1 { output.append(UInt8(ascii: "]")) }
    }
  }

  private static let idKey = Array("{\"id\":".utf8)
  private static let null = Array("null".utf8)
  private static let entries = [
    Entry("frequency", 0..<1), Entry("recency", 1..<2), Entry("age", 2..<3), Entry("meanOrderValue", 3..<4),
    Entry("pAlive", 4..<5), Entry("pAliveInterval", 5..<7), Entry("expectedOrders", 7..<8),
    Entry("expectedOrdersInterval", 8..<10), Entry("ordersFewest", 10..<11), Entry("ordersMost", 11..<12),
    Entry("expectedOrderValue", 12..<13), Entry("expectedOrderValueInterval", 13..<15), Entry("clv", 15..<16),
    Entry("clvInterval", 16..<18),
  ]
}
