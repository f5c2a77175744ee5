public import SegueFeatures

/// What `segue rfm --lint` says of a segment table, for people and as JSON.
public struct SegmentLintText {
  private let lint: SegmentTableLint
  private var table: SegmentTable { lint.table }
  private var codeCount: Int { table.bins * table.bins * table.bins }

  public init(_ lint: SegmentTableLint) { self.lint = lint }

  /// Lines of at most 80 characters.
  public func text() -> String {
    ([header, shares, unnamed, dead, overlaps] + [verdict]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var header: String {
    let named = codeCount - lint.unnamed.count
    return "\(table.title) (\(Study.baseName(table.id)))\n"
      + "\(named) of \(codeCount) codes have a name, by \(table.bins) scores of recency, frequency, monetary.\n"
  }

  private var shares: String {
    // Names that are the scores would only repeat them.
    guard lint.shares.count < codeCount else { return "" }
    return "Codes  Name\n"
      + lint.shares.map { share in
        let count = String(share.codes)
        return String(repeating: " ", count: max(0, 5 - count.count)) + "\(count)  \(share.name)\n"
      }.joined()
  }

  private var unnamed: String {
    if lint.unnamed.isEmpty { return "" }
    let count = lint.unnamed.count == 1 ? "1 code has" : "\(lint.unnamed.count) codes have"
    let title = table.others.map {
      "\(count) no segment and \(count.hasSuffix("has") ? "is" : "are") \"\($0)\":"
    }
    return (title ?? "\(count) no name:") + "\n"
      + CodeBlock.blocks(of: lint.unnamed).map { SegmentLintText.item("\($0):", $0.codes) }.joined()
  }

  private var dead: String {
    if lint.deadNames.isEmpty { return "" }
    let count = lint.deadNames.count == 1 ? "1 name" : "\(lint.deadNames.count) names"
    return "\(count) can never be given:\n"
      + lint.deadNames.map { dead in
        let place = dead.line.map { " (line \($0))" } ?? ""
        let takers = dead.takenBy.joined(separator: ", ")
        return takers.isEmpty
          ? "  \(dead.name)\(place): no code fits it\n"
          : SegmentLintText.item(
            "\(dead.name)\(place): \(takers) take\(dead.takenBy.count == 1 ? "s" : "")", dead.codes)
      }.joined()
  }

  private var overlaps: String {
    if lint.overlaps.isEmpty { return "" }
    return
      (table.firstMatchWins
      ? "Codes of two names go to the one that stands first, as overlap: first says:\n"
      : "Codes have two names:\n")
      + lint.overlaps.map { SegmentLintText.item("\($0.winner) before \($0.loser):", $0.codes) }.joined()
  }

  private var verdict: String {
    guard !lint.isSound else { return "The table is sound.\n" }
    var ways: [String] = []
    if !lint.unnamed.isEmpty, table.others == nil {
      ways.append("name every code, or the rest by others: Others")
    }
    if !lint.deadNames.isEmpty { ways.append("move dead names up, or leave them out") }
    if !lint.overlaps.isEmpty, !table.firstMatchWins {
      ways.append("part the codes, or say overlap: first")
    }
    return "The table is not sound. To mend it:\n" + ways.map { "  \($0)\n" }.joined()
  }

  /// A title and codes behind it, broken before the 80th column.
  private static func item(_ title: String, _ codes: [Int]) -> String {
    var lines = ["  " + title]
    for code in codes {
      if lines[lines.count - 1].count + 4 > 79 { lines.append("   ") }
      lines[lines.count - 1] += " \(code)"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  public func json() throws -> [UInt8] { try StudyResult.json(Document(lint)) }

  private struct Document: Encodable {
    struct Name: Encodable {
      var name: String
      var codes: Int
    }

    struct DeadName: Encodable {
      var name: String
      var line: Int?
      var takenBy: [String]
      var codes: [String]
    }

    struct Overlap: Encodable {
      var winner: String
      var loser: String
      var codes: [String]
    }

    var table: String
    var title: String
    var source: String
    var bins: Int
    var codes: Int
    var isSound: Bool
    var names: [Name]
    var others: String?
    /// Codes that no segment takes; they are called `others` where the table says so.
    var unnamedCodes: [String]
    var deadNames: [DeadName]
    var overlaps: [Overlap]
    var overlapIsMeant: Bool

    init(_ lint: SegmentTableLint) {
      table = Study.baseName(lint.table.id)
      title = lint.table.title
      source = lint.table.source
      bins = lint.table.bins
      codes = lint.table.bins * lint.table.bins * lint.table.bins
      isSound = lint.isSound
      names = lint.shares.map { Name(name: $0.name, codes: $0.codes) }
      others = lint.table.others
      unnamedCodes = lint.unnamed.map { String($0) }
      deadNames = lint.deadNames.map {
        DeadName(name: $0.name, line: $0.line, takenBy: $0.takenBy, codes: $0.codes.map { String($0) })
      }
      overlaps = lint.overlaps.map {
        Overlap(winner: $0.winner, loser: $0.loser, codes: $0.codes.map { String($0) })
      }
      overlapIsMeant = lint.table.firstMatchWins
    }
  }
}
