public import SegueClustering
public import SegueCore
import SegueFeatures
public import SegueIngest
import SegueNumerics

/// A clustered table: what `segue cluster` prints.
public struct TableClustering: Sendable {
  public var prepared: PreparedTable
  /// Of the rows that are clustered, in their order.
  public var model: KMeansModel
  public var quality: ClusterQuality
  /// Mean Jaccard per cluster.
  public var stability: [Double]
  public var choice: SegmentCountChoice?
  /// One per row of the table: its cluster, and `model.k` for rows set apart.
  public var labels: [Int32]
  /// Of each row of the table to the nearest centroid, in scaled units.
  public var distances: [Double]
  /// Means of each cluster, in the columns' own units; shares for columns of 0 and 1.
  public var centroids: [[Double]]
  /// The same of the rows set apart.
  public var centroidApart: [Double]?

  public var table: ColumnTable { prepared.table }
  /// Why that many clusters, then what became of columns and rows.
  public var remarks: [String] { [choice?.reason].compactMap { $0 } + prepared.remarks }
}

extension Study {
  /// Clusters the columns of any table by the study's feature and clustering options.
  public func cluster(_ input: Input, monitor: Monitor = .silent) throws -> TableClustering {
    let prepared = try PreparedTable(input, options, monitor: monitor)
    let split = try SegmentSplit(
      prepared.points, of: "rows", input.displayName, options, monitor: monitor)
    let k = split.model.k
    let rows = prepared.clusteredRows
    var labels = [Int32](repeating: Int32(k), count: prepared.table.rowCount)
    for (place, row) in rows.enumerated() { labels[row] = split.model.labels[place] }
    let isAll = rows.count == prepared.table.rowCount
    let means = TableClustering.means(prepared.features.raw, labels, count: isAll ? k : k + 1)
    return TableClustering(
      prepared: prepared, model: split.model, quality: split.quality, stability: split.stability ?? [],
      choice: split.scan?.choice, labels: labels,
      distances: isAll ? split.distances : try split.model.nearest(to: prepared.features.scaled).distances,
      centroids: Array(means.prefix(k)), centroidApart: isAll ? nil : means[k])
  }
}

extension TableClustering {
  /// Of each group the mean of every column.
  fileprivate static func means(_ points: Matrix, _ labels: [Int32], count: Int) -> [[Double]] {
    var sizes = [Double](repeating: 0, count: count)
    for label in labels { sizes[Int(label)] += 1 }
    var means = [[Double]](repeating: [Double](repeating: 0, count: points.columnCount), count: count)
    for (row, label) in labels.enumerated() {
      for column in 0..<points.columnCount { means[Int(label)][column] += points[row, column] }
    }
    for group in means.indices {
      for column in means[group].indices {
        means[group][column] /= max(1, sizes[group])
        // A sum may leave the range of Double where the mean does not.
        guard !means[group][column].isFinite else { continue }
        means[group][column] = labels.indices.reduce(0) { sum, row in
          Int(labels[row]) == group ? sum + points[row, column] / sizes[group] : sum
        }
      }
    }
    return means
  }

  /// The table as it was written, with `segment` (1…k, and k + 1 for rows set apart) and `distance` added to
  /// each row.
  ///
  /// - Throws: ``SegueError`` `ingest.unreadable` if the table has gone meanwhile.
  public func csv() throws -> [UInt8] {
    var output: [UInt8] = []
    for header in table.headers {
      CSVWriter.append(header, to: &output)
      output.append(table.delimiter)
    }
    output.append(contentsOf: "segment".utf8)
    output.append(table.delimiter)
    output.append(contentsOf: "distance\r\n".utf8)
    var window = ByteWindow(table.text)
    for (row, range) in table.rows.enumerated() {
      try window.read(range) { text in
        for index in text.indices { output.append(text[index]) }
      }
      output.append(table.delimiter)
      output.append(contentsOf: String(labels[row] + 1).utf8)
      output.append(table.delimiter)
      output.append(contentsOf: (NumberText.fixed(distances[row], 6, grouped: false) + "\r\n").utf8)
    }
    return output
  }

  public func json() throws -> [UInt8] {
    try StudyResult.json(TableClusteringDocument(self), isPretty: false)
  }
}
