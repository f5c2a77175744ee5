internal import SegueCore
internal import SegueNumerics

/// Which columns of a table take part, and how their levels are numbered.
///
/// Levels are numbered by falling frequency, then by name, so that nothing depends on the codes they
/// came with, and the most frequent level of a column is its first.
struct MixedEncoding: Hashable, Sendable, Codable {
  struct Category: Hashable, Sendable, Codable {
    var name: String
    /// Which column of the table.
    var column: Int
    /// By rank, the code in the table.
    var codes: [Int32]
    /// By rank.
    var levels: [String]
  }

  /// Numeric columns that take part.
  var numbers: [Int]
  var categories: [Category]

  /// Leaves out columns without any value and columns of ids, and says so in `remarks`.
  init(_ table: MixedTable, weights: [Double], remarks: inout [Diagnostic]) {
    let n = table.rowCount
    numbers = (0..<table.numbers.columnCount).filter { column in
      let missing = (0..<n).count { table.numbers[$0, column].isNaN }
      MixedEncoding.remark(on: table.numberNames[column], missing: missing, of: n, &remarks)
      return missing < n
    }
    categories = table.categories.enumerated().compactMap { column, category in
      var frequencies = [Double](repeating: 0, count: category.levels.count)
      var missing = 0
      for (code, weight) in zip(category.codes, weights) {
        if code >= 0 { frequencies[Int(code)] += weight } else { missing += 1 }
      }
      MixedEncoding.remark(on: category.name, missing: missing, of: n, &remarks)
      guard missing < n else { return nil }
      let used = frequencies.indices.filter { frequencies[$0] > 0 }
      if used.count >= MixedEncoding.idLevelCount, used.count > (n - missing) / 2 {
        remarks.append(
          Diagnostic(
            "kprototypes.id", severity: .warning,
            "column \"\(category.name)\" is left out: it has \(used.count) levels in \(n - missing) rows, as ids do",
            hint: "leave it out, or fold its levels into a few"))
        return nil
      }
      let ranked = used.sorted { a, b in
        frequencies[a] != frequencies[b]
          ? frequencies[a] > frequencies[b] : category.levels[a] < category.levels[b]
      }
      return Category(
        name: category.name, column: column, codes: ranked.map { Int32($0) },
        levels: ranked.map { category.levels[$0] })
    }
  }

  /// A column with at least so many levels, and on average less than two rows to a level, holds ids.
  static let idLevelCount = 50

  private static func remark(on name: String, missing: Int, of n: Int, _ remarks: inout [Diagnostic]) {
    guard missing > 0 else { return }
    remarks.append(
      missing == n
        ? Diagnostic(
          "kprototypes.empty", severity: .warning,
          "column \"\(name)\" is left out: all its values are missing")
        : Diagnostic(
          "kprototypes.missing", severity: .note,
          "column \"\(name)\" misses \(missing) of \(n) values; they count for nothing"))
  }

  var levelOffsets: [Int] { categories.reduce(into: [0]) { $0.append($0.last! + $1.levels.count) } }

  /// The rows as kernels read them, not centred.
  ///
  /// - Parameter table: with the columns this was made of; levels are matched by name.
  func rows(of table: MixedTable, weights: [Double]) -> MixedRows {
    let (n, p, q) = (table.rowCount, numbers.count, categories.count)
    let offsets = levelOffsets
    let (missing, unknown) = (Int32(offsets[q]), Int32(offsets[q] + 1))
    var levels = [Int32](repeating: missing, count: n * q)
    for (index, category) in categories.enumerated() {
      let column = table.categories[category.column]
      var ranks: [String: Int] = [:]
      for (rank, level) in category.levels.enumerated() { ranks[level] = offsets[index] + rank }
      let numbers = column.levels.map { ranks[$0].map(Int32.init) ?? unknown }
      for (row, code) in column.codes.enumerated() where code >= 0 {
        levels[row * q + index] = numbers[Int(code)]
      }
    }
    var values = [Double](repeating: 0, count: n * p)
    for row in 0..<n {
      for (index, column) in numbers.enumerated() { values[row &* p &+ index] = table.numbers[row, column] }
    }
    return MixedRows(numberCount: p, levelOffsets: offsets, numbers: values, levels: levels, weights: weights)
  }

  /// The first row without any value in a column that takes part.
  func firstEmptyRow(of table: MixedTable) -> Int? {
    (0..<table.rowCount).first { row in
      numbers.allSatisfy { table.numbers[row, $0].isNaN }
        && categories.allSatisfy { table.categories[$0.column].codes[row] < 0 }
    }
  }
}
