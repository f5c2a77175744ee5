public import SegueCore
public import SegueNumerics

/// The result of ``KPrototypes``: the prototypes and which row is with which.
///
/// Clusters are numbered by falling weight, which is their size where every row counts once.
public struct PrototypeModel: Hashable, Sendable, Codable {
  /// How much one column differs between clusters.
  public struct ColumnShare: Hashable, Sendable, Codable {
    public var name: String
    /// Cost of the column around its mean or mode of all rows.
    public var total: Double
    /// How much of that the clusters explain: total − cost around the prototypes, at least 0.
    public var explained: Double
    /// `explained` over the sum of all columns', 0…1.
    public var share: Double
  }

  /// A category of the prototypes.
  public struct Mode: Hashable, Sendable, Codable {
    public var name: String
    /// k levels, one per cluster.
    public var levels: [String]
    /// k codes of those levels in the table the model was fitted on.
    public var codes: [Int32]
  }

  /// The numeric columns that took part: p names.
  public var numberNames: [String]
  /// k×p, in the units of the table. A cluster without any value in a column has the mean of all rows there.
  public var means: Matrix
  /// The categorical columns that took part. Where levels are equally frequent in a cluster, the one that is
  /// more frequent in all rows, then the alphabetically first.
  public var modes: [Mode]
  /// Cluster of each row, in `0..<k`.
  public var labels: [Int32]
  /// Rows per cluster.
  public var sizes: [Int]
  /// Σ weight · (‖x − mean‖² + γ · mismatches) over the values that are there.
  public var cost: Double
  /// The part of `cost` that numbers have.
  public var numericCost: Double
  /// The part that categories have: γ · mismatches.
  public var categoricalCost: Double
  public var gamma: PrototypeGamma
  /// Numbers first, then categories.
  public var columnShares: [ColumnShare]
  /// Steps of the descent that won.
  public var iterations: Int
  /// Cost after each of them; it never rises.
  public var costHistory: [Double]
  /// Columns left out and values missing.
  public var remarks: [Diagnostic]

  let encoding: MixedEncoding

  public var k: Int { sizes.count }

  /// The cheapest prototype of each row, and what the row costs there.
  ///
  /// - Parameter table: with columns of the names the model was fitted on, in any order, scaled alike. A level
  ///   that was not seen then is unlike every mode; missing values cost nothing, and the cost of a row
  ///   over m of its columns is scaled up by all/m.
  /// - Throws: ``SegueError`` `kprototypes.columns` if a column is not there, `kprototypes.emptyRow`.
  /// - Complexity: O(n·k·(p + q)).
  public func nearest(to table: MixedTable) throws -> (labels: [Int32], costs: [Double]) {
    let center = columnMeans(means)
    let points = try rows(of: table).shifted(by: center)
    let offsets = encoding.levelOffsets
    let positions = means.elements.indices.map { means.elements[$0] - center[$0 % means.columnCount] }
    let levels = (0..<k).flatMap { j in
      modes.indices.map { column in
        let rank = encoding.categories[column].levels.firstIndex(of: modes[column].levels[j])!
        return Int32(offsets[column] + rank)
      }
    }
    let prototypes = PrototypeTable(points, means: positions, modes: levels, k: k, gamma: gamma.value)
    let partials = points.chunks.parallelMap { assignToPrototypes($0, of: points, table: prototypes) }
    return (
      Array(partials.map(\.labels).joined()),
      zip(partials.map(\.distances).joined(), points.scales).map { $0 * $1 }
    )
  }

  /// The rows of a table in the encoding of the model, not centred.
  func rows(of table: MixedTable) throws -> MixedRows {
    let fitted = try matching(table)
    try fitted.requireValues(in: table)
    return fitted.rows(of: table, weights: [Double](repeating: 1, count: table.rowCount))
  }

  /// The encoding with the places that its columns have in `table`.
  private func matching(_ table: MixedTable) throws -> MixedEncoding {
    var fitted = encoding
    var absent: [String] = []
    for (index, name) in numberNames.enumerated() {
      if let place = table.numberNames.firstIndex(of: name) {
        fitted.numbers[index] = place
      } else {
        absent.append(name)
      }
    }
    for (index, category) in encoding.categories.enumerated() {
      if let place = table.categories.firstIndex(where: { $0.name == category.name }) {
        fitted.categories[index].column = place
      } else {
        absent.append(category.name)
      }
    }
    guard absent.isEmpty else {
      throw SegueError(
        .data,
        absent.map {
          Diagnostic(
            "kprototypes.columns", "the table lacks the column \"\($0)\"",
            hint: "bring the columns the model was fitted on")
        })
    }
    return fitted
  }
}

extension PrototypeModel {
  init(_ found: PrototypePartition, of rows: PreparedRows) {
    let (k, p, q) = (found.k, found.numberCount, found.categoryCount)
    let (points, encoding) = (rows.points, rows.encoding)
    numberNames = rows.numberNames
    means = Matrix(
      rowCount: k, columnCount: p,
      elements: found.means.indices.map { found.means[$0] + rows.center[$0 % p] })
    modes = (0..<q).map { column in
      let category = encoding.categories[column]
      let ranks = (0..<k).map { Int(found.modes[$0 * q + column]) - found.levelOffsets[column] }
      return Mode(
        name: category.name, levels: ranks.map { category.levels[$0] },
        codes: ranks.map { category.codes[$0] })
    }
    labels = rows.place.map { found.labels[$0] }
    sizes = labels.reduce(into: [Int](repeating: 0, count: k)) { $0[Int($1)] += 1 }
    gamma = rows.gamma
    let before = ColumnCosts(PrototypePartition.whole(points), points, gamma: gamma.value)
    let after = ColumnCosts(found, points, gamma: gamma.value)
    numericCost = after.values[..<p].reduce(0, +)
    categoricalCost = gamma.value * found.mismatches
    cost = numericCost + categoricalCost
    let explained = zip(before.values, after.values).map { max(0, $0 - $1) }
    let all = explained.reduce(0, +)
    columnShares = zip(numberNames + modes.map(\.name), zip(before.values, explained)).map { name, values in
      ColumnShare(
        name: name, total: values.0, explained: values.1, share: all > 0 ? values.1 / all : 0)
    }
    iterations = found.history.count
    costHistory = found.history
    remarks = rows.remarks
    self.encoding = encoding
  }
}

/// Cost of each column around the prototypes: p numbers, then q categories.
private struct ColumnCosts {
  var values: [Double]

  init(_ partition: PrototypePartition, _ points: MixedRows, gamma: Double) {
    let p = points.numberCount
    let partials = points.chunks.parallelMap { rows in
      var sums = [Double](repeating: 0, count: p)
      for row in rows {
        let base = Int(partition.labels[row]) &* p
        for column in 0..<p {
          let difference = points.numbers[row &* p &+ column] - partition.means[base &+ column]
          if difference == difference { sums[column] += points.weights[row] * difference * difference }
        }
      }
      return sums
    }
    values = (0..<p).map { column in partials.reduce(0) { $0 + $1[column] } }
    for column in 0..<points.categoryCount { values.append(gamma * partition.mismatches(in: column)) }
  }
}

extension PrototypePartition {
  /// All rows in one cluster.
  fileprivate static func whole(_ points: MixedRows) -> PrototypePartition {
    var partition = PrototypePartition(points, k: 1)
    let labels = [Int32](repeating: 0, count: points.rowCount)
    partition.relabel(labels, in: points, fromScratch: true)
    partition.setMeans(
      points.chunks.parallelMap { prototypeSums($0, of: points, labels: labels, clusterCount: 1) })
    return partition
  }
}
