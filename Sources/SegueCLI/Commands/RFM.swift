import ArgumentParser
import Segue

struct RFM: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm", abstract: "Recency, frequency, monetary: scores and named segments.",
    discussion: """
      segue rfm orders.csv --output rfm.csv
      segue rfm orders.csv --bins 3 --segments klaviyo --format json
      """)

  @Argument(
    help: ArgumentHelp(
      "Orders: files, globs in quotes, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.",
      valueName: "files")) var inputs: [String]
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading, rfm))
    try InputFiles.protect(inputs, options: common.optionsFile, from: result.output)
    let console = Console()
    let table = try study.rfm(InputFiles.open(inputs), monitor: console.monitor())
    console.clearProgress()
    try Output.write(result.format == .csv ? table.csv() : table.json(), to: result.output)
    console.say(
      ReadingSummary(
        ledger: table.ledger, currency: table.currency, sources: table.sources, warnings: table.warnings,
        remarks: table.remarks
      ).text)
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "csv: a row per customer; json: cut points and segment totals too.")
    var format = TableFormat.csv
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}
