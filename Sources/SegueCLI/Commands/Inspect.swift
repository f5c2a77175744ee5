import ArgumentParser
import Segue

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What each file is, which column is what, how sure, and what is wrong with it.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(help: "CSV files; - is standard input.") var inputs: [String]
  @Option(help: "text for people, json for scripts.") var format = Format.text
  @Option(help: "Save what was understood as an options file, to be corrected by hand.") var writeOptions:
    String?
  @OptionGroup(title: "Reading") var reading: InputFlags
  @OptionGroup var common: CommonFlags

  func run() async throws {
    let study = Study(try common.resolve(reading))
    let console = Console()
    let found = try study.inspect(inputs.map(Input.init(path:)), monitor: console.monitor())
    console.clearProgress()
    let text = InspectionText(found)
    try Output.write(format == .json ? InspectionText.json(found) : Array(text.table().utf8), to: "-")
    if let writeOptions {
      try Output.write(Array(text.options(study.options).utf8), to: writeOptions)
      console.say("wrote \(writeOptions); use it with --options \(writeOptions)")
    }
  }
}
