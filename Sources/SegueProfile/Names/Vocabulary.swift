import Yams

/// The words that name segments, as `Vocabulary/vocabulary.yaml` states them.
package struct Vocabulary: Sendable, Decodable {
  package var orders: Orders
  package var traits: Traits

  package static let standard: Vocabulary = {
    do {
      return try Vocabulary(yaml: String(decoding: PackageResources.vocabulary_yaml, as: UTF8.self))
    } catch {
      preconditionFailure("the vocabulary cannot be read: \(error)")
    }
  }()

  package init(yaml text: String) throws { self = try YAMLDecoder().decode(Vocabulary.self, from: text) }

  /// For segments of customers with orders.
  package struct Orders: Sendable, Decodable {
    /// First fit wins; the last fits everybody.
    package var segments: [Base]
    package var qualifiers: Qualifiers
    /// Numbers what no qualifier tells apart.
    package var again: String

    package func base(for position: SegmentNaming.Position) -> Base {
      segments.first { $0.fits(position) } ?? segments[segments.count - 1]
    }
  }

  package struct Base: Sendable, Decodable {
    package var name: String
    package var kind: Segment.Kind
    package var tagline: String
    /// Conditions of which one set must hold in full; nil fits everybody.
    package var when: [[Field: Bound]]?

    package func fits(_ position: SegmentNaming.Position) -> Bool {
      guard let when else { return true }
      return when.contains { $0.allSatisfy { $1.holds(position[keyPath: $0.path]) } }
    }
  }

  /// What may be asked of a position.
  package enum Field: String, Sendable, Decodable, CaseIterable, CodingKeyRepresentable {
    case recency, frequency, monetary, oneTime, new, late, gone

    package var path: any WritableKeyPath<SegmentNaming.Position, Double> & Sendable {
      switch self {
      case .recency: \.recency
      case .frequency: \.frequency
      case .monetary: \.monetary
      case .oneTime: \.oneTime
      case .new: \.new
      case .late: \.late
      case .gone: \.gone
      }
    }
  }

  /// `>= 0.5` or `< 0.5`.
  package struct Bound: Sendable, Decodable {
    package var isLower: Bool
    package var value: Double

    package func holds(_ figure: Double) -> Bool { isLower ? figure >= value : figure < value }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let words = try container.decode(String.self).split(separator: " ")
      guard words.count == 2, [">=", "<"].contains(words[0]), let value = Double(words[1]) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no bound such as >= 0.5")
      }
      isLower = words[0] == ">="
      self.value = value
    }
  }

  package struct Qualifiers: Sendable, Decodable {
    package var monetary: Qualifier
    package var recency: Qualifier
    package var frequency: Qualifier
  }

  package struct Qualifier: Sendable, Decodable {
    /// For the least, those between, and the most.
    package var words: [String]
    /// Before a number, where there are more than three.
    package var rank: String

    /// - Parameter rank: from 0, the least.
    package func text(_ rank: Int, of count: Int) -> String {
      switch count {
      case 2: words[rank == 0 ? 0 : 2]
      case 3: words[rank]
      // Words go as far as three; beyond that a rank says more than an adjective.
      default: "\(self.rank) \(rank + 1) of \(count)"
      }
    }
  }

  /// For segments of customers without orders.
  package struct Traits: Sendable, Decodable {
    package var number: Pair
    package var flag: Pair
    package var answers: Answers
    package var dependent: Set<String>
    package var common: Set<String>
    package var level: Level
    package var minority: String
    package var nothing: String
    package var tagline: String
    package var noTagline: String
    package var words: [String: String]
    package var acronyms: Set<String>
    package var own: [Own]
  }

  package struct Pair: Sendable, Decodable {
    package var high: String
    package var low: String
  }

  package struct Answers: Sendable, Decodable {
    package var high: Set<String>
    package var low: Set<String>
  }

  package struct Level: Sendable, Decodable {
    package var alone: String
    package var dependent: String
  }

  /// Words of one attribute, or of those that match a pattern.
  package struct Own: Sendable, Decodable {
    /// With at most one `*`.
    package var attribute: String
    package var high: String
    package var low: String

    /// What the star stood for; nil if this is another attribute.
    package func match(_ text: String) -> Substring? {
      guard let star = attribute.firstIndex(of: "*") else { return text == attribute ? "" : nil }
      let (before, after) = (attribute[..<star], attribute[attribute.index(after: star)...])
      guard text.count >= before.count + after.count, text.hasPrefix(before), text.hasSuffix(after) else {
        return nil
      }
      return text.dropFirst(before.count).dropLast(after.count)
    }
  }
}
