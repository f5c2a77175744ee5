import Foundation
import Segue
import SegueTestSupport
import Testing

/// Personas of whole studies: every sentence leads to its numbers, says something once, and fits its page.
@Suite("Personas of studies")
struct PersonaStudyTests {
  /// Data at hand: what is beside the package is left out by name where it is absent.
  enum Data: String, CaseIterable, CustomTestStringConvertible {
    case lumen, cdnow, onlineRetail, telco, marketing, mall, nps

    var testDescription: String { rawValue }

    private var file: String? {
      switch self {
      case .lumen, .cdnow: nil
      case .onlineRetail: "online_retail.csv.gz"
      case .telco: "telco_customer_churn.csv"
      case .marketing: "marketing_campaign.tsv"
      case .mall: "mall_customers.csv"
      case .nps: "nps_timeseries.csv"
      }
    }

    static var atHand: [Data] {
      allCases.filter { $0.file.map { SharedFolder.has("data/\($0)") } ?? true }
    }

    static let results: [Data: Result<StudyResult, any Error>] = Dictionary(
      uniqueKeysWithValues: atHand.map { data in (data, Result { try data.run() }) })

    private func run() throws -> StudyResult {
      guard let file else { return try (self == .lumen ? Studies.lumen : Studies.cdnow).get() }
      let name = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
      var inputs = [Input(path: name, bytes: try SharedFolder.contents("data/\(file)"))]
      // Answers alone are no study: they are joined to a shop's orders.
      if self == .nps { inputs.append(Input(path: Studies.dataset("cdnow/orders.csv"))) }
      return try Study().run(inputs)
    }
  }

  private func result(_ data: Data) throws -> StudyResult {
    try #require(Data.results[data]).get()
  }

  /// As read back from the files, not from memory: that is what a reader has.
  private struct SegmentsFile: Decodable {
    struct Cited: Decodable {
      var id: String
      var n: Int
      var effect: Double?
    }

    struct Segment: Decodable {
      var segment: Segue.Segment
      var traits: [Cited]
      var figures: [Cited]
    }

    var segments: [Segment]
  }

  private func read<Value: Decodable>(_ name: String, of result: StudyResult, as type: Value.Type) throws
    -> Value
  {
    try JSONDecoder().decode(type, from: Foundation.Data(file(name, of: result).utf8))
  }

  @Test(
    "every sentence of every persona leads to a trait or a figure in segments.json", arguments: Data.atHand)
  func traces(data: Data) throws {
    let result = try result(data)
    let segments = try read("segments.json", of: result, as: SegmentsFile.self).segments
    let personas = try read("personas.json", of: result, as: PersonasFile.self)
    #expect(personas.personas.count == segments.count)
    var walked = 0
    for (persona, segment) in zip(personas.personas, segments) {
      #expect(persona.segment.id == segment.segment.id)
      for sentence in persona.sections.flatMap(\.sentences) where persona.isDescribed {
        #expect(!sentence.evidence.isEmpty, "\(sentence.text)")
        for evidence in sentence.evidence {
          let trait = segment.traits.first { $0.id == evidence.id && evidence.effect != nil }
          let figure = segment.figures.first { $0.id == evidence.id }
          let cited = trait ?? figure
          #expect(cited != nil, "\(evidence.id): \(sentence.text)")
          #expect(cited?.n == evidence.n, "\(evidence.id)")
          if let trait { #expect(trait.effect == evidence.effect) }
          #expect(evidence.n >= 10 && !evidence.sources.isEmpty, "\(evidence.id)")
          walked += 1
        }
      }
    }
    #expect(walked > 0 || personas.personas.allSatisfy { !$0.isDescribed })
  }

  @Test(
    "no two sentences of a persona say the same, none is long, and all fit a page", arguments: Data.atHand)
  func economy(data: Data) throws {
    for persona in try result(data).personas {
      let sentences = persona.sections.flatMap(\.sentences)
      #expect(sentences.count <= PersonaWriter.mostSentences, "\(persona.segment.name)")
      #expect(Set(sentences.map(\.text)).count == sentences.count)
      for basis in [Persona.Basis.observed, .inferred] {
        let traits = sentences.filter { $0.basis == basis }.flatMap(\.evidence).filter { $0.effect != nil }
        let twice = Dictionary(grouping: traits, by: \.id).filter { $1.count > 1 }.keys
        #expect(twice.isEmpty, "\(persona.segment.name): \(twice)")
      }
      for sentence in sentences {
        #expect(sentence.text.count <= 140, "\(sentence.text)")
        #expect(sentence.text.hasSuffix(".") || sentence.text.hasSuffix("?"), "\(sentence.text)")
        #expect(PersonaRule.named(sentence.rule)?.basis == sentence.basis, "\(sentence.rule)")
        for word in [" nan", "n/a", "∞", "_", "  ", "..", " 1 days", " 1 customers"] {
          #expect(!sentence.text.lowercased().contains(word), "\(sentence.text)")
        }
      }
    }
  }

  @Test("every field is told or asked for", arguments: Data.atHand)
  func fields(data: Data) throws {
    for persona in try result(data).personas where persona.isDescribed {
      let told = Set(persona.sections.flatMap(\.sentences).flatMap(\.fields))
      #expect(told == Set(Persona.Field.allCases), "\(persona.segment.name)")
    }
  }

  @Test("different segments of a study are asked different things", arguments: Data.atHand)
  func questions(data: Data) throws {
    let personas = try result(data).personas.filter(\.isDescribed)
    let asked = personas.map { persona in
      persona.sections.flatMap(\.sentences).filter { $0.basis == .ask }.map(\.text)
    }
    #expect(Set(asked).count == personas.count)
    for (index, questions) in asked.enumerated() {
      let elsewhere = Set(asked.indices.filter { $0 != index }.flatMap { asked[$0] })
      #expect(questions.contains { !elsewhere.contains($0) }, "\(personas[index].segment.name)")
    }
  }

  @Test("personas.json fits the schema that ships", arguments: Data.atHand)
  func schema(data: Data) throws {
    let schema = try JSONSchema(PersonaSchema.bytes)
    let json = try JSONValue([UInt8](file("personas.json", of: result(data)).utf8))
    #expect(schema.problems(in: json) == [])
  }

  @Test("the schema refuses what is no personas.json")
  func refusals() throws {
    let schema = try JSONSchema(PersonaSchema.bytes)
    let json = try JSONValue([UInt8](file("personas.json", of: Studies.lumen.get()).utf8))
    let sentence = ["personas", "0", "sections", "0", "sentences", "0"]
    let damages: [([String], JSONValue?)] = [
      (["schema"], .number(2)), (["personas"], nil), (["more"], .bool(true)), (["version"], .string("x")),
      (sentence + ["basis"], .string("guessed")), (sentence + ["evidence", "0", "id"], .string("customers")),
      (sentence + ["evidence", "0", "n"], .number(9)), (sentence + ["text"], .string("")),
      (sentence + ["quote"], .string("I love it")), (["personas", "0", "photo"], .string("a.jpg")),
      (["personas", "0", "customerShare"], .string("half")),
    ]
    for (path, value) in damages {
      #expect(!schema.problems(in: json.setting(path, to: value)).isEmpty, "\(path)")
    }
  }

  @Test("personas.json is read back byte by byte")
  func reading() throws {
    let bytes = try file("personas.json", of: Studies.lumen.get())
    let read = try JSONDecoder().decode(PersonasFile.self, from: Foundation.Data(bytes.utf8))
    #expect(try String(decoding: read.bytes(.json), as: UTF8.self) == bytes)
    #expect(
      try String(decoding: read.bytes(.md), as: UTF8.self) == file("personas.md", of: Studies.lumen.get()))
  }

  @Test("the sentences of the planted champions are these")
  func champions() throws {
    let persona = try #require(Studies.lumen.get().personas.first { $0.segment.kind == .champion })
    try Goldens.check(PersonaStudyTests.listed(persona), "lumen-champions.txt")
  }

  @Test(
    "the sentences of the largest segment of telco customers are these",
    .enabled(if: Data.atHand.contains(.telco)))
  func telco() throws {
    let persona = try #require(try result(.telco).personas.first)
    try Goldens.check(PersonaStudyTests.listed(persona), "telco-first.txt")
  }

  private static func listed(_ persona: Persona) -> String {
    persona.sections.flatMap { section in
      ["# \(section.topic.title)"]
        + section.sentences.map { "\($0.text) [\($0.basis.rawValue) \($0.rule)]" }
    }.joined(separator: "\n") + "\n"
  }
}

/// What texts were when somebody last looked at them. `SEGUE_RECORD=1` writes them anew, and such a run fails.
private enum Goldens {
  static func check(_ text: String, _ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
    let place = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SEGUE_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: place, atomically: true, encoding: .utf8)
      Issue.record("\(name) was recorded; run again without SEGUE_RECORD")
      return
    }
    let golden = try String(contentsOf: place, encoding: .utf8)
    for (line, was) in zip(text.split(separator: "\n"), golden.split(separator: "\n")) {
      #expect(line == was)
    }
    #expect(text == golden)
  }
}
