public import ArgumentParser
public import Segue

struct Personas: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The personas of a study, as JSON, Markdown, cards or pages to print.",
    discussion: """
      segue personas study > personas.json
      segue personas study --format html > all.html     a page each, to print
      segue personas study --segment 2 --format card

      Evidence leads from each sentence to the numbers: its ids stand in
      segments.json. --schema prints the JSON Schema of the JSON.
      """)

  @Argument(help: ArgumentHelp("A study folder, as segue run writes it.", valueName: "study"))
  var studies: [String] = []
  @Option(help: "json, md, html (a page to print for each) or card.") var format = PersonasFile.Format.json
  @Option(help: ArgumentHelp("Only one segment, by its name or id.", valueName: "segment"))
  var segment: String?
  @Option(help: ArgumentHelp("Where it goes, or - for standard output.", valueName: "file"))
  var output = "-"
  @Flag(help: "Print the JSON Schema of personas.json and do nothing else.") var schema = false

  func run() async throws {
    if schema {
      try Output.write(PersonaSchema.bytes, to: output)
      return
    }
    guard studies.count == 1, let study = studies.first else {
      throw SegueError.usage(
        Diagnostic(
          "personas.inputs",
          studies.isEmpty
            ? "no study is named" : "personas are made from one study, and \(studies.count) names are given",
          hint: "name one folder that segue run wrote; to make one: segue run orders.csv --out study"))
    }
    var personas = try PersonasFile(study: study)
    if let segment { personas = try personas.only(segment) }
    try protect(study)
    try Output.write(try personas.bytes(format), to: output)
  }

  /// The study is not written over.
  private func protect(_ study: String) throws {
    guard output != "-", !Output.isSpecial(output) else { return }
    let (place, folder) = (InputName.realPath(output), InputName.realPath(study))
    guard place == folder || place.hasPrefix(folder + "/") else { return }
    throw SegueError.usage(
      Diagnostic(
        "output.input", "\(output) is part of the study", hint: "choose another --output"))
  }
}

extension PersonasFile.Format: ExpressibleByArgument {}
