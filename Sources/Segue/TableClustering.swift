public import SegueClustering
public import SegueCore
import SegueFeatures
public import SegueIngest
import SegueNumerics

/// A clustered table: what `segue cluster` prints.
public struct TableClustering: Sendable {
  public var table: NumberTable
  public var model: KMeansModel
  public var quality: ClusterQuality
  /// Mean Jaccard per cluster.
  public var stability: [Double]
  public var choice: SegmentCountChoice?
  /// Of each row to its centroid, in scaled units.
  public var distances: [Double]
  /// Centroids in the columns' own units.
  public var centroids: [[Double]]
  public var remarks: [String]
}

extension Study {
  /// Clusters the numeric columns of any table by the study's feature and clustering options.
  public func cluster(_ input: Input, monitor: Monitor = .silent) throws -> TableClustering {
    let table = try NumberTable(input, columns: options.features.columns, options.ingest, monitor: monitor)
    if options.ingest.strict, options.features.columns.isEmpty {
      let names = table.columns.map(\.name.asListItem).joined(separator: ",")
      throw SegueError.data(
        Diagnostic(
          "ingest.guess", "which columns to cluster on is a guess", at: .init(file: input.displayName),
          hint: "if it is right, say so: --features '\(names)'"))
    }
    guard table.rowCount > 0 else {
      throw SegueError.data(
        Diagnostic(
          "table.empty", "the table has no row that can be used", at: .init(file: input.displayName),
          hint: "give a table with a header and at least two rows"))
    }
    let features = FeatureTable(
      table.columns.map { Feature($0.name, label: $0.name, unit: .plain, sources: [$0.name]) },
      columns: table.columns.map(\.values), options.features)
    let split = try SegmentSplit(features.scaled, of: "rows", input.displayName, options, monitor: monitor)
    var centroids = [[Double]](repeating: [], count: split.model.k)
    for cluster in 0..<split.model.k {
      let members = split.model.labels.indices.filter { split.model.labels[$0] == Int32(cluster) }
      centroids[cluster] = table.columns.map { column in
        members.reduce(0) { $0 + column.values[$1] } / Double(max(1, members.count))
      }
    }
    var remarks = features.remarks
    if !table.leftOut.isEmpty {
      remarks.append("Not clustered on: \(table.leftOut.joined(separator: ", ")).")
    }
    let account = table.ledger
    if account.rowsUsed < account.rowsIn {
      let left = NumberText.integer(account.rowsIn - account.rowsUsed)
      remarks.append(
        "\(left) of \(NumberText.count(account.rowsIn, "row")) left out: a cell is no number, "
          + "or cells are too few or too many.")
    }
    return TableClustering(
      table: table, model: split.model, quality: split.quality, stability: split.stability ?? [],
      choice: split.scan?.choice, distances: split.distances, centroids: centroids, remarks: remarks)
  }
}

extension TableClustering {
  /// The table as it was written, with `segment` (1…k) and `distance` added to each row.
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
      output.append(contentsOf: String(model.labels[row] + 1).utf8)
      output.append(table.delimiter)
      output.append(contentsOf: (NumberText.fixed(distances[row], 6, grouped: false) + "\r\n").utf8)
    }
    return output
  }

  public func json() throws -> [UInt8] { try StudyResult.json(Document(self), isPretty: false) }

  private struct Document: Encodable {
    var k: Int
    var n: Int
    var d: Int
    var rowsIn: Int
    var rowsUsed: Int
    var columns: [String]
    var inertia: Double
    var iterations: Int
    var sizes: [Int]
    var centroids: [[Double]]
    /// As the algorithm sees them: transformed and scaled.
    var scaledCentroids: [[Double]]
    var silhouette: FiniteNumber
    var calinskiHarabasz: FiniteNumber
    var daviesBouldin: FiniteNumber
    var stability: [Double]
    var reason: String?
    var verdict: String?
    /// 0-based, in the order of the rows.
    var labels: [Int32]
    var remarks: [String]

    init(_ result: TableClustering) {
      k = result.model.k
      n = result.table.rowCount
      d = result.table.columns.count
      rowsIn = result.table.ledger.rowsIn
      rowsUsed = result.table.ledger.rowsUsed
      columns = result.table.columns.map(\.name)
      inertia = result.model.inertia
      iterations = result.model.iterations
      sizes = result.model.sizes
      centroids = result.centroids
      scaledCentroids = (0..<result.model.k).map { Array(result.model.centroids.row($0)) }
      silhouette = FiniteNumber(result.quality.silhouette.mean)
      calinskiHarabasz = FiniteNumber(result.quality.calinskiHarabasz)
      daviesBouldin = FiniteNumber(result.quality.daviesBouldin)
      stability = result.stability
      reason = result.choice?.reason
      verdict = result.choice?.verdict.rawValue
      labels = result.model.labels
      remarks = result.remarks
    }
  }
}
