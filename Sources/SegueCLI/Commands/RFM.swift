import ArgumentParser
import Segue

struct RFM: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm", abstract: "Recency, frequency, monetary, scores and named segments of every customer."
  )

  @Argument(help: "Orders as CSV; - is standard input.") var inputs: [String]
  @Option(help: "csv, or json with cut points and segment totals.") var format = TableFormat.csv
  @Option(help: "Where the table goes; - is standard output.") var output = "-"
  @OptionGroup(title: "Reading") var reading: InputFlags
  @OptionGroup(title: "RFM") var rfm: RFMFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading, rfm))
    let console = Console()
    let table = try study.rfm(inputs.map(Input.init(path:)), monitor: console.monitor())
    console.clearProgress()
    try Output.write(format == .csv ? table.csv() : table.json(), to: output)
    for remark in table.scores.remarks { console.say("note: \(remark)") }
  }
}
