internal import SegueCore

extension RepeatPurchases {
  /// Refuses what cannot be the history of a customer.
  ///
  /// - Throws: ``SegueError`` `value.history` with the first customer of whom it cannot.
  func check() throws {
    guard btydRecency.count == count, age.count == count else {
      throw SegueError(
        .software,
        [
          Diagnostic(
            "value.history",
            "\(count) frequencies, \(btydRecency.count) recencies and \(age.count) ages do not match")
        ])
    }
    guard unitDays > 0, unitDays.isFinite else {
      throw SegueError.usage(
        Diagnostic("value.unit", "a unit of \(unitDays) days is none", hint: "choose 1 or more days"))
    }
    for index in 0..<count {
      guard let offence = offence(index) else { continue }
      throw SegueError.data(
        Diagnostic(
          "value.history", "customer \(index + 1) \(offence)",
          hint: "count order days after the first one, and time from the first order day to the as-of day"))
    }
  }

  private func offence(_ index: Int) -> String? {
    let (x, last, age) = (frequency[index], btydRecency[index], age[index])
    if !(last.isFinite && age.isFinite) { return "has a time that is not a number" }
    if x < 0 { return "has \(x) repeat orders" }
    if age < 0 { return "ordered first after the end of observation" }
    if last > age { return "ordered last after the end of observation" }
    if x == 0 && last != 0 { return "has no repeat order, yet a last order after the first one" }
    if x > 0 && !(last > 0) { return "has repeat orders, all of them at the time of the first one" }
    return nil
  }
}
