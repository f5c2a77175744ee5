import ArgumentParser
import Segue

struct Cluster: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cluster any table with numbers: one row is one thing, --features says by which columns.")

  @Argument(help: "A table as CSV; - is standard input.") var table: String
  @Option(help: "json with centroids and quality, or csv: the table with segment and distance.")
  var format = TableFormat.csv
  @Option(help: "Where the result goes; - is standard output.") var output = "-"
  @OptionGroup(title: "Reading") var reading: InputFlags
  @OptionGroup(title: "Clustering") var clustering: ClusteringFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading, clustering))
    let console = Console()
    let result = try study.cluster(Input(path: table), monitor: console.monitor())
    console.clearProgress()
    try Output.write(format == .csv ? result.csv() : result.json(), to: output)
    for remark in result.remarks { console.say("note: \(remark)") }
  }
}
