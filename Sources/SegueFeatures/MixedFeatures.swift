public import SegueNumerics

/// Numbers and categories side by side, for methods that compare the levels of a category instead of measuring
/// between its columns.
public struct MixedFeatures: Sendable {
  /// A category or flag, all its levels as they stand.
  public struct Category: Sendable, Hashable {
    /// Of the attribute.
    public var name: String
    public var label: String
    /// One a row, −1 where it is missing.
    public var levels: [Int32]
    public var names: [String]
  }

  /// Of the columns of `numbers`.
  public var features: [Feature]
  /// n × p, reshaped and scaled as in the table; NaN where the value is missing.
  public var numbers: Matrix
  public var categories: [Category]

  /// The given rows, in that order.
  public func selecting(rows: [Int]) -> MixedFeatures {
    var chosen = self
    chosen.numbers = numbers.selecting(rows: rows)
    for index in categories.indices {
      chosen.categories[index].levels = rows.map { categories[index].levels[$0] }
    }
    return chosen
  }

  /// - Parameters:
  ///   - table: made of `encoded`.
  ///   - encoded: what the table was made of.
  /// - Complexity: O(n·p).
  public init(_ table: FeatureTable, _ encoded: EncodedFeatures) {
    var columns: [Int] = []
    var gaps: [[Double]] = []
    categories = []
    for source in encoded.used {
      switch source.values {
      case .numbers(let values):
        guard let column = table.features.firstIndex(where: { $0.name == source.name }) else { continue }
        columns.append(column)
        gaps.append(values)
      case .levels(let levels, let names):
        categories.append(Category(name: source.name, label: source.label, levels: levels, names: names))
      }
    }
    features = columns.map { table.features[$0] }
    numbers = Matrix(rowCount: table.raw.rowCount, columnCount: columns.count)
    for (place, column) in columns.enumerated() {
      for row in 0..<table.raw.rowCount {
        numbers[row, place] = gaps[place][row].isFinite ? table.scaled[row, column] : .nan
      }
    }
  }
}
