/// The tags of a page, read back as simply as possible.
struct Markup {
  struct Tag {
    var name: String
    var isClosing: Bool
    var isSelfClosing: Bool
    /// As they stand between the name and the end of the tag.
    var attributes: String

    func attribute(_ name: String) -> String? {
      guard let start = attributes.firstRange(of: " \(name)=\"") else { return nil }
      let rest = attributes[start.upperBound...]
      return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }
  }

  private static let void: Set<String> = ["!doctype", "meta", "input", "br", "col"]
  let text: String
  private(set) var tags: [Tag] = []

  init(_ html: String) {
    text = html
    // Attribute values hold no raw `>`, so a tag ends at the next one.
    var rest = Substring(html)
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else { break }
      var inside = rest[..<end]
      rest = rest[rest.index(after: end)...]
      let isClosing = inside.first == "/"
      if isClosing { inside.removeFirst() }
      let isSelfClosing = inside.last == "/"
      let name = inside.prefix { $0 != " " && $0 != "/" }
      tags.append(
        Tag(
          name: String(name), isClosing: isClosing, isSelfClosing: isSelfClosing,
          attributes: String(inside.dropFirst(name.count))))
    }
  }

  /// The first tag that closes something else than what is open; nil if all is well.
  var imbalance: String? {
    var open: [String] = []
    for tag in tags where !tag.isSelfClosing && !Markup.void.contains(tag.name) {
      if !tag.isClosing {
        open.append(tag.name)
      } else if open.popLast() != tag.name {
        return tag.name
      }
    }
    return open.last
  }

  func all(_ name: String) -> [Tag] { tags.filter { $0.name == name && !$0.isClosing } }

  /// What stands between the tags of the style element.
  var style: String {
    guard let start = text.firstRange(of: "<style>"), let end = text.firstRange(of: "</style>") else {
      return ""
    }
    return String(text[start.upperBound..<end.lowerBound])
  }

  /// Levels of the headings in order.
  var headings: [Int] {
    tags.compactMap { tag in
      guard !tag.isClosing, tag.name.count == 2, tag.name.first == "h" else { return nil }
      return tag.name.last?.wholeNumberValue
    }
  }
}
