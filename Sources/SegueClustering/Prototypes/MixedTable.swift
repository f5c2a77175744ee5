internal import SegueCore
public import SegueNumerics

/// One column of categories.
public struct CategoricalColumn: Hashable, Sendable, Codable {
  public var name: String
  /// What the codes stand for; distinct.
  public var levels: [String]
  /// One per row: an index into `levels`, or −1 where the value is missing.
  public var codes: [Int32]

  public init(name: String, levels: [String], codes: [Int32]) {
    (self.name, self.levels, self.codes) = (name, levels, codes)
  }

  /// Levels numbered in the order in which they first appear; nil is missing.
  public init(name: String, values: [String?]) {
    var numbers: [String: Int32] = [:]
    var levels: [String] = []
    let codes = values.map { value -> Int32 in
      guard let value else { return -1 }
      if let number = numbers[value] { return number }
      let number = Int32(levels.count)
      numbers[value] = number
      levels.append(value)
      return number
    }
    self.init(name: name, levels: levels, codes: codes)
  }
}

/// Rows of numbers and categories, either of which may be missing.
public struct MixedTable: Hashable, Sendable {
  /// n×p; NaN is a missing value. p may be 0.
  public let numbers: Matrix
  public let numberNames: [String]
  /// Each with n codes; may be empty.
  public let categories: [CategoricalColumn]

  public var rowCount: Int { numbers.rowCount }
  public var columnCount: Int { numbers.columnCount + categories.count }

  /// - Parameters:
  ///   - numbers: n×p, scaled as for ``KMeans``; with no numeric column n×0.
  ///   - numberNames: p names for diagnostics and results.
  /// - Throws: ``SegueError`` with all offences: `mixed.names` and `mixed.rows` if the parts do not
  ///   fit together, `mixed.levels` for a level that stands twice, `mixed.code` for a code without a
  ///   level, `mixed.infinite` and `mixed.magnitude` for a number that cannot be squared.
  public init(numbers: Matrix, numberNames: [String], categories: [CategoricalColumn]) throws {
    (self.numbers, self.numberNames, self.categories) = (numbers, numberNames, categories)
    let found = diagnostics
    if !found.isEmpty { throw SegueError(.data, found) }
  }

  /// The given rows, in that order.
  public func selecting(rows: [Int]) throws -> MixedTable {
    try MixedTable(
      numbers: numbers.selecting(rows: rows), numberNames: numberNames,
      categories: categories.map { column in
        CategoricalColumn(name: column.name, levels: column.levels, codes: rows.map { column.codes[$0] })
      })
  }

  /// Squares of larger numbers, many times over, leave the range of a double.
  static let largestMagnitude = 1e140

  private var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    if numberNames.count != numbers.columnCount {
      found.append(
        Diagnostic(
          "mixed.names", "\(numbers.columnCount) numeric columns have \(numberNames.count) names",
          hint: "give each numeric column one name"))
    }
    var seen = Set<String>()
    for name in numberNames + categories.map(\.name) where !seen.insert(name).inserted {
      found.append(
        Diagnostic("mixed.names", "two columns are called \"\(name)\"", hint: "rename one of them"))
    }
    if found.isEmpty, let index = numbers.elements.firstIndex(where: { $0.magnitude > Self.largestMagnitude })
    {
      let (row, column) = (index / numbers.columnCount, index % numbers.columnCount)
      let value = numbers.elements[index]
      let place = "row \(row + 1), column \"\(numberNames[column])\""
      found.append(
        value.isInfinite
          ? Diagnostic(
            "mixed.infinite", "\(place) is infinite", hint: "give a number, or NaN if it is missing")
          : Diagnostic(
            "mixed.magnitude", "\(place) is too large to square: \(value)", hint: "scale the column"))
    }
    for column in categories { found += diagnostics(of: column) }
    return found
  }

  private func diagnostics(of column: CategoricalColumn) -> [Diagnostic] {
    guard column.codes.count == rowCount else {
      return [
        Diagnostic(
          "mixed.rows",
          "column \"\(column.name)\" has \(column.codes.count) rows, the numbers have \(rowCount)",
          hint: "bring one code per row, -1 where the value is missing")
      ]
    }
    var seen = Set<String>()
    if let twice = column.levels.first(where: { !seen.insert($0).inserted }) {
      return [
        Diagnostic(
          "mixed.levels", "column \"\(column.name)\" lists the level \"\(twice)\" twice",
          hint: "give equal values one code")
      ]
    }
    let codes = -1..<Int32(clamping: column.levels.count)
    if let row = column.codes.firstIndex(where: { !codes.contains($0) }) {
      return [
        Diagnostic(
          "mixed.code",
          "row \(row + 1), column \"\(column.name)\" has the code \(column.codes[row]), "
            + "and there are \(column.levels.count) levels",
          hint: "number levels from 0; -1 is a missing value")
      ]
    }
    return []
  }
}
