import ArgumentParser
import Segue

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Everything: segments, personas, journey maps, a report.",
    discussion: """
      segue run orders.csv
      segue run orders.csv customers.csv events.csv feedback.csv --out study

      What each file is and which column is what is recognised; segue inspect
      shows it, --kind and --column overrule it.
      """)

  @Argument(
    help: ArgumentHelp(
      "Orders, customers, events, feedback in any order: files, globs in quotes, "
        + "book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.", valueName: "files")
  )
  var inputs: [String]
  @OptionGroup(title: "Result") var place: PlaceFlags
  @OptionGroup(title: "Result") var redaction: RedactionFlags
  @OptionGroup(title: "Result") var names: NameFlags
  @OptionGroup(title: "Earlier study") var earlier: EarlierFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup(title: "Lifecycle") var lifecycle: LifecycleFlags
  @OptionGroup(title: "Clustering") var clustering: ClusteringFlags
  @OptionGroup(title: "Value") var value: ValueFlags
  @OptionGroup(title: "Journeys") var journeys: JourneyFlags
  @OptionGroup(title: "Test against the past") var backtest: BacktestFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let started = ContinuousClock.now
    let study = Study(
      try common.resolve(reading, rfm, lifecycle, clustering, value, journeys, backtest, names),
      redaction: try redaction.redaction())
    let console = Console()
    try InputFiles.protect(
      inputs + redaction.files + study.options.rfm.segmentsFile, options: common.optionsFile,
      fromFolder: place.out)
    try StudyFolder.check(place.out)
    let previous = try earlier.previous.map(KnownStudy.init(folder:))
    let monitor = console.monitor()
    let result = try study.run(
      InputFiles.open(inputs), title: place.title, previous: previous, monitor: monitor)
    try monitor.checkpoint("writing \(place.out)")
    try result.folder().write(to: place.out)
    console.say(StudySummary(result: result).text(folder: place.out, took: ContinuousClock.now - started))
    if let changes = result.changes { try earlier.drift.check(changes) }
  }
}

/// Which study came before.
struct EarlierFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The study folder of an earlier run, whose segments keep id, name and colour; it may be the one to replace.",
      valueName: "folder"))
  var previous: String?
  @OptionGroup var drift: DriftFlags

  func validate() throws {
    guard previous == nil, drift.limit != nil else { return }
    throw ValidationError("--fail-on-drift needs --previous, the study to compare with")
  }
}

/// Where a study goes and what it is called.
struct PlaceFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The study folder. It appears complete or not at all; an older study there is replaced.",
      valueName: "folder"))
  var out = "segue-study"
  @Option(help: "What the report calls the data. (default: the file's or folder's name)") var title: String?
}
