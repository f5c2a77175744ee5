import SegueCore

/// The scores of all pairs of conditions, from the two-way tables of summed weights of every two columns.
struct PairSearch {
  struct Pair: Sendable {
    var score: Int
    var columns: (Int, Int)
    var literals: (Int, Int)
  }

  /// The literals of a column, field by field.
  private struct Shape {
    var bins: Int
    var low: [Int] = []
    var end: [Int] = []
    var isNegated: [Bool] = []
    var make: [Int] = []
    var price: [Int32] = []

    init(_ column: RuleColumn, _ prices: ConjunctionSearch.Prices) {
      bins = column.bins
      for literal in column.literals {
        low.append(literal.low)
        end.append(literal.high + 1)
        isNegated.append(literal.isNegated)
        price.append(Int32(clamping: prices.of(literal)))
        switch literal.condition.comparison {
        case .atMost: make.append(0)
        case .atLeast: make.append(1)
        case .equal, .isLevel: make.append(2)
        case .isNotLevel: make.append(3)
        }
      }
    }

    var count: Int { low.count }
  }

  private static let makes = 4

  private let shapes: [Shape]
  private let codes: [[UInt8]]
  private let weight: [Int32]

  /// - Parameter codes: by column, of the rows that weigh anything.
  init(
    _ columns: [RuleColumn], _ codes: [[UInt8]], _ weight: [Int32], _ prices: ConjunctionSearch.Prices
  ) {
    shapes = columns.map { Shape($0, prices) }
    (self.codes, self.weight) = (codes, weight)
  }

  /// By falling score, ties in the order of columns and literals.
  ///
  /// - Parameter takesAll: whether every pair is returned; else for each two columns the best pair of each
  ///   make, such as ≥ with ≤, so that the few that are looked at further differ.
  func pairs(takesAll: Bool) -> [Pair] {
    var pairs: [Pair] = []
    for a in shapes.indices {
      collectRanges(a, takesAll, &pairs)
      for b in shapes.indices[(a + 1)...] { collect(a, b, takesAll, &pairs) }
    }
    return pairs.sorted {
      if $0.score != $1.score { return $0.score > $1.score }
      return ($0.columns.0, $0.columns.1, $0.literals.0, $0.literals.1)
        < ($1.columns.0, $1.columns.1, $1.literals.0, $1.literals.1)
    }
  }

  private func collect(_ a: Int, _ b: Int, _ takesAll: Bool, _ pairs: inout [Pair]) {
    let (first, second) = (shapes[a], shapes[b])
    let stride = second.bins + 1
    // Row i + 1 of the table holds the sums over bins 0...i of the first column.
    var table = [Int32](repeating: 0, count: (first.bins + 2) * stride)
    let (firstCodes, secondCodes) = (codes[a], codes[b])
    for row in weight.indices {
      table[(Int(firstCodes[row]) + 1) * stride + Int(secondCodes[row])] &+= weight[row]
    }
    for cell in stride..<table.count { table[cell] &+= table[cell - stride] }
    var best = [Pair?](repeating: nil, count: PairSearch.makes * PairSearch.makes)
    var bestScore = [Int32](repeating: .min, count: best.count)
    var running = [Int32](repeating: 0, count: stride)
    for i in 0..<first.count {
      let (low, end, all) = (first.low[i] * stride, first.end[i] * stride, first.bins * stride)
      for bin in 0..<second.bins {
        let inside = table[end + bin] &- table[low + bin]
        let sum = first.isNegated[i] ? table[all + bin] &- inside : inside
        running[bin + 1] = running[bin] &+ sum
      }
      for j in 0..<second.count {
        let inside = running[second.end[j]] &- running[second.low[j]]
        let sum = second.isNegated[j] ? running[second.bins] &- inside : inside
        let score = sum &- first.price[i] &- second.price[j]
        let make = first.make[i] * PairSearch.makes + second.make[j]
        if takesAll {
          pairs.append(Pair(score: Int(score), columns: (a, b), literals: (i, j)))
        } else if score > bestScore[make] {
          bestScore[make] = score
          best[make] = Pair(score: Int(score), columns: (a, b), literals: (i, j))
        }
      }
    }
    if !takesAll { pairs += best.compactMap(\.self) }
  }

  /// Two conditions on one column: a range, or neither of two levels.
  private func collectRanges(_ a: Int, _ takesAll: Bool, _ pairs: inout [Pair]) {
    let shape = shapes[a]
    var running = [Int32](repeating: 0, count: shape.bins + 2)
    for row in weight.indices { running[Int(codes[a][row]) + 1] &+= weight[row] }
    for bin in 1..<running.count { running[bin] &+= running[bin - 1] }
    var best: Pair?
    for i in 0..<shape.count {
      for j in 0..<shape.count {
        let sum: Int32
        if shape.make[i] == 1, shape.make[j] == 0, shape.end[j] > shape.low[i] {
          sum = running[shape.end[j]] &- running[shape.low[i]]
        } else if shape.isNegated[i], shape.isNegated[j], i < j {
          sum =
            running[shape.bins] &- running[shape.end[i]] &+ running[shape.low[i]]
            &- running[shape.end[j]] &+ running[shape.low[j]]
        } else {
          continue
        }
        let pair = Pair(
          score: Int(sum &- shape.price[i] &- shape.price[j]), columns: (a, a), literals: (i, j))
        if takesAll {
          pairs.append(pair)
        } else if pair.score > best?.score ?? .min {
          best = pair
        }
      }
    }
    if let best { pairs.append(best) }
  }
}
