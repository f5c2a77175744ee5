internal import FoundationEssentials

/// A JSON document as its values.
package indirect enum JSONValue: Decodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  package init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) }

  package subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  package var elements: [JSONValue] { if case .array(let values) = self { values } else { [] } }
  package var text: String? { if case .string(let text) = self { text } else { nil } }
  package var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// With one value in the tree replaced, by its path of keys and indices; nil takes it away.
  package func setting(_ path: [String], to value: JSONValue?) -> JSONValue {
    guard let key = path.first else { return value ?? .null }
    let rest = Array(path.dropFirst())
    switch self {
    case .object(var members):
      if rest.isEmpty { members[key] = value } else { members[key] = members[key]?.setting(rest, to: value) }
      return .object(members)
    case .array(var values):
      guard let index = Int(key), values.indices.contains(index) else { return self }
      values[index] = values[index].setting(rest, to: value)
      return .array(values)
    default: return self
    }
  }
}

/// As much of JSON Schema (draft 2020-12) as ours use; a keyword beyond that is a problem of the schema.
package struct JSONSchema {
  private let root: JSONValue

  package init(_ bytes: [UInt8]) throws { root = try JSONValue(bytes) }

  private static let notes: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

  /// What is wrong, with the place; empty for a document that fits.
  package func problems(in value: JSONValue) -> [String] { problems(value, root, "$") }

  private func problems(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
    guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
    return keywords.sorted { $0.key < $1.key }.flatMap { key, rule -> [String] in
      switch key {
      case "$ref": return referred(rule).map { problems(value, $0, place) } ?? ["\(place): no \(rule)"]
      case "type": return fits(value, rule.text ?? "") ? [] : ["\(place): is not \(rule.text ?? "?")"]
      case "enum": return rule.elements.contains(value) ? [] : ["\(place): is none of the values"]
      case "pattern": return matches(value, rule) ? [] : ["\(place): does not match \(rule.text ?? "?")"]
      case "minimum", "maximum": return bounded(value.number, key, rule, place)
      case "minLength", "maxLength": return bounded(value.text.map { Double($0.count) }, key, rule, place)
      case "minItems", "maxItems":
        guard case .array(let values) = value else { return [] }
        return bounded(Double(values.count), key, rule, place)
      case "required":
        guard case .object(let members) = value else { return [] }
        return rule.elements.compactMap(\.text).filter { members[$0] == nil }.map { "\(place): lacks \($0)" }
      case "properties":
        guard case .object(let members) = value, case .object(let known) = rule else { return [] }
        return members.sorted { $0.key < $1.key }.flatMap { name, member in
          known[name].map { problems(member, $0, "\(place).\(name)") } ?? []
        }
      case "additionalProperties":
        guard rule == .bool(false), case .object(let members) = value,
          case .object(let known)? = schema["properties"]
        else { return rule == .bool(false) ? [] : ["\(place): \(key) is more than false"] }
        return members.keys.sorted().filter { known[$0] == nil }.map { "\(place): has \($0)" }
      case "items":
        return value.elements.enumerated().flatMap { problems($1, rule, "\(place)[\($0)]") }
      case _ where JSONSchema.notes.contains(key): return []
      default: return ["\(place): the schema has \(key)"]
      }
    }
  }

  private func referred(_ rule: JSONValue) -> JSONValue? {
    rule.text.flatMap { root["$defs"]?[String($0.dropFirst("#/$defs/".count))] }
  }

  private func fits(_ value: JSONValue, _ type: String) -> Bool {
    switch (value, type) {
    case (.object, "object"), (.array, "array"), (.string, "string"), (.number, "number"),
      (.bool, "boolean"), (.null, "null"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }

  private func matches(_ value: JSONValue, _ rule: JSONValue) -> Bool {
    guard let text = value.text, let pattern = rule.text else { return value.text == nil }
    guard let regex = try? Regex(pattern) else { return false }
    return text.firstMatch(of: regex) != nil
  }

  private func bounded(_ number: Double?, _ key: String, _ rule: JSONValue, _ place: String) -> [String] {
    guard let number, let bound = rule.number else { return [] }
    let isWithin = key.hasPrefix("min") ? number >= bound : number <= bound
    return isWithin ? [] : ["\(place): \(key) is \(bound)"]
  }
}
