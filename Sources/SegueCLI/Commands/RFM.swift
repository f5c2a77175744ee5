import ArgumentParser
import Segue

struct RFM: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm", abstract: "Recency, frequency, monetary: scores and named segments.",
    discussion: """
      segue rfm orders.csv --output rfm.csv
      segue rfm orders.csv --bins 3 --segments klaviyo --format json

      Names come from a segment table. To write one of your own, start from another:
      segue rfm --show standard > mine.yaml
      segue rfm --lint mine.yaml
      segue rfm orders.csv --segments mine.yaml

      To measure this month's customers as last month's study did:
      segue rfm orders.csv --model study/model.json
      """)

  @Argument(
    help: ArgumentHelp(
      "Orders: files, globs in quotes, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.",
      valueName: "files")) var inputs: [String] = []
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Result") var redaction: RedactionFlags
  @OptionGroup(title: "Segment tables") var tables: SegmentTableFlags
  @OptionGroup(title: "Saved scores") var saved: ModelFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup var common: CommonFlags

  func validate() throws {
    let asked = (tables.lint == nil ? [] : ["--lint"]) + (tables.show == nil ? [] : ["--show"])
    if asked.count > 1 { throw ValidationError("--lint and --show are two questions; ask one.") }
    if let flag = asked.first, !inputs.isEmpty { throw ValidationError("\(flag) reads no orders.") }
    if saved.rebin, saved.model == nil { throw ValidationError("--rebin says what becomes of a --model.") }
    if asked.isEmpty, inputs.isEmpty { throw ValidationError("Missing expected argument '<files> ...'") }
  }

  func run() async throws {
    var settings = try common.resolve(reading, rfm)
    let model = try saved.model.map { try RFMModel(file: $0) }
    if let model { try settings.adopt(model) }
    let study = Study(settings, redaction: try redaction.redaction())
    if let name = tables.show { return try Output.write(SegmentTable.file(name), to: result.output) }
    if let name = tables.lint { return try lint(name, bins: study.options.rfm.bins) }
    try InputFiles.protect(
      inputs + redaction.files + study.options.rfm.segmentsFile + [saved.model].compactMap { $0 },
      options: common.optionsFile,
      from: result.output)
    let console = Console()
    let table = try study.rfm(
      InputFiles.open(inputs), cutPointsOf: saved.rebin ? nil : model, monitor: console.monitor())
    console.clearProgress()
    try Output.write(result.format == .csv ? try table.csv() : table.json(), to: result.output)
    console.say(
      ReadingSummary(
        ledger: table.ledger, currency: table.currency, sources: table.sources, warnings: table.warnings,
        remarks: table.remarks
      ).text)
  }

  private func lint(_ name: String, bins: Int) throws {
    let lint = try SegmentTable.open(name, bins: bins).lint()
    try InputFiles.protect(
      SegmentTable.isFile(name) ? [name] : [], options: common.optionsFile, from: result.output)
    let text = SegmentLintText(lint)
    try Output.write(result.format == .csv ? Array(text.text().utf8) : text.json(), to: result.output)
    if !lint.isSound { throw ExitCode(SegueError.Kind.data.rawValue) }
  }

  struct SegmentTableFlags: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Say what is wrong with a segment table, in words or with --format json: codes without a name, names that "
          + "nobody can get, codes with two. Reads no orders; ends with 65 if something is.",
        valueName: "table"))
    var lint: String?
    @Option(help: ArgumentHelp("Print the file of a built-in table.", valueName: "table")) var show: String?
  }

  struct ModelFlags: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Score by the definitions and the cut points of a study's model.json.", valueName: "file"))
    var model: String?
    @Flag(help: "Keep the definitions of the model, but cut these customers anew.") var rebin = false
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "csv: a row per customer; json: cut points and segment totals too.")
    var format = TableFormat.csv
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}
