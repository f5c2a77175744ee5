internal import SegueCore

/// Rows of an orders file that stand in an earlier one too, as where monthly exports overlap.
struct FileOverlap {
  /// Position of the later file among the sources.
  var position: Int
  var rows: Int
  private let name: String
  /// The files before it that have the same columns.
  private let earlier: [String]

  /// Marks as copies the rows that repeat a row of an earlier file of the same header byte for byte, order id
  /// and all.
  ///
  /// - Parameter rows: by position of their source; of orders files only.
  /// - Complexity: O(distinct order ids), and the bytes of orders that several files hold.
  static func mark(
    _ rows: inout [SourceRows<OrderCells>?], _ sources: [ResolvedSource]
  ) throws -> [FileOverlap] {
    var found: [FileOverlap] = []
    for group in groups(sources) where group.count > 1 {
      var ids = InternedStrings()
      var codes: [[Int32]] = []
      for (place, position) in group.enumerated() {
        let known = ids.count
        codes.append(ids.intern(all: rows[position]!.cells.order.texts))
        var isShared = [Bool](repeating: false, count: ids.count)
        for id in codes[place] where Int(id) < known { isShared[Int(id)] = true }
        guard isShared.contains(true) else { continue }
        var seen = RowSet()
        for (index, other) in group[..<place].enumerated() {
          try forEachRow(rows[other]!, sources[other], codes[index], isShared) { _ = seen.insert($1) }
        }
        var copies: [Int] = []
        try forEachRow(rows[position]!, sources[position], codes[place], isShared) { row, print in
          if !seen.insert(print) { copies.append(row) }
        }
        guard !copies.isEmpty else { continue }
        for row in copies { rows[position]!.marks[row].insert(.copy) }
        let names = (group[..<place] + [position]).map {
          ColumnOverrides.lastComponent(sources[$0].file.name)
        }
        found.append(
          FileOverlap(
            position: position, rows: copies.count, name: names.last!, earlier: names.dropLast()))
      }
    }
    return found
  }

  /// Orders files with order ids, by header and by what its columns are taken for.
  private static func groups(_ sources: [ResolvedSource]) -> [[Int]] {
    var groups: [[Int]] = []
    for (position, source) in sources.enumerated()
    where source.kind == .orders && source.column(.orderID) != nil {
      let known = groups.firstIndex {
        let first = sources[$0[0]]
        return first.file.headers == source.file.headers
          && first.recognition.assignment.roles == source.recognition.assignment.roles
      }
      if let known { groups[known].append(position) } else { groups.append([position]) }
    }
    return groups
  }

  /// The rows of the marked orders that repeat no row of their own file.
  private static func forEachRow(
    _ rows: SourceRows<OrderCells>, _ source: ResolvedSource, _ codes: [Int32], _ isMarked: [Bool],
    _ body: (Int, Fingerprint) -> Void
  ) throws {
    var window = ByteWindow(source.file.store)
    for row in rows.indices where rows.marks[row].isDisjoint(with: [.ragged, .copy]) {
      let order = rows.cells.order.codes[row]
      guard order >= 0, isMarked[Int(codes[Int(order)])] else { continue }
      body(row, try window.read(rows.place(row)) { Fingerprint($0) })
    }
  }

  // MARK: In words

  private var place: String { earlier.count == 1 ? earlier[0] : "files before it" }

  func remark(isLeftOut: Bool) -> CleaningLedger.Remark {
    .init(text: "rows stand in \(place) too, and \(isLeftOut ? "are left out" : "count again")", rows: rows)
  }

  var warning: String {
    let (stand, are) = rows == 1 ? ("stands", "it is") : ("stand", "they are")
    return "\(NumberText.count(rows, "row")) of \(name) \(stand) in \(place) too; "
      + "with --duplicates drop \(are) left out."
  }
}
