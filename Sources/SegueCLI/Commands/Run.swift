import ArgumentParser
import Segue

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Everything: segments, personas, journey maps and a report, into a study folder.")

  @Argument(help: "Orders, customers, events, feedback: CSV files in any order; - is standard input.")
  var inputs: [String]
  @Option(help: "The study folder. It appears complete or not at all; an older study there is replaced.")
  var out = "segue-study"
  @Option(help: "What the report calls the data. (default: the file's or folder's name)") var title: String?
  @OptionGroup(title: "Reading") var reading: InputFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup(title: "Clustering") var clustering: ClusteringFlags
  @OptionGroup(title: "Journeys") var journeys: JourneyFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let started = ContinuousClock.now
    let study = Study(try common.resolve(reading, rfm, clustering, journeys))
    let console = Console()
    try StudyFolder.check(out)
    let monitor = console.monitor()
    let result = try study.run(inputs.map(Input.init(path:)), title: title, monitor: monitor)
    try monitor.checkpoint("writing \(out)")
    try result.folder().write(to: out)
    console.say(StudySummary(result: result).text(folder: out, took: ContinuousClock.now - started))
  }
}
