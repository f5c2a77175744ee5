import ArgumentParser
import Segue

struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest", abstract: "Whether segments and scores of a past day foretold what came next.",
    discussion: """
      segue backtest orders.csv
      segue backtest orders.csv --cut 2024-06-30 --format csv > backtest.csv

      RFM, clusters, customer value and single figures are worked out from what was
      known on the day of the cut, and held against what customers then did.
      """)

  @Argument(
    help: ArgumentHelp(
      "Orders: files, globs in quotes, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.",
      valueName: "files")) var inputs: [String]
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Test") var backtest: BacktestFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup(title: "Lifecycle") var lifecycle: LifecycleFlags
  @OptionGroup(title: "Value") var value: ValueFlags
  @OptionGroup(title: "Clustering") var clustering: ClusteringFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(backtest, reading, rfm, lifecycle, value, clustering))
    try InputFiles.protect(inputs, options: common.optionsFile, from: result.output)
    let console = Console()
    let file = try study.backtest(InputFiles.open(inputs), monitor: console.monitor())
    console.clearProgress()
    let table = BacktestTable(file.backtest, MoneyText(currency: file.currency)).text
    switch result.format {
    case .text: try Output.write(Array((table + "\n").utf8), to: result.output)
    case .csv: try Output.write(file.csv(), to: result.output)
    case .json: try Output.write(file.json(), to: result.output)
    }
    console.say(
      ReadingSummary(
        ledger: file.ledger, currency: file.currency, sources: file.sources, warnings: file.warnings,
        remarks: file.remarks
      ).text)
    // A table for programs goes to a file or a pipe; people see the same in words.
    if result.format != .text { console.say("\n" + table) }
  }

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case csv
    case json
  }

  struct ResultFlags: ParsableArguments {
    @Option(
      help: "text: tables for people; csv: a row per method and group; json: every figure and comparison.")
    var format = Format.text
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}
