public import SegueCore
internal import SegueNumerics

extension OrderModel {
  /// The model's parameters by maximum likelihood.
  ///
  /// Where the likelihood has no peak, since customers show no dropout or do not differ, the fit says so in
  /// its remarks, is not converged and has no covariance; the parameters then are those at which it hardly
  /// rises any more.
  ///
  /// - Throws: ``SegueError`` `value.history` where a history is impossible, `value.tooFew` where there
  ///   is nothing to fit; `CancellationError`.
  /// - Complexity: O(distinct histories) for each of some 50 to 150 evaluations.
  public func fit(_ purchases: RepeatPurchases, monitor: Monitor = .silent) throws -> ModelFit {
    if self == .bgbb { return try BGBBFit(OpportunityCounts(purchases), monitor: monitor).fit }
    return try fit(PurchaseStates(purchases), monitor: monitor)
  }

  package func fit(_ states: PurchaseStates, monitor: Monitor = .silent) throws -> ModelFit {
    try checkEnough(states)
    let search = MaximumLikelihood(
      customers: states.customers, stage: "fitting \(title)", monitor: monitor)
    let repeats = states.states.reduce(0) { $0 + $1.weight * states.frequencies[Int($1.frequency)] }
    let time = states.states.reduce(0) { $0 + $1.weight * states.ages[Int($1.age)] }
    // Half of the pace, because some have stopped.
    let pace = [Elementary.log(0.5), Elementary.log(0.5 * time / repeats)]
    let steady = try search.search(from: [pace]) { NBDLikelihood(states)($0) }
    let few = states.thinned(to: 20_000)
    let starts = starts(from: steady.theta, states)
    let peak: MaximumLikelihood.Peak
    switch self {
    case .bgnbd:
      peak = try search.search(from: starts, rough: BGNBDLikelihood(few).callAsFunction) {
        BGNBDLikelihood(states)($0)
      }
    case .paretonbd:
      let all = ParetoNBDLikelihood(states)
      peak = try search.search(
        from: starts, rough: ParetoNBDLikelihood(few).callAsFunction, all.callAsFunction)
    case .bgbb: preconditionFailure("BG/BB is fitted to whole periods")
    }
    guard peak.value.isFinite, peak.gradient.isFinite else {
      throw SegueError.data(
        Diagnostic(
          "value.tooFew", "\(title) cannot be fitted: its likelihood has no value near any start",
          hint: "look for histories far from all others, or choose another model"))
    }
    return judged(peak, steady: steady.value, states)
  }

  /// In the order of the papers.
  var parameterNames: [String] {
    self == .bgnbd ? ["r", "alpha", "a", "b"] : ["r", "alpha", "s", "beta"]
  }

  /// Little and much dropout, customers who differ much and little in it, and customers alike in all.
  private func starts(from steady: [Double], _ states: PurchaseStates) -> [[Double]] {
    // Where customers do not differ r and alpha run off together: their ratio is kept.
    let r = min(2, max(-3, steady[0]))
    let pace = [r, steady[1] + r - steady[0]]
    let dropouts: [(Double, Double)]
    switch self {
    case .bgnbd: dropouts = [(0.5, 1.1), (-1.5, 1.5), (1.5, 2)]
    case .paretonbd:
      // Lifetimes of the length of ages, but not of another order than the time between orders.
      let age = Elementary.log(states.ages[states.ages.count - 1])
      let beta = min(pace[1] + 8, max(pace[1] - 8, age - 0.5))
      dropouts = [(-0.5, beta), (-2, beta), (1, beta + 1)]
    case .bgbb: preconditionFailure("BG/BB is fitted to whole periods")
    }
    let some = dropouts.map { [pace[0] + 0.3, pace[1] + 0.3, $0.0, $0.1] }
    return some + [[1, pace[1] + 1 - r, some[0][2], some[0][3]]]
  }

  private func checkEnough(_ states: PurchaseStates) throws {
    let problem: (what: String, hint: String)?
    let longer = "take in a longer period, or describe these customers without a model"
    if states.customers < 2 {
      problem = (
        states.customers == 0 ? "there are no customers" : "there is one customer",
        "give the orders of several customers: the model says how they differ"
      )
    } else if states.ages.last == 0 {
      problem = ("all customers ordered first on the last day of observation", longer)
    } else if states.frequencies.last == 0 {
      problem = ("nobody ordered on a second day", longer)
    } else {
      problem = nil
    }
    guard let problem else { return }
    throw SegueError.data(
      Diagnostic(
        "value.tooFew", "\(title) cannot be fitted: \(problem.what)", hint: problem.hint))
  }
}
