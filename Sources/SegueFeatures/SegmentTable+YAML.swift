import SegueCore
import Yams

extension SegmentTable {
  /// Reads a table as `segue rfm --show standard` prints one; it may still be unsound, see ``lint()``.
  ///
  /// - Parameter file: how diagnostics call it; the table's id.
  /// - Throws: ``SegueError`` `segments.yaml`, `segments.key` (with the nearest key) and `segments.value`, up to
  ///   twenty together, each with line and column.
  public init(yaml text: String, file: String) throws {
    let document = try YAMLDocument(text, file: file, code: "segments.yaml", kind: .data)
    var reader = SegmentTableReader(document)
    let table = reader.table()
    guard let table, reader.problems.isEmpty else {
      throw SegueError(.data, Array(reader.problems.prefix(20)))
    }
    self = table
  }
}

/// Walks the nodes of a table's file and gathers what is wrong with them.
private struct SegmentTableReader {
  let document: YAMLDocument
  var problems: [Diagnostic] = []
  /// Scores per dimension.
  private var bins = 5

  private static let start = "print a table to start from: segue rfm --show standard"
  private static let ranges = ["recency", "frequency", "monetary", "fm"]

  init(_ document: YAMLDocument) { self.document = document }

  /// Nil if there is a problem.
  mutating func table() -> SegmentTable? {
    guard let root = document.root, case .mapping = root else {
      problems.append(
        Diagnostic(
          "segments.yaml", "this is not a segment table", at: .init(file: document.file, line: 1, column: 1),
          hint: SegmentTableReader.start))
      return nil
    }
    let fields = fields(root, ["title", "source", "bins", "segments", "others", "overlap"])
    guard let bins = scores(fields["bins"], root) else { return nil }
    self.bins = bins
    let list = segments(fields["segments"], root)
    let title = fields["title"].flatMap { text($0, "title") }
    let source = fields["source"].flatMap { text($0, "source") }
    let others = fields["others"].flatMap { text($0, "others") }
    let overlap = fields["overlap"].flatMap { node -> String? in
      if let word = node.scalar?.string, ["first", "none"].contains(word) { return word }
      refuse(node, "overlap is not understood", "say first, or leave it out")
      return nil
    }
    return SegmentTable(
      id: document.file, title: title ?? document.file, source: source ?? "the file", bins: bins,
      segments: list, others: others, firstMatchWins: overlap == "first")
  }

  private mutating func scores(_ node: Node?, _ root: Node) -> Int? {
    guard let node else {
      refuse(root, "the table does not say how many scores a dimension has", "say bins: 5")
      return nil
    }
    guard let number = node.scalar.flatMap({ Int($0.string) }), (2...9).contains(number) else {
      refuse(node, "bins is not a number from 2 to 9", "say bins: 5")
      return nil
    }
    return number
  }

  private mutating func segments(_ node: Node?, _ root: Node) -> [SegmentTable.Segment] {
    guard let node, case .sequence(let items) = node, !items.isEmpty else {
      refuse(node ?? root, "the table has no list of segments", SegmentTableReader.start)
      return []
    }
    return items.compactMap { segment($0) }
  }

  private mutating func segment(_ node: Node) -> SegmentTable.Segment? {
    guard case .mapping = node else {
      refuse(node, "this is not a segment", "write - name: Champions, and its codes below")
      return nil
    }
    let fields = fields(node, ["name", "codes"] + SegmentTableReader.ranges)
    guard let nameNode = fields["name"] else {
      refuse(node, "a segment has no name", "write name: and what customers of it are called")
      return nil
    }
    guard let name = text(nameNode, "name") else { return nil }
    var codes = Set(fields["codes"].map { self.codes($0) } ?? [])
    if SegmentTableReader.ranges.contains(where: { fields[$0] != nil }) {
      codes.formUnion(inRanges(fields))
    } else if fields["codes"] == nil, fields.count == node.mapping?.count {
      // A misspelt key is told by itself.
      refuse(node, "\"\(name)\" takes no codes", "give it codes: [555, 554], or a range such as recency: 4-5")
    }
    return SegmentTable.Segment(name: name, codes: codes.sorted(), line: node.mark?.line)
  }

  private mutating func codes(_ node: Node) -> [Int] {
    guard case .sequence(let items) = node, !items.isEmpty else {
      refuse(node, "codes is not a list", "write codes: [555, 554]")
      return []
    }
    return items.compactMap { item in
      let digits = Array((item.scalar?.string ?? "").utf8)
      if digits.count == 3, digits.allSatisfy({ $0 >= 49 && $0 < 49 + UInt8(bins) }) {
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
      }
      refuse(
        item, "\"\(item.scalar?.string ?? "")\" is no code",
        "a code is three scores from 1 to \(bins): recency, frequency, monetary, such as \(bins)\(bins - 1)1")
      return nil
    }
  }

  private mutating func inRanges(_ fields: [String: Node]) -> [Int] {
    let bounds = SegmentTableReader.ranges.map { key in
      fields[key].flatMap { halves($0, key) } ?? 2...bins * 2
    }
    return SegmentTable.codes(bins: bins).filter { code in
      let (recency, frequency, monetary) = (code / 100, code / 10 % 10, code % 10)
      return bounds[0].contains(recency * 2) && bounds[1].contains(frequency * 2)
        && bounds[2].contains(monetary * 2) && bounds[3].contains(frequency + monetary)
    }
  }

  /// A range in half scores, which the mean of two scores may have.
  private mutating func halves(_ node: Node, _ key: String) -> ClosedRange<Int>? {
    let text = node.scalar?.string.filter { $0 != " " } ?? ""
    if text == "any" { return nil }
    let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { bound -> Int? in
      let isHalf = key == "fm" && bound.hasSuffix(".5")
      guard let score = Int(isHalf ? bound.dropLast(2) : bound) else { return nil }
      return (2...bins * 2).contains(score * 2 + (isHalf ? 1 : 0)) ? score * 2 + (isHalf ? 1 : 0) : nil
    }
    if (1...2).contains(bounds.count), let low = bounds[0], let high = bounds[bounds.count - 1], low <= high {
      return low...high
    }
    let example = key == "fm" ? "\(bins - 1).5-\(bins)" : "\(bins - 1)-\(bins)"
    refuse(
      node, "\(key) is not a range of scores",
      "say a score from 1 to \(bins), a range such as \(example), or any")
    return nil
  }

  /// The values of a mapping by key; keys that are not known are refused.
  private mutating func fields(_ node: Node, _ known: [String]) -> [String: Node] {
    var found: [String: Node] = [:]
    for (key, value) in node.mapping ?? [:] {
      let name = key.string ?? ""
      if known.contains(name) {
        found[name] = value
      } else {
        let nearest = name.nearest(among: known).map { "did you mean \($0)?" }
        refuse(key, "there is no key \"\(name)\" here", nearest, "segments.key")
      }
    }
    return found
  }

  private mutating func text(_ node: Node, _ key: String) -> String? {
    if let text = node.scalar?.string, text.contains(where: { !$0.isWhitespace }) { return text }
    refuse(node, "\(key) is no text", "write \(key): and a text behind it")
    return nil
  }

  private mutating func refuse(
    _ node: Node, _ message: String, _ hint: String?, _ code: String = "segments.value"
  ) {
    problems.append(Diagnostic(code, message, at: document.location(of: node), hint: hint))
  }
}
