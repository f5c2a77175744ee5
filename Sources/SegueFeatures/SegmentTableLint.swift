public import SegueCore

/// What is wrong with a segment table, if anything: codes without a name, names that nobody can get, codes that
/// two names claim.
public struct SegmentTableLint: Sendable, Hashable {
  /// A name that no customer can ever have.
  public struct DeadName: Sendable, Hashable {
    public var name: String
    public var line: Int?
    /// The names that get its codes, in the order of the table; none if no code fits it.
    public var takenBy: [String]
    public var codes: [Int]
  }

  /// Codes that two names claim.
  public struct Overlap: Sendable, Hashable {
    /// Stands first and gets them.
    public var winner: String
    public var loser: String
    /// Of the loser.
    public var line: Int?
    public var codes: [Int]
  }

  public let table: SegmentTable
  /// Codes that no segment takes, ascending.
  public private(set) var unnamed: [Int] = []
  public private(set) var deadNames: [DeadName] = []
  public private(set) var overlaps: [Overlap] = []
  /// How many codes each name gets, in the order of the table; `others` last.
  public private(set) var shares: [Share] = []

  public struct Share: Sendable, Hashable {
    public var name: String
    public var codes: Int
  }

  init(_ table: SegmentTable) {
    self.table = table
    let first = table.firstSegments
    let codes = SegmentTable.codes(bins: table.bins)
    unnamed = codes.indices.filter { first[$0] == nil }.map { codes[$0] }
    var given: [String: Int] = [:]
    for winner in first { if let winner { given[table.segments[winner].name, default: 0] += 1 } }
    for (index, segment) in table.segments.enumerated() {
      let winners = segment.codes.map { first[SegmentTable.place(of: $0, bins: table.bins)] ?? index }
      addOverlaps(of: segment, winners)
      guard !shares.contains(where: { $0.name == segment.name }) else { continue }
      shares.append(Share(name: segment.name, codes: given[segment.name] ?? 0))
      if given[segment.name] == nil {
        let claimed = Set(table.segments.filter { $0.name == segment.name }.flatMap(\.codes)).sorted()
        let takers = Set(claimed.compactMap { first[SegmentTable.place(of: $0, bins: table.bins)] }).sorted()
        deadNames.append(
          DeadName(
            name: segment.name, line: segment.line,
            takenBy: takers.map { table.segments[$0].name }.uniqued, codes: claimed))
      }
    }
    if let others = table.others, !unnamed.isEmpty {
      if let place = shares.firstIndex(where: { $0.name == others }) {
        shares[place].codes += unnamed.count
      } else {
        shares.append(Share(name: others, codes: unnamed.count))
      }
    }
  }

  private mutating func addOverlaps(of segment: SegmentTable.Segment, _ winners: [Int]) {
    for (code, winner) in zip(segment.codes, winners) {
      let name = table.segments[winner].name
      guard name != segment.name else { continue }
      if let place = overlaps.firstIndex(where: { $0.winner == name && $0.loser == segment.name }) {
        overlaps[place].codes.append(code)
      } else {
        overlaps.append(Overlap(winner: name, loser: segment.name, line: segment.line, codes: [code]))
      }
    }
  }

  /// Every code has a name, every name a code, and codes with two names are meant to have them.
  public var isSound: Bool { diagnostics.isEmpty }

  /// Why the table cannot be used, with the codes.
  public var diagnostics: [Diagnostic] {
    func place(_ line: Int?) -> Diagnostic.Location { .init(file: table.id, line: line) }
    var found: [Diagnostic] = []
    if !unnamed.isEmpty, table.others == nil {
      found.append(
        Diagnostic(
          "segments.unnamed",
          "\(unnamed.count) of \(table.bins * table.bins * table.bins) codes have no name: "
            + SegmentTableLint.listed(unnamed), at: place(nil),
          hint: "give them to a segment, or name the rest, for example others: Others"))
    }
    found += deadNames.map { dead in
      Diagnostic(
        "segments.dead",
        "\"\(dead.name)\" can never be given: "
          + (dead.takenBy.isEmpty
            ? "no code fits it"
            : dead.takenBy.map { "\"\($0)\"" }.joined(separator: ", ")
              + " stand\(dead.takenBy.count == 1 ? "s" : "") first and take"
              + "\(dead.takenBy.count == 1 ? "s" : "") \(SegmentTableLint.listed(dead.codes))"),
        at: place(dead.line), hint: "put it further up, part the codes, or leave it out")
    }
    if !table.firstMatchWins {
      found += overlaps.map { overlap in
        Diagnostic(
          "segments.overlap",
          "\"\(overlap.winner)\" and \"\(overlap.loser)\" share codes: "
            + SegmentTableLint.listed(overlap.codes),
          at: place(overlap.line), hint: "part the codes, or say overlap: first where the first is to win")
      }
    }
    return found
  }

  /// All but the end of a very long list.
  private static func listed(_ codes: [Int]) -> String {
    let shown = codes.prefix(40).map { String($0) }.joined(separator: " ")
    return codes.count > 40 ? "\(shown) and \(codes.count - 40) more" : shown
  }
}

extension SegmentTable {
  /// - Complexity: O(codes of all segments · overlaps).
  public func lint() -> SegmentTableLint { SegmentTableLint(self) }

  /// - Throws: ``SegueError`` `segments.unnamed`, `segments.dead`, `segments.overlap` for a table that cannot be used.
  public func checked() throws -> SegmentTable {
    let problems = lint().diagnostics
    guard problems.isEmpty else { throw SegueError(.data, Array(problems.prefix(20))) }
    return self
  }
}

extension [String] {
  /// Each once, at its first place.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
