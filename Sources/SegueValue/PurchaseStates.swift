internal import SegueCore
internal import SegueNumerics

/// Customers of equal history taken together: likelihoods and forecasts are computed once for each of them.
///
/// Millions of customers share a few hundred thousand histories, these a few thousand pairs of frequency and
/// age, and these a few hundred times: what is costly is computed where there is least of it.
package struct PurchaseStates: Sendable {
  /// A history: indices into `frequencies`, `recencies`, `ages`, `pairs`.
  package struct State: Sendable {
    package var frequency: Int32
    package var recency: Int32
    package var age: Int32
    package var pair: Int32
    /// How many customers have it.
    package var weight: Double
  }

  /// A frequency and an age: all that decides what a customer who still buys will do.
  package struct Pair: Sendable {
    package var frequency: Int32
    package var age: Int32
    /// Its states.
    package var states: Range<Int32>
  }

  /// Ascending, each once, as are the times.
  package private(set) var frequencies: [Double]
  package private(set) var recencies: [Double]
  package private(set) var ages: [Double]
  /// By frequency, then age.
  package private(set) var pairs: [Pair]
  /// By pair, then recency.
  package private(set) var states: [State]
  /// Per customer: the index of their state.
  package private(set) var ofCustomer: [Int32]
  /// Customers; not the count of `ofCustomer` where states were thinned out.
  package private(set) var customers: Double
  package let unitDays: Double

  /// - Throws: ``SegueError`` `value.history` where a history is impossible.
  /// - Complexity: O(customers): a few radix sorts.
  package init(_ purchases: RepeatPurchases) throws {
    try purchases.check()
    let columns = parallelMap(3) { column in
      switch column {
      case 0: Ranks(of: purchases.frequency.map { UInt64($0) })
      case 1: Ranks(of: purchases.btydRecency)
      default: Ranks(of: purchases.age)
      }
    }
    let (frequency, recency, age) = (columns[0], columns[1], columns[2])
    let ofPair = Ranks(
      of: (0..<purchases.count).map { UInt64(frequency.rank[$0]) << 32 | UInt64(age.rank[$0]) })
    let ofState = Ranks(
      of: (0..<purchases.count).map { UInt64(ofPair.rank[$0]) << 32 | UInt64(recency.rank[$0]) })
    let low: UInt64 = 0xFFFF_FFFF
    pairs = ofPair.distinct.map {
      Pair(frequency: Int32($0 >> 32), age: Int32($0 & low), states: 0..<0)
    }
    states = []
    states.reserveCapacity(ofState.distinct.count)
    for key in ofState.distinct {
      let (pair, index) = (Int(key >> 32), Int32(states.count))
      if pairs[pair].states.isEmpty { pairs[pair].states = index..<index + 1 }
      pairs[pair].states = pairs[pair].states.lowerBound..<index + 1
      states.append(
        State(
          frequency: pairs[pair].frequency, recency: Int32(key & low), age: pairs[pair].age,
          pair: Int32(pair), weight: 0))
    }
    for state in ofState.rank { states[Int(state)].weight += 1 }
    frequencies = frequency.distinct.map { Double($0) }
    recencies = recency.distinct.map { Double(bitPattern: $0) }
    ages = age.distinct.map { Double(bitPattern: $0) }
    ofCustomer = ofState.rank
    customers = Double(purchases.count)
    unitDays = purchases.unitDays
  }

  /// Every so manieth state, `most` at most: enough to look for where the likelihood is high.
  package func thinned(to most: Int) -> PurchaseStates {
    guard states.count > most else { return self }
    var few = self
    let step = (states.count + most - 1) / most
    few.states = stride(from: step / 2, to: states.count, by: step).map { states[$0] }
    few.ofCustomer = []
    few.customers = few.states.reduce(0) { $0 + $1.weight }
    return few
  }

  /// Σ over all states of what `body` makes of a range of them, component by component, in fixed order.
  func sum(
    _ components: Int, _ body: @Sendable (ArraySlice<State>, inout [Double]) -> Void
  ) -> [Double] {
    let parts = Chunks(rowCount: states.count, size: 8192).parallelMap { rows in
      var part = [Double](repeating: 0, count: components)
      body(states[rows], &part)
      return part
    }
    return parts.reduce(into: [Double](repeating: 0, count: components)) { sum, part in
      for index in sum.indices { sum[index] += part[index] }
    }
  }
}
