internal import CKernels

/// Rows put into groups in one or several ways, for sums of distances to each group.
package struct GroupedRows: Sendable {
  /// m×d.
  package let rows: Matrix
  /// Groups of all groupings together.
  package let groupCount: Int
  /// m × groupings: the group each row adds to.
  private let groups: [UInt32]
  private let groupingCount: Int

  /// - Parameters:
  ///   - groupings: for each grouping the group of each row, counted from 0.
  ///   - groupCounts: how many groups each grouping has. Those of the second follow those of the first.
  package init(_ rows: Matrix, groupings: [[Int32]], groupCounts: [Int]) {
    self.rows = rows
    groupingCount = groupings.count
    var groups = [UInt32](repeating: 0, count: rows.rowCount * groupings.count)
    var offset = 0
    for (index, labels) in groupings.enumerated() {
      for (row, label) in labels.enumerated() {
        groups[row * groupings.count + index] = UInt32(offset + Int(label))
      }
      offset += groupCounts[index]
    }
    self.groups = groups
    groupCount = offset
  }

  /// Σ‖x − y‖ over the rows y of each group, for each row x of `range`: |range| × `groupCount`.
  ///
  /// Differences are squared as they are, in double precision, and summed in the order of the rows, so
  /// bits depend on neither threads nor instruction set.
  package func distanceSums(from range: Range<Int>) -> [Double] {
    let (d, width) = (rows.columnCount, 16)
    var result = [Double](repeating: 0, count: range.count * groupCount)
    var block = [Double](repeating: 0, count: d * width)
    var sums = [Double](repeating: 0, count: groupCount * width)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: width) {
      let count = min(width, range.upperBound - first)
      for slot in 0..<count {
        for column in 0..<d { block[column &* width &+ slot] = rows[first &+ slot, column] }
      }
      for index in sums.indices { sums[index] = 0 }
      unsafe segue_distance_sums(
        rows.elements, rows.rowCount, d, block, groups, groupingCount, &sums)
      for slot in 0..<count {
        let place = (first &+ slot &- range.lowerBound) &* groupCount
        for group in 0..<groupCount { result[place &+ group] = sums[group &* width &+ slot] }
      }
    }
    return result
  }
}
