public import SegueNumerics

/// Which row goes with which column so that the costs of all pairs sum to the least: the linear assignment problem.
///
/// Shortest augmenting paths over reduced costs (Jonker & Volgenant 1987, doi:10.1007/BF02278710), rectangular as in
/// Crouse 2016, doi:10.1109/TAES.2016.140952.
public enum OptimalAssignment {
  /// - Parameter costs: n×m, finite; negative ones are gains.
  /// - Returns: the column of each row. Every row has one where n ≤ m; otherwise every column is taken, and rows that
  ///   are left over have none. Of columns that cost the same the lowest is taken.
  /// - Complexity: O(min(n, m)² · max(n, m)).
  public static func columns(minimizing costs: Matrix) -> [Int?] {
    let (n, m) = (costs.rowCount, costs.columnCount)
    guard n > m else { return assign(n, m) { costs[$0, $1] }.map(Optional.some) }
    var columns = [Int?](repeating: nil, count: n)
    for (column, row) in assign(m, n, { costs[$1, $0] }).enumerated() { columns[row] = column }
    return columns
  }

  /// Rows enter one by one; each takes the cheapest chain of columns in which those before it move over.
  ///
  /// - Precondition: n ≤ m.
  private static func assign(_ n: Int, _ m: Int, _ cost: (_ row: Int, _ column: Int) -> Double) -> [Int] {
    var rowPrice = [Double](repeating: 0, count: n)
    var columnPrice = [Double](repeating: 0, count: m)
    var rowOfColumn = [Int?](repeating: nil, count: m)
    var columnOfRow = [Int](repeating: -1, count: n)
    for start in 0..<n {
      var distance = [Double](repeating: .infinity, count: m)
      var previous = [Int](repeating: start, count: m)
      var isReached = [Bool](repeating: false, count: m)
      var (row, length) = (start, 0.0)
      var sink: Int?
      while sink == nil {
        var nearest = -1
        for column in 0..<m where !isReached[column] {
          let through = length + cost(row, column) - rowPrice[row] - columnPrice[column]
          if through < distance[column] { (distance[column], previous[column]) = (through, row) }
          // A free column ends the path, so of equals it comes first; otherwise the lowest does.
          if nearest < 0 || distance[column] < distance[nearest]
            || distance[column] == distance[nearest] && rowOfColumn[column] == nil
              && rowOfColumn[nearest] != nil
          {
            nearest = column
          }
        }
        isReached[nearest] = true
        length = distance[nearest]
        if let next = rowOfColumn[nearest] { row = next } else { sink = nearest }
      }
      rowPrice[start] += length
      for column in 0..<m where isReached[column] {
        if let other = rowOfColumn[column] { rowPrice[other] += length - distance[column] }
        columnPrice[column] -= length - distance[column]
      }
      var column = sink!
      while true {
        let row = previous[column]
        rowOfColumn[column] = row
        (columnOfRow[row], column) = (column, columnOfRow[row])
        if row == start { break }
      }
    }
    return columnOfRow
  }
}
