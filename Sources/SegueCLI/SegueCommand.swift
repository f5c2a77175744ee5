import ArgumentParser
import Segue

@main
struct SegueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segue",
    abstract: "Customer segments, personas and journey maps from the exports you already have.",
    discussion: """
      segue run orders.csv --out study        everything, into a study folder with a report
      segue inspect orders.csv                what a file is, and which column is what
      segue rfm orders.csv > rfm.csv          recency, frequency, monetary, scores, named segments

      Results go to standard output or --output, progress and remarks to standard error.
      Exit codes: 0 done, 64 usage, 65 data, 66 no input, 70 defect, 73 cannot write, 130 interrupted.
      """,
    version: Study.version,
    subcommands: [Run.self, Inspect.self, RFM.self, Cluster.self, Options.self])

  /// Parses, runs under Ctrl-C, and turns whatever is thrown into diagnostics and an exit code.
  static func main() async {
    let console = Console()
    do {
      try await Interruption.cancelling {
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
      exit(withError: error)
    }
  }

  private static func exit(withCode code: Int32) -> Never { exit(withError: ExitCode(code)) }
}
