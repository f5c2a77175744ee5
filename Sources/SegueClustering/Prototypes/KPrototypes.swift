public import SegueCore
internal import SegueNumerics

/// Splits rows of numbers and categories into `k` clusters, each with a prototype: the mean of every
/// number and the most frequent level of every category.
///
/// The cost of a row is ‖x − mean‖² + γ · (number of categories unlike the mode) (Huang 1998,
/// doi:10.1023/A:1009769707641). Without categories this is k-means; without numbers it is k-modes.
///
/// **Missing values** cost nothing and count for nothing in means and modes: what is lowered is the
/// cost over the values that are there, as if each gap held what the row's prototype has (k-POD, Chi,
/// Chi & Baraniuk 2016, doi:10.1080/00031305.2015.1086685). Where distances of different rows are
/// compared (drawing starts, ``PrototypeModel/nearest(to:)``, silhouettes) a distance over m of all
/// columns is scaled up by all/m, as in Gower's coefficient (Gower 1971, doi:10.2307/2528823).
/// A column without any value is left out with a remark, so is one whose levels are ids; a row
/// without any value is refused.
///
/// Equal rows are folded into one that counts for all, and rows are put into an order of their own: equal
/// rows share a label, and neither the order of rows nor the codes of categories change anything else.
public struct KPrototypes: Sendable {
  public let options: KPrototypesOptions
  public let seed: Seed

  public init(_ options: KPrototypesOptions = KPrototypesOptions(), seed: Seed = Seed(0)) {
    (self.options, self.seed) = (options, seed)
  }

  /// - Parameters:
  ///   - table: n rows; numbers scaled as for ``KMeans``.
  ///   - weights: how often each row counts, n numbers from 0.001 to 1,000,000; each once if nil.
  ///   - monitor: told after every descent, on large tables after every iteration; cancelling its
  ///     task stops the fit there.
  /// - Returns: A partition in which no row (equal rows taken together) can change cluster and lower
  ///   the cost. Same seed and data, same bits, on any number of threads.
  /// - Throws: ``SegueError`` `kprototypes.columns` and `kprototypes.rows` if there is nothing to split,
  ///   `kprototypes.k` if `k` is not in 2…n, `kprototypes.weights`, `kprototypes.emptyRow` with the first
  ///   row that holds no value, `kprototypes.distinct` if fewer than `k` rows can be told apart;
  ///   `CancellationError` if cancelled.
  /// - Complexity: O(n·k·(p + q)) time per iteration and O(n·log n) to order the rows, O(n·(p + q)) memory.
  ///
  /// Greedy k-means++ starts on the mixed distance, assignment and update in turn, moves of single rows by
  /// their exact gain (Hartigan 1975, "Clustering Algorithms"), and on small tables swaps of prototypes.
  public func fit(
    _ table: MixedTable, weights: [Double]? = nil, monitor: Monitor = .silent
  ) throws -> PrototypeModel {
    let prepared = try PreparedRows(table, weights: weights, options: options)
    return try prepared.model(k: options.k, options: options, seed: seed, monitor: monitor)
  }
}

/// A table checked and encoded, with γ fixed: what a fit and a scan start from.
struct PreparedRows: Sendable {
  let encoding: MixedEncoding
  /// As the table has them, neither folded nor centred.
  let all: MixedRows
  /// Distinct rows, centred.
  let points: MixedRows
  /// Of each row of the table, its place among `points`.
  let place: [Int]
  let center: [Double]
  let gamma: PrototypeGamma
  let numberNames: [String]
  let remarks: [Diagnostic]

  init(_ table: MixedTable, weights: [Double]?, options: KPrototypesOptions) throws {
    try PreparedRows.validate(table, weights: weights, options: options)
    var remarks: [Diagnostic] = []
    let weights = weights ?? [Double](repeating: 1, count: table.rowCount)
    encoding = MixedEncoding(table, weights: weights, remarks: &remarks)
    guard !encoding.numbers.isEmpty || !encoding.categories.isEmpty else {
      throw SegueError(
        .data,
        remarks + [
          Diagnostic(
            "kprototypes.columns", "no column is left to cluster by", hint: "bring a column that has values")
        ])
    }
    try encoding.requireValues(in: table)
    all = encoding.rows(of: table, weights: weights)
    var (points, place) = all.folded()
    center = points.center()
    (self.points, self.place) = (points, place)
    gamma = options.gamma.map(PrototypeGamma.init(given:)) ?? PrototypeGamma(estimatedFrom: points)
    numberNames = encoding.numbers.map { table.numberNames[$0] }
    self.remarks = remarks
  }

  func search(k: Int, options: KPrototypesOptions, seed: Seed) -> PrototypeSearch {
    var options = options
    options.k = k
    return PrototypeSearch(points: points, options: options, gamma: gamma.value, seed: seed)
  }

  func model(k: Int, options: KPrototypesOptions, seed: Seed, monitor: Monitor) throws -> PrototypeModel {
    let found = try search(k: k, options: options, seed: seed).best(monitor: monitor)
    let filled = found.members.count { $0 > 0 }
    guard filled == k else {
      throw SegueError.data(
        Diagnostic(
          "kprototypes.distinct",
          filled == 1
            ? "all rows are alike, so there is nothing to tell clusters apart"
            : "only \(filled) groups of rows can be told apart, for k = \(k)",
          hint: filled == 1
            ? "add a column that varies" : filled == 2 ? "choose k = 2" : "choose k between 2 and \(filled)"))
    }
    return PrototypeModel(found, of: self)
  }

  private static func validate(_ table: MixedTable, weights: [Double]?, options: KPrototypesOptions) throws {
    let n = table.rowCount
    let own = options.diagnostics.filter { $0.code != "kprototypes.k" }
    if !own.isEmpty { throw SegueError(.usage, own) }
    guard table.columnCount > 0 else {
      throw SegueError.data(
        Diagnostic(
          "kprototypes.columns", "there is no column to cluster by", hint: "choose at least one column"))
    }
    guard n >= 2 else {
      throw SegueError.data(
        Diagnostic(
          "kprototypes.rows", "\(n == 1 ? "one row" : "no row") cannot be split", hint: "bring 2 rows or more"
        ))
    }
    guard (2...n).contains(options.k) else {
      throw SegueError.usage(
        Diagnostic(
          "kprototypes.k", "k = \(options.k) does not fit \(n) rows",
          hint: n == 2 ? "choose k = 2" : "choose k between 2 and \(n)"))
    }
    guard let weights else { return }
    guard weights.count == n else {
      throw SegueError.usage(
        Diagnostic("kprototypes.weights", "\(n) rows have \(weights.count) weights", hint: "give one per row")
      )
    }
    if let row = weights.firstIndex(where: { !($0 >= 1e-3 && $0 <= 1e6) }) {
      throw SegueError.data(
        Diagnostic(
          "kprototypes.weights", "row \(row + 1) has the weight \(weights[row])",
          hint: "give weights from 0.001 to 1,000,000; leave rows out that shall not count"))
    }
  }
}

extension MixedEncoding {
  /// Throws `kprototypes.emptyRow` with the first row that holds no value.
  func requireValues(in table: MixedTable) throws {
    guard let row = firstEmptyRow(of: table) else { return }
    throw SegueError.data(
      Diagnostic(
        "kprototypes.emptyRow", "row \(row + 1) has no value in any column, so it belongs nowhere",
        hint: "leave out rows without values"))
  }
}
