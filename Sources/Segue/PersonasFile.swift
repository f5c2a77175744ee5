import Foundation
public import SegueCore
public import SeguePersona
import SegueReport
import SegueSources

/// `personas.json`: the personas of a study with all it takes to show them anew.
///
/// Its schema is ``PersonaSchema``.
public struct PersonasFile: Sendable, Codable {
  /// `$id` of the schema.
  public var dollarSchema: String
  public var schema: Int
  /// Of the program that wrote it.
  public var version: String
  /// The data set.
  public var title: String
  /// ISO 4217; nil where the data names none.
  public var currency: String?
  /// The rules that made the sentences.
  public var rules: [PersonaRule]
  public var personas: [Persona]

  private enum CodingKeys: String, CodingKey {
    case dollarSchema = "$schema"
    case schema, version, title, currency, rules, personas
  }

  init(_ result: StudyResult) {
    dollarSchema = PersonaSchema.id
    schema = PersonaSchema.version
    version = Study.version
    title = result.title
    currency = result.profile.purchases?.currency
    rules = PersonaRule.used(by: result.personas)
    personas = result.personas
  }

  public var money: MoneyText { MoneyText(currency: currency) }

  public enum Format: String, CaseIterable, Sendable {
    case json
    case md
    /// A page to print for each persona.
    case html
    /// Cards, as in the report.
    case card
  }

  public func bytes(_ format: Format) throws -> [UInt8] {
    switch format {
    case .json: try StudyResult.json(self)
    case .md: Array(PersonaMarkdown.text(personas, title: title, money: money).utf8)
    case .html: Array(PersonaPages.sheets(personas, title: title, money: money, version: version).utf8)
    case .card: Array(PersonaPages.cards(personas, title: title, money: money, version: version).utf8)
    }
  }

  // MARK: Reading

  /// Reads the personas of a study folder.
  ///
  /// - Throws: ``SegueError`` `personas.inputs` for data rather than a study, `personas.notFound`,
  ///   `personas.version` for the study of a version whose files differ, `personas.json` for what is damaged.
  public init(study path: String) throws {
    guard
      let type = (try? FileManager.default.attributesOfItem(atPath: InputName.realPath(path)))?[.type]
        as? FileAttributeType
    else { throw PersonasFile.missing(path) }
    let isPersonas = path.split(separator: "/").last == "personas.json"
    guard type == .typeDirectory || isPersonas else {
      throw SegueError.usage(
        Diagnostic(
          "personas.inputs", "\(path) is not a study, and personas are made from one",
          hint: "run segue run \(path) --out study first, then segue personas study"))
    }
    let file = isPersonas && type != .typeDirectory ? path : path + "/personas.json"
    guard let data = FileManager.default.contents(atPath: file) else { throw PersonasFile.missing(path) }
    struct Origin: Decodable {
      var schema: Int?
      var version: String
    }
    let decoder = JSONDecoder()
    guard let origin = try? decoder.decode(Origin.self, from: data) else {
      throw PersonasFile.damaged(file, nil)
    }
    guard origin.schema == PersonaSchema.version else {
      throw SegueError.data(
        Diagnostic(
          "personas.version",
          "these personas were written by segue \(origin.version), whose files this version does not read",
          at: .init(file: file),
          hint: (origin.schema ?? 0) > PersonaSchema.version
            ? "use a segue at least as new" : "run the study again with this version"))
    }
    do {
      self = try decoder.decode(PersonasFile.self, from: data)
    } catch {
      throw PersonasFile.damaged(file, error as? DecodingError)
    }
  }

  /// Those of one segment, by its name (in any case) or id.
  ///
  /// - Throws: ``SegueError`` `personas.segment` with the names there are.
  public func only(_ segment: String) throws -> PersonasFile {
    var one = self
    let wanted = segment.lowercased()
    one.personas = personas.filter { $0.segment.name.lowercased() == wanted }
    if one.personas.isEmpty, let id = Int(segment) { one.personas = personas.filter { $0.segment.id == id } }
    guard !one.personas.isEmpty else {
      let names = personas.map { "\($0.segment.id) \($0.segment.name)" }.joined(separator: "; ")
      throw SegueError.usage(
        Diagnostic(
          "personas.segment", "there is no segment \"\(segment)\"", hint: "segments are \(names)"))
    }
    one.rules = PersonaRule.used(by: one.personas)
    return one
  }

  private static func missing(_ path: String) -> SegueError {
    SegueError(
      .noInput,
      [
        Diagnostic(
          "personas.notFound", "there is no study with personas", at: .init(file: path),
          hint: "name the folder that segue run wrote, or run segue run first")
      ])
  }

  private static func damaged(_ path: String, _ error: DecodingError?) -> SegueError {
    let place: String? =
      switch error {
      case .keyNotFound(let key, let context):
        (context.codingPath + [key]).map { $0.intValue.map(String.init) ?? $0.stringValue }
          .joined(separator: ".")
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
      default: nil
      }
    let at = place.flatMap { $0.isEmpty ? nil : " at \($0)" } ?? ""
    return SegueError.data(
      Diagnostic(
        "personas.json", "these are no personas of a study: the file is damaged\(at)",
        at: .init(file: path), hint: "run the study again"))
  }
}
