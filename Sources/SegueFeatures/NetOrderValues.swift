import SegueCore

extension PurchaseHistory {
  /// What each order of `orderList` brought in, in currency units, such that a customer's orders add up to what
  /// was spent.
  ///
  /// Refunds that stand on rows of their own name no day. They lower all orders of their customer by the same
  /// share, to 0 at the least.
  ///
  /// - Complexity: O(orders).
  public func netOrderValues() -> [Double] {
    let list = orderList
    var values = [Double](repeating: 0, count: list.count)
    var start = 0
    while start < list.count {
      let row = list.customers[start]
      var (end, gross) = (start, Amount.zero)
      while end < list.count, list.customers[end] == row {
        gross += Amount(tenThousandths: list.amounts[end])
        end += 1
      }
      let share = Amount(tenThousandths: spent[Int(row)]).units / gross.units
      let kept = share.isNaN ? 0 : min(1, max(0, share))
      for index in start..<end { values[index] = Amount(tenThousandths: list.amounts[index]).units * kept }
      start = end
    }
    return values
  }
}
