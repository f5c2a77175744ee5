import ArgumentParser
import Segue

@main
struct SegueCommand: AsyncParsableCommand {
  // Lines of the discussion stay below 80 characters, or a narrow terminal breaks them.
  static let configuration = CommandConfiguration(
    commandName: "segue",
    abstract: "Customer segments, personas and journey maps from exports.",
    discussion: """
      segue run orders.csv --out study   a folder with report, segments, personas
      segue inspect orders.csv           what a file is, and which column is what
      segue rfm orders.csv > rfm.csv     recency, frequency, money, named segments
      segue clv orders.csv > clv.csv     who is still a customer, and worth what
      segue backtest orders.csv          whether segments foretold what came next
      segue features customers.csv       what clustering would see, column by column
      segue cluster table.csv --k 4      clusters of any table with numbers
      segue personas study --format md   personas with evidence, or pages to print
      segue assign new.csv --model m.json   the segment of new customers
      segue compare march april          who moved, what drifted between studies
      segue options > options.yml        every setting with default and meaning

      Results go to standard output or --output, remarks to standard error.
      Exit codes: 0 done, 3 more drift than --fail-on-drift allows, 64 usage,
      65 data, 66 no input, 70 defect of segue, 73 cannot write, 130 interrupted.
      """,
    version: Study.version,
    subcommands: [
      Run.self, Inspect.self, RFM.self, CLV.self, BacktestCommand.self, Features.self, Cluster.self,
      Personas.self, Assign.self, Compare.self, Options.self,
    ])

  /// Parses, runs under Ctrl-C, and turns whatever is thrown into diagnostics and an exit code.
  static func main() async {
    let console = Console()
    do {
      try await Interruption.cancelling {
        try checkCommandName(CommandLine.arguments)
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      }
    } catch let error as SegueError {
      console.show(error.diagnostics)
      exit(withCode: error.exitCode)
    } catch is CancellationError {
      console.clearProgress()
      exit(withCode: 130)
    } catch {
      let code = exitCode(for: error)
      // Help, the version, and an end without a message.
      if code.isSuccess || error is ExitCode { exit(withError: error) }
      guard code == .validationFailure else {
        console.show([
          Diagnostic(
            "segue.defect", "\(error)",
            hint: "this is a defect of segue; please report it with the command you gave")
        ])
        exit(withCode: SegueError.Kind.software.rawValue)
      }
      console.showUsage(fullMessage(for: error))
      exit(withCode: SegueError.Kind.usage.rawValue)
    }
  }

  /// `segue runn x.csv` is told that there is no such command, not that there are two arguments too many.
  private static func checkCommandName(_ arguments: [String]) throws {
    guard arguments.count > 1, let name = arguments.dropFirst().first, !name.hasPrefix("-") else { return }
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    guard !names.contains(name) else { return }
    let isFile = name.contains(".") || name.contains("/")
    throw SegueError.usage(
      Diagnostic(
        "usage.command", "there is no command \"\(name)\"",
        hint: isFile
          ? "say what to do with it: segue run \(name)" : "commands are \(names.joined(separator: ", "))"))
  }

  private static func exit(withCode code: Int32) -> Never { exit(withError: ExitCode(code)) }
}
