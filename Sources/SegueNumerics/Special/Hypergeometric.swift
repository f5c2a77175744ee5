/// ₂F₁(p, 1; p + q; −y) and its derivatives, for many y at one p and q: what Pareto/NBD is written in.
///
/// Gauss' continued fraction (DLMF 15.7.5) has positive terms for p > 0, q > 0 and y ≥ 0: its recurrence
/// never subtracts, neighbouring approximants enclose the value, and each step gains the factor
/// (√(1 + y) − 1)/(√(1 + y) + 1) at least.
package struct Hypergeometric {
  package struct Value: Sendable {
    package var value: Double
    /// Derivatives with respect to p, to q and to y.
    package var p: Double
    package var q: Double
    package var y: Double
  }

  private struct Term {
    var value: Double
    var p: Double
    var q: Double
  }

  private let p: Double
  private let q: Double
  private var terms: [Term] = []

  private static let mostTerms = 100_000
  private static let precision = 5e-16
  private static let precisionOfDerivatives = 1e-13

  /// - Parameters: positive, p + q above 1.
  package init(p: Double, q: Double) {
    self.p = p
    self.q = q
  }

  /// - Parameter y: 0 or positive.
  /// - Complexity: O(√(1 + y)) steps; about 10 for y below 1, 60 at 9.
  package mutating func callAsFunction(_ y: Double) -> Value {
    // Numerators and denominators of two approximants; of each the derivatives with respect to p, q and y.
    var (a0, b0) = (Dual(0), Dual(1))
    var (a1, b1) = (Dual(1), Dual(1))
    var old = Value(value: 1, p: 0, q: 0, y: 0)
    for step in 0..<Self.mostTerms {
      if step == terms.count { terms.append(term(step)) }
      let term = terms[step]
      let a = a1.adding(a0, times: term.value, y, term.p, term.q)
      let b = b1.adding(b0, times: term.value, y, term.p, term.q)
      (a0, b0, a1, b1) = (a1, b1, a, b)
      if b.value > 0x1p200 {
        a0.scale(0x1p-200)
        b0.scale(0x1p-200)
        a1.scale(0x1p-200)
        b1.scale(0x1p-200)
      }
      guard step & 1 == 1 else { continue }
      let inverse = 1 / b1.value
      let value = a1.value * inverse
      let new = Value(
        value: value, p: (a1.p - value * b1.p) * inverse, q: (a1.q - value * b1.q) * inverse,
        y: (a1.y - value * b1.y) * inverse)
      if near(new.value, old.value, Self.precision), near(new.p, old.p, Self.precisionOfDerivatives),
        near(new.q, old.q, Self.precisionOfDerivatives), near(new.y, old.y, Self.precisionOfDerivatives)
      {
        return new
      }
      old = new
    }
    return old
  }

  private func near(_ new: Double, _ old: Double, _ precision: Double) -> Bool {
    (new - old).magnitude <= precision * max(new.magnitude, 1e-3)
  }

  /// The step's partial numerator, over y.
  private func term(_ step: Int) -> Term {
    let (c, j) = (p + q, Double((step + 1) / 2))
    if step == 0 {
      let value = p / c
      return Term(value: value, p: value * (1 / p - 1 / c), q: -value / c)
    }
    if step & 1 == 1 {  // k₂ⱼ
      let value = j * (q + j - 1) / ((c + 2 * j - 2) * (c + 2 * j - 1))
      let fall = 1 / (c + 2 * j - 2) + 1 / (c + 2 * j - 1)
      let own = j == 1 ? j / ((c + 2 * j - 2) * (c + 2 * j - 1)) : value / (q + j - 1)
      return Term(value: value, p: -value * fall, q: own - value * fall)
    }
    let value = (p + j) * (c - 1 + j) / ((c + 2 * j - 1) * (c + 2 * j))
    let shared = value * (1 / (c - 1 + j) - 1 / (c + 2 * j - 1) - 1 / (c + 2 * j))
    return Term(value: value, p: value / (p + j) + shared, q: shared)
  }

  private struct Dual {
    var value: Double
    var p = 0.0
    var q = 0.0
    var y = 0.0

    init(_ value: Double) { self.value = value }

    /// self + k · y · other, where dp and dq are the derivatives of k.
    func adding(_ other: Dual, times k: Double, _ y: Double, _ dp: Double, _ dq: Double) -> Dual {
      let (ky, oy) = (k * y, other.value * y)
      var sum = Dual(value + ky * other.value)
      sum.p = p + ky * other.p + dp * oy
      sum.q = q + ky * other.q + dq * oy
      sum.y = self.y + ky * other.y + k * other.value
      return sum
    }

    mutating func scale(_ factor: Double) {
      value *= factor
      p *= factor
      q *= factor
      y *= factor
    }
  }
}
