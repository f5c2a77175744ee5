/// Addresses of PostgreSQL servers, and how they may be shown.
enum ServerAddress {
  static func isOne(_ text: String) -> Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }

  /// Parts the address from what is wanted there. A `#` in a password does not count.
  static func split(_ text: String) -> (address: String, selection: String?) {
    let start = authority(text)
    guard let mark = text[start...].firstIndex(of: "#") else { return (text, nil) }
    let rest = String(text[text.index(after: mark)...])
    // libpq knows no fragment, so a # before the @ belongs to the password.
    return (String(text[..<mark]), rest.isEmpty ? nil : rest)
  }

  /// The address with `***` for its password, in its user part or among its parameters.
  static func masked(_ address: String) -> String {
    let start = address.range(of: "://")?.upperBound ?? address.startIndex
    let end = authority(address)
    var text = String(address[..<start])
    let user = address[start..<end]
    if let colon = user.firstIndex(of: ":") {
      text += user[...colon] + "***@"
    } else {
      text += user
    }
    let rest = address[end...]
    guard let question = rest.firstIndex(of: "?") else { return text + rest }
    text += rest[...question]
    let parameters = rest[rest.index(after: question)...].split(separator: "&").map { parameter in
      let name = parameter.prefix { $0 != "=" }
      return ["password", "sslpassword"].contains(name.lowercased()) ? "\(name)=***" : String(parameter)
    }
    return text + parameters.joined(separator: "&")
  }

  /// Where the host begins: behind the last `@` that stands before the first slash, if there is one.
  private static func authority(_ text: String) -> String.Index {
    let start = text.range(of: "://")?.upperBound ?? text.startIndex
    let end = text[start...].firstIndex(of: "/") ?? text.endIndex
    guard let at = text[start..<end].lastIndex(of: "@") else { return start }
    return text.index(after: at)
  }
}

extension String {
  /// The first place where `needle` stands; the standard library searches for elements and regular expressions only.
  fileprivate func range(of needle: String) -> Range<String.Index>? {
    indices.first { self[$0...].hasPrefix(needle) }.map { $0..<index($0, offsetBy: needle.count) }
  }
}
