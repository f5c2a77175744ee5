import ArgumentParser
import Segue

struct Options: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The options file with every setting, its default and its meaning.")

  @Option(help: "Where the file goes; - is standard output.") var output = "-"

  func run() async throws {
    try Output.write(Array(ResolvedOptions.template().utf8), to: output)
  }
}
