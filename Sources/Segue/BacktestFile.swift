import SegueCore
public import SegueIngest
public import SegueProfile

/// A back-test as text, CSV and JSON: what `segue backtest` writes.
public struct BacktestFile: Sendable {
  public var backtest: Backtest
  var settings: ResolvedOptions
  /// Every row of the inputs, used or set aside.
  public var ledger: CleaningLedger
  /// What each file was taken for.
  public var sources: [SourceInspection]
  /// ISO 4217, if the data names one or the options do.
  public var currency: String?
  var joining = Joining()

  public var warnings: [String] { joining.warnings }
  public var remarks: [String] {
    Study.remarks(ledger, MoneyText(currency: currency)) + joining.remarks + backtest.remarks
  }

  /// Everything, with the settings that can change it.
  public func json() throws -> [UInt8] { try StudyResult.json(Document(self)) }

  private struct Document: Encodable {
    struct Named: Encodable {
      var method: Ranking.Method
      var title: String
      var rule: String
    }

    var version = Study.version
    var backtest: Backtest
    var findings: [String]
    var methods: [Named]
    var settings: [String: String]
    var currency: String?
    var ledger: CleaningLedger
    var warnings: [String]
    var remarks: [String]

    init(_ file: BacktestFile) {
      backtest = file.backtest
      findings = file.backtest.findings
      methods = file.backtest.methods.map {
        Named(method: $0.method, title: $0.method.title, rule: $0.method.rule)
      }
      settings = Dictionary(
        uniqueKeysWithValues: StudyOptions.settings.filter {
          !$0.key.hasPrefix("ingest.") && !$0.key.hasPrefix("journey.")
        }.map { ($0.key, $0.read(file.settings.options)) })
      currency = file.currency
      ledger = file.ledger
      // Where a file lay is nobody's business.
      for index in ledger.files.indices {
        ledger.files[index].file = Study.baseName(ledger.files[index].file)
      }
      warnings = file.warnings
      remarks = file.remarks
    }
  }

  // MARK: CSV

  public static let header = [
    "method", "group", "customers", "earlier_revenue_share", "orders", "revenue",
    "orders_per_customer", "orders_per_customer_low", "orders_per_customer_high",
    "revenue_per_customer", "revenue_per_customer_low", "revenue_per_customer_high",
    "revenue_share", "revenue_share_low", "revenue_share_high",
    "silent_share", "silent_share_low", "silent_share_high",
    "revenue_correlation", "revenue_correlation_low", "revenue_correlation_high",
    "order_correlation", "order_correlation_low", "order_correlation_high",
    "gini", "gini_low", "gini_high", "auc", "auc_low", "auc_high",
    "top_tenth_lift", "top_tenth_lift_low", "top_tenth_lift_high",
  ].joined(separator: ",")

  /// A row per method, over all customers, and one for each of its groups; what cannot be had is empty.
  public func csv() -> [UInt8] {
    var output = Array((BacktestFile.header + "\r\n").utf8)
    func append(_ method: Ranking.Method, _ name: String, _ cells: [String]) {
      output.append(contentsOf: "\(method.rawValue),".utf8)
      CSVWriter.append(name, to: &output)
      for cell in cells {
        output.append(44)
        output.append(contentsOf: cell.utf8)
      }
      output.append(contentsOf: [13, 10])
    }
    let noMeasures = Backtest.Measure.allCases.flatMap { _ in BacktestFile.cells(nil) }
    for method in backtest.methods {
      append(
        method.method, "",
        ["\(backtest.customers)", "1", "\(backtest.laterOrders)", "\(backtest.laterRevenue)"]
          + BacktestFile.cells(backtest.ordersPerCustomer) + BacktestFile.cells(backtest.revenuePerCustomer)
          + ["1", "", ""] + BacktestFile.cells(backtest.silentShare)
          + Backtest.Measure.allCases.flatMap { BacktestFile.cells(method[$0]) })
      for group in method.groups ?? [] {
        append(
          method.method, group.name,
          [
            "\(group.customers)", group.earlierRevenueShare.map(BacktestFile.text) ?? "",
            group.orders.map(String.init) ?? "", group.revenue?.description ?? "",
          ] + BacktestFile.cells(group.ordersPerCustomer) + BacktestFile.cells(group.revenuePerCustomer)
            + BacktestFile.cells(group.revenueShare) + BacktestFile.cells(group.silentShare) + noMeasures)
      }
    }
    return output
  }

  private static func cells(_ estimate: Backtest.Estimate?) -> [String] {
    [estimate?.value, estimate?.interval?.low, estimate?.interval?.high].map { $0.map(text) ?? "" }
  }

  private static func text(_ value: Double) -> String { NumberText.fixed(value, 6, grouped: false) }
}
