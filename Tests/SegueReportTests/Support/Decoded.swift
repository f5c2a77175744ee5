import Foundation

/// A value made the way another program would hand it over: by its JSON fields.
func decoded<T: Decodable>(_ fields: KeyValuePairs<String, (any Encodable)?>, as type: T.Type = T.self) -> T {
  do {
    return try JSONDecoder().decode(T.self, from: JSONEncoder().encode(Fields(fields)))
  } catch {
    fatalError("\(T.self) does not decode from \(fields): \(error)")
  }
}

private struct Fields: Encodable {
  private let fields: KeyValuePairs<String, (any Encodable)?>

  init(_ fields: KeyValuePairs<String, (any Encodable)?>) { self.fields = fields }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for case (let name, let value?) in fields {
      try container.encode(value, forKey: Key(stringValue: name))
    }
  }
}
