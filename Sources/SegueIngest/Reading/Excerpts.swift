internal import SegueCore

/// Shows places of a file to people: the line, and a caret under what is meant.
struct Excerpts {
  private let store: ByteStore
  private let name: String
  /// Lines longer than this are shown in part.
  private static let window = 100
  /// Lines are looked at this far on either side.
  private static let reach = 1 << 16

  init(_ store: ByteStore) {
    self.store = store
    name = store.name
  }

  /// A diagnostic about a place in the bytes, which begins on `line`.
  ///
  /// - Complexity: O(length of the line), once per diagnostic.
  func diagnostic(
    _ code: String, _ message: String, at place: Range<Int>, line: Int, context: String? = nil,
    hint: String? = nil
  ) -> Diagnostic {
    let base = max(0, place.lowerBound - Excerpts.reach)
    // A place that cannot be read any more is named without its text.
    let bytes = (try? store.bytes(base..<(place.lowerBound + Excerpts.reach))) ?? []
    let range =
      min(
        bytes.count, place.lowerBound - base)..<min(
        bytes.count, max(place.lowerBound, place.upperBound) - base)
    var start = range.lowerBound
    while start > 0, bytes[start - 1] != 10, bytes[start - 1] != 13 { start -= 1 }
    var end = range.lowerBound
    while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
    let before = String(decoding: bytes[start..<range.lowerBound], as: UTF8.self).count
    let meant = String(decoding: bytes[range.lowerBound..<min(range.upperBound, end)], as: UTF8.self).count
    let (text, offset) = Excerpts.shown(bytes, start..<end, focus: range.lowerBound)
    let length = max(1, min(meant, text.count - offset))
    return Diagnostic(
      code, message, at: .init(file: name, line: line, column: before + 1),
      excerpt: .init(text: text, offset: offset, length: length, context: context), hint: hint)
  }

  /// The line or a window of it around `focus`, control characters as blanks; and where `focus` is in it.
  private static func shown(_ bytes: [UInt8], _ line: Range<Int>, focus: Int) -> (String, Int) {
    var start = line.lowerBound
    var end = line.upperBound
    if focus - start > Excerpts.window { start = focus - Excerpts.window / 2 }
    if end - start > 2 * Excerpts.window { end = start + 2 * Excerpts.window }
    while start > line.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let lead = (start > line.lowerBound ? "…" : "") + printable(bytes[start..<focus])
    let rest = printable(bytes[focus..<end]) + (end < line.upperBound ? "…" : "")
    return (lead + rest, lead.count)
  }

  private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  }

  /// The line a place is on, given the line its record begins on.
  func line(of offset: Int, recordStart: Int, recordLine: Int) -> Int {
    let between = (try? store.bytes(recordStart..<offset)) ?? []
    return recordLine + between.count { $0 == 10 }
  }
}
