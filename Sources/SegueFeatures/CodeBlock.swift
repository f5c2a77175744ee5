/// Codes that a range of each score makes up: what a row of a segment table can say.
public struct CodeBlock: Sendable, Hashable {
  public var recency: ClosedRange<Int>
  public var frequency: ClosedRange<Int>
  public var monetary: ClosedRange<Int>

  /// Ascending.
  public var codes: [Int] {
    recency.flatMap { r in frequency.flatMap { f in monetary.map { m in r * 100 + f * 10 + m } } }
  }

  /// Few blocks that hold some codes once each: the first code left grows along monetary, then frequency, then
  /// recency, as far as all is there.
  public static func blocks(of codes: [Int]) -> [CodeBlock] {
    var left = Set(codes)
    var blocks: [CodeBlock] = []
    for code in codes.sorted() where left.contains(code) {
      let (r, f, m) = (code / 100, code / 10 % 10, code % 10)
      var block = CodeBlock(recency: r...r, frequency: f...f, monetary: m...m)
      for path in [\CodeBlock.monetary, \.frequency, \.recency] {
        var grown = block
        repeat {
          block = grown
          grown[keyPath: path] = block[keyPath: path].lowerBound...block[keyPath: path].upperBound + 1
        } while grown[keyPath: path].upperBound < 10 && left.isSuperset(of: grown.codes)
      }
      left.subtract(block.codes)
      blocks.append(block)
    }
    return blocks
  }
}

extension CodeBlock: CustomStringConvertible {
  /// `recency 4-5, frequency 1, monetary 2-5`
  public var description: String {
    [("recency", recency), ("frequency", frequency), ("monetary", monetary)].map { name, range in
      "\(name) \(range.lowerBound)\(range.count > 1 ? "-\(range.upperBound)" : "")"
    }.joined(separator: ", ")
  }
}
