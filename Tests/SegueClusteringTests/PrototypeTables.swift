import SegueClustering
import SegueCore
import SegueNumerics

/// Rows of planted clusters: numbers around their centre, categories mostly those of the cluster.
struct MixedBlobs {
  let table: MixedTable
  let labels: [Int32]

  init(
    rows: Int, numbers: Int = 3, categories: Int = 3, centers: Int = 4, separation: Double = 3,
    purity: Double = 0.8, gaps: Double = 0, seed: Seed
  ) throws {
    var generator = seed.generator(for: .testData)
    let levels = ["red", "green", "blue", "amber", "white", "black"]
    let homes = (0..<centers).map { _ in (0..<categories).map { _ in generator.index(below: levels.count) } }
    var elements: [Double] = []
    var values = [[String?]](repeating: [], count: categories)
    var labels: [Int32] = []
    for row in 0..<rows {
      let center = row % centers
      labels.append(Int32(center))
      for column in 0..<numbers {
        let position = separation * Double((center * (column + 2) + column) % centers)
        let value = position + generator.normal()
        // The first number and category stay, so that no row is empty.
        elements.append(column > 0 && generator.unit() < gaps ? .nan : value)
      }
      for column in 0..<categories {
        let level = generator.unit() < purity ? homes[center][column] : generator.index(below: levels.count)
        values[column].append(column > 0 && generator.unit() < gaps ? nil : levels[level])
      }
    }
    table = try MixedTable(
      numbers: Matrix(rowCount: rows, columnCount: numbers, elements: elements),
      numberNames: (0..<numbers).map { "number \($0)" },
      categories: values.enumerated().map {
        CategoricalColumn(name: "category \($0.offset)", values: $0.element)
      })
    self.labels = labels
  }
}

extension MixedTable {
  init(_ rows: [[Double]], _ categories: [[String?]] = []) throws {
    let rowCount = max(rows.count, categories.first?.count ?? 0)
    let columnCount = rows.first?.count ?? 0
    try self.init(
      numbers: Matrix(rowCount: rowCount, columnCount: columnCount, elements: Array(rows.joined())),
      numberNames: (0..<columnCount).map { "x\($0)" },
      categories: categories.enumerated().map { CategoricalColumn(name: "c\($0.offset)", values: $0.element) }
    )
  }
}

func prototypes(
  _ table: MixedTable, k: Int, gamma: Double? = nil, weights: [Double]? = nil, seed: Seed = Seed(0)
) throws -> PrototypeModel {
  var options = KPrototypesOptions()
  (options.k, options.gamma) = (k, gamma)
  return try KPrototypes(options, seed: seed).fit(table, weights: weights)
}

/// What a row costs with each prototype by definition, scaled up to all columns.
func naiveCosts(_ table: MixedTable, row: Int, model: PrototypeModel) -> [Double] {
  (0..<model.k).map { j in
    var (cost, observed) = (0.0, 0)
    for column in 0..<table.numbers.columnCount where !table.numbers[row, column].isNaN {
      let difference = table.numbers[row, column] - model.means[j, column]
      cost += difference * difference
      observed += 1
    }
    for (column, category) in table.categories.enumerated() where category.codes[row] >= 0 {
      if category.levels[Int(category.codes[row])] != model.modes[column].levels[j] {
        cost += model.gamma.value
      }
      observed += 1
    }
    return cost * Double(table.columnCount) / Double(observed)
  }
}
