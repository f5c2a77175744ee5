/// How wide text may come out, without knowing the reader's font.
///
/// Widths are those of DejaVu Sans, the widest face a system font stack is likely to meet; in any other
/// face text takes less room than planned.
package enum TextFit {
  /// In the unit of `size`; an upper estimate.
  package static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let sum = text.unicodeScalars.reduce(0.0) { $0 + ems($1) }
    return sum * size * (isBold ? 1.12 : 1)
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", " ", "·": 0.34
    case "f", "t", "r", "(", ")", "-", "/", "!": 0.42
    case "m", "M", "w", "W", "%", "…", "@", "→": 1.0
    case "A"..."Z": 0.75
    case "a"..."z", "0"..."9": 0.64
    case "\u{0}"..."\u{7F}": 0.84
    case "\u{80}"..."\u{24F}", "\u{370}"..."\u{5FF}": 0.8
    case "\u{300}"..."\u{36F}": 0
    default: 1.05
    }
  }

  /// The whole text, or its first words and an ellipsis, or as many letters as fit; nil if not even two do.
  package static func shortened(
    _ text: String, to room: Double, size: Double, isBold: Bool = false, mayCutWords: Bool = true
  ) -> String? {
    func fits(_ candidate: String) -> Bool { width(candidate, size: size, isBold: isBold) <= room }
    if fits(text) { return text }
    let words = text.split(separator: " ")
    for count in stride(from: words.count - 1, to: 0, by: -1) {
      var head = words.prefix(count).joined(separator: " ")
      while let last = head.last, ",;:·–-(".contains(last) || last == " " { head.removeLast() }
      if fits(head + "…") { return head + "…" }
    }
    guard mayCutWords else { return nil }
    var head = words.first.map(String.init) ?? text
    while head.count > 2 {
      head.removeLast()
      if fits(head + "…") { return head + "…" }
    }
    return nil
  }

  /// The text on at most `lines` lines broken between words; the last line is shortened if it must be.
  /// Empty if nothing legible fits.
  package static func wrapped(
    _ text: String, to room: Double, lines limit: Int, size: Double, isBold: Bool = false
  ) -> [String] {
    var words = text.split(separator: " ")[...]
    var lines: [String] = []
    while !words.isEmpty, lines.count < limit {
      if lines.count == limit - 1 {
        guard
          let last = shortened(
            words.joined(separator: " "), to: room, size: size, isBold: isBold, mayCutWords: lines.isEmpty)
        else {
          // The rest does not fit on its line: the line before says that there was more.
          if let before = lines.popLast() {
            lines.append(
              shortened(before + " …", to: room, size: size, isBold: isBold)?
                .replacing(" …", with: "…") ?? before)
          }
          return lines
        }
        lines.append(last)
        return lines
      }
      var line = ""
      while let word = words.first {
        let longer = line.isEmpty ? String(word) : line + " " + word
        guard width(longer, size: size, isBold: isBold) <= room else { break }
        line = longer
        words = words.dropFirst()
      }
      if line.isEmpty {
        // One word that is wider than the room.
        guard
          let cut = shortened(String(words[words.startIndex]), to: room, size: size, isBold: isBold)
        else { return lines }
        return lines + [cut]
      }
      lines.append(line)
    }
    return lines
  }
}
