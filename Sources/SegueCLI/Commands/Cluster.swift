import ArgumentParser
import Segue

struct Cluster: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Clusters of any table of numbers and categories, one row per thing.",
    discussion: """
      segue cluster table.csv --features height,width --k 3
      segue cluster table.csv --features all --format json

      Numbers are taken by themselves, categories on request; ids, dates and texts
      are left out. Empty cells are filled and counted. Rows far from all others
      may be set apart: they are the segment after the last.
      """)

  @Argument(help: "A table: a file, book.xlsx#Sheet, shop.sqlite#table, postgres://…; - is standard input.")
  var table: String
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Reading") var reading: TableFlags
  @OptionGroup(title: "Clustering") var clustering: ClusteringFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading, clustering))
    try InputFiles.protect([table], options: common.optionsFile, from: result.output)
    let console = Console()
    let found = try study.cluster(InputFiles.open(table), monitor: console.monitor())
    console.clearProgress()
    try Output.write(result.format == .csv ? try found.csv() : found.json(), to: result.output)
    for remark in found.remarks { console.say("note: \(remark)") }
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "csv: the table with segment and distance; json: centroids, quality and labels too.")
    var format = TableFormat.csv
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}
