/// How headers are looked up.
extension HeaderSynonyms {
  /// The names in a list with blanks between.
  static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map { normalise(String($0)) }
  }

  /// `Created (UTC)` → `createdutc`, `Währung` → `waehrung`, `N° de commande` → `ndecommande`.
  static func normalise(_ header: String) -> String {
    var name = ""
    for scalar in header.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: name.unicodeScalars.append(scalar)
      case 0x41...0x5A: name.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
      case 0..<0x80, 0xA0...0xBF, 0x200B...0x206F, 0xFEFF: continue
      // a diaeresis that stands for itself: German writes it as e
      case 0x308 where "aou".contains(name.last ?? " "): name.append("e")
      case 0x300...0x36F: continue
      default: name += letters[scalar] ?? scalar.properties.lowercaseMapping
      }
    }
    return name
  }

  /// Letters with accents and the plain ones they are written as.
  private static let letters: [Unicode.Scalar: String] = {
    let plain = [
      "a": "àáâãåāăą", "ae": "äæ", "c": "çćč", "d": "ďđð", "e": "èéêëēęě", "g": "ğ", "i": "ìíîïīıİ",
      "l": "łľ",
      "n": "ñńň", "o": "òóôõøōő", "oe": "öœ", "r": "řŕ", "s": "śşšș", "ss": "ß", "t": "ťțţ", "u": "ùúûūůűų",
      "ue": "ü",
      "y": "ýÿ", "z": "źżž",
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (letters, accented) in plain {
      for scalar in accented.unicodeScalars {
        table[scalar] = letters
        for capital in scalar.properties.uppercaseMapping.unicodeScalars where capital.value >= 0x80 {
          table[capital] = letters
        }
      }
    }
    return table
  }()

  /// The ways to look a header up: as written, without a bracketed unit, without a connector's prefix.
  static func keys(of header: String) -> [String] {
    var keys = [normalise(header)]
    if let bracket = header.firstIndex(where: { $0 == "(" || $0 == "[" }), bracket > header.startIndex {
      keys.append(normalise(String(header[..<bracket])))
    }
    for prefix in prefixes where keys[0].hasPrefix(prefix) && keys[0].count > prefix.count {
      keys.append(String(keys[0].dropFirst(prefix.count)))
    }
    return keys.filter { !$0.isEmpty }
  }
}
