/// A tree of nodes. Text and attribute values are escaped when it is written; there is no other way in
/// for a string that is not a constant of this program.
package enum HTML: Sendable {
  case text(String)
  case trusted(Trusted)
  case element(Element)
  case fragment([HTML])

  package struct Element: Sendable {
    package var name: String
    package var attributes: [(name: String, value: String)]
    package var children: [HTML]
    /// Written as `<circle …/>`, which HTML allows inside SVG only.
    package var isShape: Bool
  }

  /// Text that goes out as it stands: literals of the source, and colours.
  package struct Trusted: Sendable {
    fileprivate var text: String

    package init(_ literal: StaticString) { text = literal.description }

    /// Declarations of custom properties: `--s1:#0f766e;--s2:#2563eb;`.
    init(property: StaticString, colors: [Color]) {
      text = colors.enumerated().map { "--\(property)\($0 + 1):\($1.css);" }.joined()
    }

    static func + (a: Trusted, b: Trusted) -> Trusted {
      var sum = a
      sum.text += b.text
      return sum
    }
  }

  /// `<!doctype html>` and the tree.
  package func document() -> String {
    var bytes = Array("<!doctype html>\n".utf8)
    write(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The tree alone.
  package func markup() -> String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let voidElements: Set<String> = ["meta", "input", "br", "col"]

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text): HTML.escape(text, to: &bytes)
    case .trusted(let trusted): bytes += trusted.text.utf8
    case .fragment(let nodes): for node in nodes { node.write(to: &bytes) }
    case .element(let element):
      bytes.append(UInt8(ascii: "<"))
      bytes += element.name.utf8
      for (name, value) in element.attributes {
        bytes.append(UInt8(ascii: " "))
        bytes += name.utf8
        bytes += "=\"".utf8
        HTML.escape(value, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
      }
      if element.isShape {
        bytes += "/>".utf8
        return
      }
      bytes.append(UInt8(ascii: ">"))
      if HTML.voidElements.contains(element.name) { return }
      for child in element.children { child.write(to: &bytes) }
      bytes += "</\(element.name)>".utf8
    }
  }

  /// Escapes for text and for quoted attributes alike. Control characters and those that turn the
  /// direction of the text around go: from data they can only mislead.
  static func escape(_ text: String, to bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += "&amp;".utf8
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "\"": bytes += "&quot;".utf8
      case "'": bytes += "&#39;".utf8
      case "\t", "\n", "\r": bytes.append(UInt8(ascii: " "))
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      default: bytes += UTF8.encode(scalar)!
      }
    }
  }
}
