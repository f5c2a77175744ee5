package import SegueCore
package import SegueFeatures

/// Customers, active customers and money by cohort and age: the triangle before anything is withheld.
package struct CohortTally: Sendable {
  package let calendar: CohortCalendar
  /// Customers by period of their first order.
  package private(set) var sizes: [Int]
  /// Row-major, cohort × age.
  private var active: [Int]
  private var money: [Amount]

  /// How much larger than the usual cohort the first has to be before its customers are doubted, and how many
  /// others it takes to know what is usual.
  private static let doubtfulRatio = 2.0
  private static let fewestOthers = 4

  /// - Complexity: O(orders + refund rows + periods²).
  package init(_ history: PurchaseHistory, _ calendar: CohortCalendar) {
    let periods = calendar.count
    self.calendar = calendar
    sizes = [Int](repeating: 0, count: periods)
    active = [Int](repeating: 0, count: periods * periods)
    money = [Amount](repeating: .zero, count: periods * periods)
    let cohortOf = history.firstDay.map { Int32(calendar.place($0)) }
    for cohort in cohortOf { sizes[Int(cohort)] += 1 }
    let orders = history.orderList
    var previous = (customer: Int32(-1), period: -1)
    for index in 0..<orders.count {
      let customer = orders.customers[index]
      let period = calendar.place(orders.times[index].day)
      let cohort = Int(cohortOf[Int(customer)])
      let cell = cohort * periods + period - cohort
      money[cell] += Amount(tenThousandths: orders.amounts[index])
      // Orders lie by customer and time.
      if previous != (customer, period) { active[cell] += 1 }
      previous = (customer, period)
    }
    let refunds = history.refundRows
    for index in refunds.customers.indices {
      let cohort = Int(cohortOf[Int(refunds.customers[index])])
      // What is given back of orders from before the data starts comes off the first period.
      let period = max(cohort, calendar.place(refunds.times[index].day))
      money[cohort * periods + period - cohort] += Amount(tenThousandths: refunds.amounts[index])
    }
  }

  /// Ages that a cohort has lived to see, the last of them perhaps in part.
  package func ages(_ cohort: Int) -> Range<Int> { 0..<(calendar.count - cohort) }

  package func active(_ cohort: Int, _ age: Int) -> Int { active[cohort * calendar.count + age] }

  package func revenue(_ cohort: Int, _ age: Int) -> Amount { money[cohort * calendar.count + age] }

  package var revenue: Amount { money.reduce(.zero, +) }

  // MARK: What is shown

  private var isTold: [Bool] { SmallGroups.told(sizes) }

  func cohort(_ index: Int) -> Cohorts.Cohort {
    let size = sizes[index]
    var sum = Amount.zero
    let cells = ages(index).map { age in
      let (active, revenue) = (active(index, age), revenue(index, age))
      sum += revenue
      return Cohorts.Cell(
        age: age, active: active, retention: Double(active) / Double(size),
        interval: Statistics.wilson(Double(active), of: Double(size)), revenue: revenue,
        revenuePerCustomer: revenue.units / Double(size), cumulativePerCustomer: sum.units / Double(size),
        isIncomplete: index + age > calendar.lastComplete)
    }
    let start = calendar.starts[index]
    return Cohorts.Cohort(
      start: start, label: calendar.period.label(start), customers: size,
      isIncomplete: index > calendar.lastComplete, cells: isTold[index] ? cells : [])
  }

  /// - Parameter first: the first cohort that counts.
  func average(from first: Int) -> [Cohorts.Average] {
    guard first <= calendar.lastComplete else { return [] }
    var sums = [Amount](repeating: .zero, count: calendar.count)
    var averages: [Cohorts.Average] = []
    let isTold = self.isTold
    for age in 0...(calendar.lastComplete - first) {
      // Those whose period of this age is over.
      var members = (first...(calendar.lastComplete - age)).filter { sizes[$0] > 0 }
      // Less the cohorts that are shown, the average would be that of the few withheld.
      let withheld = members.filter { !isTold[$0] }.reduce(0) { $0 + sizes[$1] }
      if withheld < Cohorts.smallestGroup { members.removeAll { !isTold[$0] } }
      let size = members.reduce(0) { $0 + sizes[$1] }
      guard size >= Cohorts.smallestGroup else { break }
      for cohort in members { sums[cohort] += revenue(cohort, age) }
      let active = members.reduce(0) { $0 + self.active($1, age) }
      let period = members.reduce(Amount.zero) { $0 + revenue($1, age) }
      let soFar = members.reduce(Amount.zero) { $0 + sums[$1] }
      averages.append(
        Cohorts.Average(
          age: age, cohorts: members.count, customers: size, active: active,
          retention: Double(active) / Double(size),
          interval: Statistics.wilson(Double(active), of: Double(size)),
          revenuePerCustomer: period.units / Double(size), cumulativePerCustomer: soFar.units / Double(size)))
    }
    return averages
  }

  /// Whether the first cohort is too large to be one.
  var oldCustomers: Cohorts.OldCustomers? {
    guard calendar.lastComplete >= CohortTally.fewestOthers, sizes[0] >= Cohorts.smallestGroup else {
      return nil
    }
    let others = sizes[1...calendar.lastComplete].filter { $0 > 0 }
    let usual = NumberSummary.median(others.map(Double.init))
    guard others.count >= CohortTally.fewestOthers, Double(sizes[0]) >= CohortTally.doubtfulRatio * usual
    else { return nil }
    return Cohorts.OldCustomers(
      label: calendar.period.label(calendar.starts[0]), customers: sizes[0], usual: usual)
  }
}
