import ArgumentParser
import Segue

struct Features: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The feature table that clustering would see, and what it would not.",
    discussion: """
      segue features orders.csv customers.csv --features all > features.csv
      segue features customers.csv --format json

      Values are as people know them: filled, not yet transformed or scaled.
      The JSON says how each column came about and why others are left out.
      """)

  @Argument(
    help: ArgumentHelp(
      "Orders, customers, events, feedback in any order: files, globs in quotes, "
        + "book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.", valueName: "files")
  )
  var inputs: [String]
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Result") var redaction: RedactionFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup(title: "Features") var features: FeatureFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(
      try common.resolve(reading, rfm, features), redaction: try redaction.redaction())
    try InputFiles.protect(
      inputs + redaction.files + study.options.rfm.segmentsFile, options: common.optionsFile,
      from: result.output)
    let console = Console()
    let table = try study.features(InputFiles.open(inputs), monitor: console.monitor())
    console.clearProgress()
    try Output.write(result.format == .csv ? try table.csv() : table.json(), to: result.output)
    console.say(
      ReadingSummary(
        ledger: table.ledger, currency: table.currency, sources: table.sources, warnings: table.warnings,
        remarks: table.remarks
      ).text)
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "csv: a row per customer; json: treatments, fills, folded levels, reasons.")
    var format = TableFormat.csv
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}
