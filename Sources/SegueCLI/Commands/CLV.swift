import ArgumentParser
import Segue

struct CLV: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clv", abstract: "Who is still a customer, what they will order, what that is worth.",
    discussion: """
      segue clv orders.csv --output clv.csv
      segue clv orders.csv --as-of 2024-06-30 --horizon-days 90 --format json

      btyd_frequency counts order days after the first; btyd_recency (first to
      last order day) and btyd_age (first order day to as-of day) are in weeks,
      or in periods under bgbb. It is not the recency of segue rfm, which counts
      back from the as-of day. p_alive is the probability that the customer has
      not left for good; bgnbd takes it for 1 after a single order day.

      expected_orders counts order days within the horizon, expected_order_value
      is what one is worth, clv is both times the margin, discounted. low and
      high are 95% intervals of what is expected; a single customer's own order
      days lie from orders_fewest to orders_most, 95 times in 100.
      """)

  @Argument(
    help: ArgumentHelp(
      "Orders: files, globs in quotes, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.",
      valueName: "files")) var inputs: [String]
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Result") var redaction: RedactionFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Value") var days: DayFlags
  @OptionGroup(title: "Value") var value: ValueFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading, days, value), redaction: try redaction.redaction())
    try InputFiles.protect(inputs + redaction.files, options: common.optionsFile, from: result.output)
    let console = Console()
    let table = try study.clv(InputFiles.open(inputs), monitor: console.monitor())
    console.clearProgress()
    try Output.write(result.format == .csv ? try table.csv() : table.json(), to: result.output)
    console.say(
      ReadingSummary(
        ledger: table.ledger, currency: table.currency, sources: table.sources, warnings: table.warnings,
        remarks: table.remarks
      ).text)
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "csv: a row per customer; json: parameters, errors and the test too.")
    var format = TableFormat.csv
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}
