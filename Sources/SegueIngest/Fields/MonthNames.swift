/// Names of months in English, German, French and Spanish, in full or cut short.
enum MonthNames {
  /// 1…12; nil if the word begins no month's name, or those of two as `jui` does.
  ///
  /// Three letters are enough; case does not matter and accents may be missing.
  static func month(_ word: Span<UInt8>) -> Int? {
    guard word.count >= 3, word.count <= 12, isInitial(word[0] | 0x20) else { return nil }
    var letters: UInt128 = 0
    var count = 0
    var index = 0
    while index < word.count {
      if ByteText.isLetter(word[index]) {
        letters = letters << 8 | UInt128(word[index] | 0x20)
        index += 1
      } else {
        guard index + 1 < word.count, word[index] == 0xC3, let letter = unaccented(word[index + 1]) else {
          return nil
        }
        letters = letters << 8 | UInt128(letter)
        index += 2
      }
      count += 1
    }
    guard count >= 3 else { return nil }
    var found: Int?
    for name in names where name.count >= count && name.letters >> (8 * (name.count - count)) == letters {
      if let found, found != name.month { return nil }
      found = name.month
    }
    return found
  }

  @inline(__always)
  private static func isInitial(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x61, 0x64, 0x65, 0x66, 0x6A, 0x6D, 0x6E, 0x6F, 0x73: true  // a d e f j m n o s
    default: false
    }
  }

  /// By the second byte of U+00C0…U+00FF: ä, é, è, û and their capitals.
  private static func unaccented(_ byte: UInt8) -> UInt8? {
    switch byte | 0x20 {
    case 0xA4: 0x61
    case 0xA8, 0xA9: 0x65
    case 0xBB: 0x75
    default: nil
    }
  }

  private struct Name {
    var letters: UInt128
    var count: Int
    var month: Int
  }

  private static let names: [Name] = [
    "january januar janner janvier enero", "february februar feber fevrier febrero",
    "march marz mrz mars marzo", "april avril abril", "may mai mayo", "june juni juin junio",
    "july juli juillet julio", "august aout agosto", "september septembre septiembre setiembre",
    "october oktober octobre octubre", "november novembre noviembre",
    "december dezember decembre diciembre",
  ].enumerated().flatMap { index, spellings in
    spellings.split(separator: " ").map { name in
      Name(
        letters: name.utf8.reduce(0) { $0 << 8 | UInt128($1) }, count: name.utf8.count, month: index + 1)
    }
  }
}
