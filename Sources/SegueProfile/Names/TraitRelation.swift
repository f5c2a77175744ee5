/// How much traits of customers go together: the correlation of ranks for numbers, of having it for levels.
///
/// Ranks and shares are looked at in up to 4,096 customers, evenly spread: enough to tell what is much the same.
package final class TraitRelation {
  private static let sample = 4_096

  private let attributes: [String: Attribute]
  private let rows: [Int]
  /// Centred, of length one; by attribute and level.
  private var columns: [String: [Double]] = [:]

  package init(_ attributes: [Attribute], customers: Int) {
    self.attributes = Dictionary(attributes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let count = min(customers, TraitRelation.sample)
    rows = (0..<count).map { $0 * customers / count }
  }

  /// - Returns: −1…1; 0 where one of them is the same for all.
  package func callAsFunction(_ a: Trait, _ b: Trait) -> Double {
    let (left, right) = (column(a), column(b))
    guard left.count == right.count else { return 0 }
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  private func column(_ trait: Trait) -> [Double] {
    let key = "\(trait.attribute)\u{0}\(trait.level ?? "")"
    if let known = columns[key] { return known }
    let made = attributes[trait.attribute].map { normalised(values($0, trait.level)) } ?? []
    columns[key] = made
    return made
  }

  private func values(_ attribute: Attribute, _ level: String?) -> [Double] {
    switch attribute.values {
    case .numbers(let numbers):
      return ranks(rows.map { numbers[$0] })
    case .levels(let codes, let names):
      let code = Int32(names.firstIndex { $0 == level } ?? -1)
      return rows.map { codes[$0] < 0 ? .nan : codes[$0] == code ? 1 : 0 }
    case .mix(let customers, let levels, let names):
      let code = Int32(names.firstIndex { $0 == level } ?? -1)
      var holders: Set<Int32> = []
      for (customer, level) in zip(customers, levels) where level == code { holders.insert(customer) }
      return rows.map { holders.contains(Int32($0)) ? 1 : 0 }
    }
  }

  /// Ties have their mean rank.
  private func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.filter { !values[$0].isNaN }.sorted { (values[$0], $0) < (values[$1], $1) }
    var result = [Double](repeating: .nan, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { result[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return result
  }

  /// What is missing counts as the mean.
  private func normalised(_ values: [Double]) -> [Double] {
    let known = values.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    let centred = values.map { $0.isNaN ? 0 : $0 - mean }
    let length = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? centred.map { $0 / length } : []
  }
}
