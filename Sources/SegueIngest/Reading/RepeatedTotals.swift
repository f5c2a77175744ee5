/// Finds out whether an orders file repeats an order's total on each of its lines, where adding up would multiply it.
struct RepeatedTotals {
  private var first: [Int64] = []
  private var lines: [Int32] = []
  private var differs: [Bool] = []

  /// Whether a file could be of that sort: its amount is called a total of the order, and rows are items.
  static func mayBe(_ source: ResolvedSource) -> Bool {
    guard let amount = source.column(.amount), source.column(.orderID) != nil else { return false }
    guard source.column(.product) != nil || source.column(.quantity) != nil else { return false }
    return HeaderSynonyms.keys(of: source.file.headers[amount]).contains(
      where: HeaderSynonyms.orderTotals.contains)
  }

  /// Takes the amount of a line of the order with this index; indices come in order of first appearance.
  mutating func take(_ order: Int, _ amount: Int64) {
    if order >= first.count {
      first.append(amount)
      lines.append(1)
      differs.append(false)
      return
    }
    lines[order] += 1
    if first[order] != amount { differs[order] = true }
  }

  /// All lines of an order say the same, in at least 95 of 100 orders of several lines.
  var isRepeated: Bool {
    var (several, same) = (0, 0)
    for order in first.indices where lines[order] > 1 {
      several += 1
      if !differs[order] { same += 1 }
    }
    return several > 0 && same * 100 >= several * 95
  }
}
