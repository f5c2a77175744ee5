import ArgumentParser
import Segue

struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who moved and what drifted between two studies; segments keep their identity.",
    discussion: """
      segue compare march april
      segue compare march april --format html --output changes.html
      segue compare march april --quiet --fail-on-drift 0.25

      Both are study folders, as segue run writes them; neither is changed. To have
      segments keep id, name and colour, say segue run --previous.
      """)

  @Argument(help: ArgumentHelp("The earlier study.", valueName: "old")) var old: String
  @Argument(help: ArgumentHelp("The later study.", valueName: "new")) var new: String
  @OptionGroup(title: "Result") var result: ResultFlags
  @OptionGroup(title: "Drift") var drift: DriftFlags
  @Flag(help: "No remarks on standard error.") var quiet = false
  @Flag(name: .customLong("no-color"), help: "No colour on standard error.") var noColor = false

  func run() async throws {
    Console.configure(quiet: quiet, plain: noColor)
    try InputFiles.protect(studies: [old, new], from: result.output)
    let changes = try Comparison(KnownStudy(folder: old), KnownStudy(folder: new)).changes()
    switch result.format {
    case .text: try Output.write(Array(ComparisonText(changes).text.utf8), to: result.output)
    case .json: try Output.write(ChangesFile(changes).json(), to: result.output)
    case .html: try Output.write(Array(changes.html(version: Study.version).utf8), to: result.output)
    }
    try drift.check(changes)
  }

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case html
  }

  struct ResultFlags: ParsableArguments {
    @Option(help: "text: for terminals; json: every figure; html: a page of its own.") var format = Format
      .text
    @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
    var output = "-"
  }
}

/// When schedulers are to be told of drift.
struct DriftFlags: ParsableArguments {
  @Option(
    name: .customLong("fail-on-drift"),
    help: ArgumentHelp(
      "Exit code 3, after all is written, if a feature's population stability index is above this and above chance.",
      valueName: "index"))
  var limit: Double?

  func validate() throws {
    guard let limit, !(limit >= 0 && limit.isFinite) else { return }
    throw ValidationError("--fail-on-drift takes a number from 0 on, such as 0.25")
  }

  func check(_ changes: StudyChanges) throws {
    guard let limit else { return }
    let found = changes.drifting(beyond: limit)
    guard !found.isEmpty else { return }
    let list = found.map { "\($0.label) (\(NumberText.fixed($0.psi, 3)))" }.joined(separator: ", ")
    let bound = limit == limit.rounded() ? NumberText.fixed(limit) : String(limit)
    Console().say("drift beyond \(bound): \(list)")
    throw ExitCode(3)
  }
}
