import ArgumentParser
import Segue

struct Assign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The segment of new or changed customers, by a saved model.",
    discussion: """
      segue assign orders.csv customers.csv --model study/model.json
      segue assign features.csv.gz --model study/model.json --output placed.csv
      segue assign new.csv --model study/model.json --moves --format json

      Takes the exports a study is made of, or rows with the model's attributes as
      columns: a study's segments.csv, what segue features writes, or the customers
      file. Case, blanks and underscores of their names do not count. Such rows
      stream: a table of any size takes the same memory.

      distance is that of segments.csv. novelty is the share of the segment's
      customers, when the model was made, that were nearer its centre; beyond the
      farthest of them it is 1, and times_beyond says how many times as far.
      json is an object a line.

      --moves: of orders, where one order of their usual value would bring them
      and until when (days after the as-of day), and when silence moves them where.
      Of attributes, the smallest change of one that brings them elsewhere; whether
      they can change it the data does not say.
      """)

  @Argument(
    help: "Files, globs in quotes, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.")
  var inputs: [String]
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Result") var redaction: RedactionFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Days") var days: AsOfFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let settings = try common.resolve(reading, days)
    try InputFiles.protect(
      inputs + redaction.files + [result.model], options: common.optionsFile, from: result.output)
    let model = try StudyModel(file: result.model)
    let console = Console()
    let output = OutputStream(result.output)
    let summary = try Study(settings, redaction: try redaction.redaction()).assign(
      InputFiles.open(inputs), by: model, rows: result.rows.rows,
      format: result.format == .csv ? .csv : .json, moves: result.moves,
      monitor: console.monitor(), write: output.write)
    try output.finish()
    console.clearProgress()
    if let reading = summary.reading {
      console.say(
        ReadingSummary(
          ledger: reading.ledger, currency: reading.currency, sources: reading.sources,
          warnings: summary.warnings, remarks: summary.remarks
        ).text)
    } else {
      console.say("rows placed: \(NumberText.integer(summary.customers))")
      for warning in summary.warnings { console.say("warning: \(warning)") }
      for remark in summary.remarks { console.say("note: \(remark)") }
    }
  }

  struct AsOfFlags: SettingFlags {
    @Option(name: .setting("rfm.asOf"), parsing: .unconditional, help: .setting("rfm.asOf", "day")) var asOf:
      String?

    var given: [(key: String, values: [String])] { [("rfm.asOf", asOf.map { [$0] } ?? [])] }
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: ArgumentHelp("The model.json of a study.", valueName: "file")) var model: String
    @Option(
      help:
        "What the files hold: features, rows with the model's attributes; exports; auto decides by the headers."
    )
    fileprivate var rows = RowsFlag.auto
    @Flag(help: "Say what would move each customer to another segment.") var moves = false
    @Option(help: "csv, or json: an object a line.") var format = TableFormat.csv
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}

/// ``AssignedRows`` as a flag has them.
private enum RowsFlag: String, ExpressibleByArgument, CaseIterable {
  case auto
  case features
  case exports

  var rows: AssignedRows { AssignedRows(rawValue: rawValue)! }
}
