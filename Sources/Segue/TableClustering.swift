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
  /// Why that many clusters; nil where k was given.
  public var choice: SegmentCountChoice?
  /// Every number of clusters tried by k-means.
  public var scan: SegmentCountScan?
  /// Nil unless a mixture made the split.
  public var mixture: MixtureSplit?
  /// Nil unless k-prototypes made the split.
  public var prototypes: PrototypeModel?
  public var algorithm: ClusteringAlgorithm
  /// Which clusters are alike: Ward's tree over the centroids, each weighing as much as it has rows.
  public var tree: Ward?
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
  public var remarks: [String] {
    [choice?.reason, choice?.advice].compactMap { $0 } + (mixture?.model.notes.map(\.message) ?? [])
      + (prototypes.map { [$0.gamma.reason] + $0.remarks.map(\.message) } ?? []) + prepared.remarks
  }
}

extension Study {
  /// Clusters the columns of any table by the study's feature and clustering options.
  public func cluster(_ input: Input, monitor: Monitor = .silent) throws -> TableClustering {
    var reading = options
    // Who asks for a method that compares categories wants them in.
    if options.clustering.algorithm == .kprototypes, options.features.columns.isEmpty, !options.ingest.strict
    {
      reading.features.columns = [FeatureOptions.all]
    }
    let prepared = try PreparedTable(input, reading, monitor: monitor)
    let split = try SegmentSplit(
      prepared.points, mixed: { prepared.mixed.selecting(rows: prepared.clusteredRows) }, of: "rows",
      input.displayName, options, monitor: monitor)
    let k = split.model.k
    let rows = prepared.clusteredRows
    var labels = [Int32](repeating: Int32(k), count: prepared.table.rowCount)
    for (place, row) in rows.enumerated() { labels[row] = split.model.labels[place] }
    let isAll = rows.count == prepared.table.rowCount
    let means = TableClustering.means(prepared.features.raw, labels, count: isAll ? k : k + 1)
    return TableClustering(
      prepared: prepared, model: split.model, quality: split.quality, stability: split.stability ?? [],
      choice: split.choice, scan: split.scan, mixture: split.mixture, prototypes: split.prototypes,
      algorithm: options.clustering.algorithm,
      tree: k < 2
        ? nil : try? Ward(split.model.centroids, weights: split.model.sizes.map { max(1, Double($0)) }),
      labels: labels,
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
  /// each row, and of a mixture `probability`, empty for rows set apart.
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
    output.append(contentsOf: "distance".utf8)
    if mixture != nil {
      output.append(table.delimiter)
      output.append(contentsOf: "probability".utf8)
    }
    output.append(contentsOf: "\r\n".utf8)
    var probabilities = (mixture?.probabilities ?? [])[...]
    var window = ByteWindow(table.text)
    for (row, range) in table.rows.enumerated() {
      try window.read(range) { text in
        for index in text.indices { output.append(text[index]) }
      }
      output.append(table.delimiter)
      output.append(contentsOf: String(labels[row] + 1).utf8)
      output.append(table.delimiter)
      output.append(contentsOf: NumberText.fixed(distances[row], 6, grouped: false).utf8)
      if mixture != nil {
        output.append(table.delimiter)
        if labels[row] < model.k, let probability = probabilities.popFirst() {
          output.append(contentsOf: NumberText.fixed(probability, 6, grouped: false).utf8)
        }
      }
      output.append(contentsOf: "\r\n".utf8)
    }
    return output
  }

  public func json() throws -> [UInt8] {
    try StudyResult.json(TableClusteringDocument(self), isPretty: false)
  }
}
