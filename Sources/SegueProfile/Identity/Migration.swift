/// Who went where: segments of the old run in rows, of the new run in columns, then those who were not there before and
/// those who are no longer there.
///
/// Rows and columns add up to the sizes of segments. Cells of fewer than ten customers are withheld, and so are
/// others that would give them away.
public struct Migration: Sendable, Codable, Hashable {
  /// A segment of one of the runs; nil stands for nobody: not there before, no longer there.
  public struct End: Sendable, Codable, Hashable {
    public var id: Int?
    public var name: String
    public var color: Int?
    public var customers: Int
  }

  public enum Reason: String, Sendable, Codable {
    /// Fewer than ten customers.
    case underTen
    /// With it, others could be worked out.
    case bySubtraction
  }

  public struct Cell: Sendable, Codable, Hashable {
    /// Positions in `from` and `to`.
    public var from: Int
    public var to: Int
    /// Nil where withheld.
    public var customers: Int?
    public var withheld: Reason?
    /// Of the row, with its 95 % interval (Wilson); nil where withheld or where the row is empty.
    public var share: Double?
    public var interval: Interval?
  }

  public var from: [End]
  public var to: [End]
  /// Row by row; without the last of the last row, where nobody can be.
  public var cells: [Cell]
  /// Customers in both runs.
  public var both: Int

  /// - Parameters:
  ///   - old: ids, names and colours, as in `matching`.
  package init(_ matching: SegmentMatching, old: [Segment], new: [Segment]) {
    var counts = matching.overlap.indices.map { matching.overlap[$0] + [matching.left[$0]] }
    counts.append(matching.joined + [0])
    let standing = WithheldCells(counts) { row, column in row == old.count && column == new.count }.standing
    func end(_ segment: Segment, _ customers: Int) -> End {
      End(id: segment.id, name: segment.name, color: segment.color, customers: customers)
    }
    let joined = matching.joined.reduce(0, +)
    let left = matching.left.reduce(0, +)
    from =
      old.indices.map { end(old[$0], counts[$0].reduce(0, +)) }
      + [End(name: Migration.before, customers: joined)]
    to =
      new.indices.map { column in end(new[column], counts.reduce(0) { $0 + $1[column] }) }
      + [End(name: Migration.after, customers: left)]
    both = matching.overlap.reduce(0) { $0 + $1.reduce(0, +) }
    cells = []
    for row in counts.indices {
      for column in counts[row].indices where row < old.count || column < new.count {
        var cell = Cell(from: row, to: column)
        switch standing[row][column] {
        case .underTen: cell.withheld = .underTen
        case .complement: cell.withheld = .bySubtraction
        case .shown:
          let (hits, n) = (counts[row][column], from[row].customers)
          cell.customers = hits
          if n > 0 {
            cell.share = Double(hits) / Double(n)
            cell.interval = Statistics.wilson(Double(hits), of: Double(n))
          }
        }
        cells.append(cell)
      }
    }
  }

  public static let before = "Not there before"
  public static let after = "No longer there"

  /// - Precondition: not the last row and the last column at once.
  public func cell(_ from: Int, _ to: Int) -> Cell { cells[from * self.to.count + to] }
}

extension Migration.End {
  init(name: String, customers: Int) { self.init(id: nil, name: name, color: nil, customers: customers) }
}

extension Migration.Cell {
  init(from: Int, to: Int) {
    self.init(from: from, to: to, customers: nil, withheld: nil, share: nil, interval: nil)
  }
}
