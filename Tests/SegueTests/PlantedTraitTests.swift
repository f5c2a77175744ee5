import Foundation
import Segue
import SegueTestSupport
import Testing

/// What was planted in the made-up shop must be said, and nothing against it.
@Suite("Planted traits in personas")
struct PlantedTraitTests {
  private struct Planned: Decodable {
    struct Age: Decodable {
      var mean: Double
    }

    var discountedShare: Double
    var refundedShare: Double
    var newsletterShare: Double
    var medianOrderValue: Double
    var orderChannels: [String: Double]
    var categories: [String: Double]
    var entryChannels: [String: Double]
    var households: [String: Double]
    var weekdaysFromMonday: [Double]
    var age: Age
  }

  private struct File: Decodable {
    struct Segment: Decodable {
      var name: String
      var size: Int
      var planned: Planned
    }

    var segments: [Segment]
  }

  /// Attribute, level and by how much the plan of a segment is above the others', weighted by their size.
  private typealias Trait = (attribute: String, level: String?, difference: Double)

  private let segments: [File.Segment]
  private let result: StudyResult

  init() throws {
    let path = Studies.dataset("lumen/planted.json")
    segments = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(filePath: path))).segments
    result = try Studies.lumen.get()
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private func planted(_ index: Int) -> [Trait] {
    func difference(_ value: (Planned) -> Double) -> Double {
      let others = segments.indices.filter { $0 != index }
      let sum = others.reduce(0.0) { $0 + value(segments[$1].planned) * Double(segments[$1].size) }
      let size = others.reduce(0) { $0 + segments[$1].size }
      return value(segments[index].planned) - sum / Double(size)
    }
    func shares(_ attribute: String, _ path: KeyPath<Planned, [String: Double]>) -> [Trait] {
      segments[index].planned[keyPath: path].keys.sorted().map { level in
        (attribute, level, difference { $0[keyPath: path][level] ?? 0 })
      }
    }
    return shares("category", \.categories) + shares("orderChannel", \.orderChannels)
      + shares("customer.acquisition_channel", \.entryChannels) + shares("customer.household", \.households)
      + PlantedTraitTests.weekdays.enumerated().map { day, name in
        ("weekday", name, difference { $0.weekdaysFromMonday[day] })
      } + [
        ("discounted", "yes", difference(\.discountedShare)),
        ("refunded", "yes", difference(\.refundedShare)),
        ("customer.newsletter", "yes", difference(\.newsletterShare)),
        ("orderValue", nil, difference(\.medianOrderValue) / 100),
        ("customer.age", nil, difference(\.age.mean) / 40),
      ]
  }

  private func persona(_ name: String) throws -> Persona {
    try #require(result.personas.first { $0.segment.name == name }, "\(name)")
  }

  private func stated(_ persona: Persona) -> Set<String> {
    Set(
      persona.sections.flatMap(\.sentences).flatMap(\.evidence).map(\.id)
        + (persona.apart + persona.alsoDiffers).map(\.id))
  }

  @Test("every planted trait that the data bears out is stated")
  func stated() throws {
    var count = 0
    for (index, segment) in segments.enumerated() {
      let persona = try persona(segment.name)
      let profile = try #require(
        result.profile.segments.first { $0.segment.id == persona.segment.id })
      let stated = stated(persona)
      // Of a column the planted level that stands out most speaks for it.
      let byAttribute = Dictionary(grouping: planted(index)) { $0.attribute }
      for (attribute, levels) in byAttribute.sorted(by: { $0.key < $1.key }) {
        guard let most = levels.max(by: { $0.difference < $1.difference }),
          let trait = profile.notable.first(where: {
            $0.attribute == attribute && $0.level == most.level && most.difference.magnitude >= 0.05
          })
        else { continue }
        count += 1
        #expect(
          stated.contains(trait.id), "\(segment.name): \(trait.id) \(trait.value) against \(trait.others)")
      }
      for attribute in ["daypart", "frequency", "recencyDays"] {
        let strongest = profile.notable.first { $0.attribute == attribute }
        if let strongest {
          count += 1
          #expect(
            stated.contains { $0.hasPrefix("s\(persona.segment.id).\(attribute)") },
            "\(segment.name): \(strongest.id)")
        }
      }
    }
    #expect(count > 40, "\(count)")
  }

  @Test("no stated trait has a sign against the planted one")
  func signs() throws {
    for (index, segment) in segments.enumerated() {
      let persona = try persona(segment.name)
      let stated = stated(persona)
      let profile = try #require(result.profile.segments.first { $0.segment.id == persona.segment.id })
      for planted in planted(index) where planted.difference.magnitude >= 0.05 {
        let trait = profile.notable.first { $0.attribute == planted.attribute && $0.level == planted.level }
        guard let trait, stated.contains(trait.id) else { continue }
        #expect(trait.effect * planted.difference > 0, "\(segment.name): \(trait.id)")
      }
    }
  }
}
