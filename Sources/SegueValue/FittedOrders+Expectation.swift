/// What holdout periods ask of a model: expectations alone, for lengths of each customer's own.
extension FittedOrders {
  /// - Parameter next: units ahead, per row; for BG/BB whole ones.
  func expectedOrders(_ purchases: RepeatPurchases, next: [Double]) throws -> [Double] {
    var known: [Question: Double] = [:]
    return (0..<purchases.count).map { row in
      let question = Question(
        x: purchases.frequency[row], t: purchases.btydRecency[row], age: purchases.age[row], next: next[row])
      if let answer = known[question] { return answer }
      let answer = expectedOrders(question)
      known[question] = answer
      return answer
    }
  }

  /// Repeat orders of a customer from the day of the first order on.
  func expectedOrders(ofNewCustomerIn units: Double) -> Double {
    expectedOrders(Question(x: 0, t: 0, age: 0, next: units))
  }

  private struct Question: Hashable {
    var x: Int32
    var t, age, next: Double
  }

  private func expectedOrders(_ question: Question) -> Double {
    guard question.next > 0 else { return 0 }
    let (x, t, age) = (Int(question.x), question.t, question.age)
    switch self {
    case .bgnbd(let model, _, _):
      return model.expectedOrders(within: question.next, x, btydRecency: t, age: age)
    case .paretonbd(let model, _, _):
      return model.expectedOrders(within: question.next, x, btydRecency: t, age: age)
    case .bgbb(let fitted):
      return fitted.model.expectedPurchases(
        x: x, t: Int(t), n: Int(age), next: Int(question.next))
    }
  }
}
