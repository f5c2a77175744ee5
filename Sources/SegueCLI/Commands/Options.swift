import ArgumentParser
import Segue

struct Options: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "An options file: every setting, its default, its meaning.")

  @Option(help: ArgumentHelp("Where the file goes; - is standard output.", valueName: "file")) var output =
    "-"

  func run() async throws {
    try Output.write(Array(ResolvedOptions.template().utf8), to: output)
  }
}
