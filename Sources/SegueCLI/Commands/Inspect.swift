import ArgumentParser
import Foundation
import Segue

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What each file is, which column is what, how sure that is.",
    discussion: """
      segue inspect orders.csv customers.csv
      segue inspect orders.csv --write-options options.yml
      segue inspect orders.csv --strict && segue run orders.csv --strict
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(
    help: ArgumentHelp(
      "Files, globs in quotes, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.",
      valueName: "files")) var inputs: [String]
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading))
    try InputFiles.protect(inputs, options: common.optionsFile, from: result.output)
    // An options file may be brought up to date in its place.
    if let file = result.writeOptions { try InputFiles.protect(inputs, from: file) }
    let console = Console()
    let today = CalendarDay(iso: String(Date.now.ISO8601Format().prefix(10)))
    let found = try study.inspect(InputFiles.open(inputs), today: today, monitor: console.monitor())
    console.clearProgress()
    let text = InspectionText(found)
    if let file = result.writeOptions {
      try Output.write(Array(text.options(study.options).utf8), to: file)
      console.say("wrote \(file); use it with --options \(file)")
    }
    try Output.write(
      result.format == .json ? InspectionText.json(found) : Array(text.table().utf8), to: result.output)
    let refusals = study.options.ingest.strict ? text.refusals : []
    if !refusals.isEmpty { throw SegueError(.data, refusals) }
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "text for people, json for scripts.") var format = Format.text
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
    @Option(
      help: ArgumentHelp(
        "Save what was understood as an options file, to be corrected by hand.", valueName: "file"))
    var writeOptions: String?
  }
}
