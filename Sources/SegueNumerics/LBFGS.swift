internal import SegueCore

/// Minimizes a smooth function of few variables from its values and gradients.
///
/// Limited-memory BFGS (Liu & Nocedal 1989, doi:10.1007/BF01589116) with a line search for the strong Wolfe
/// conditions (Nocedal & Wright 2006, algorithms 3.5 and 3.6). Where the function is NaN or infinite the
/// search turns back, so its domain need not be told. Deterministic.
package struct LBFGS: Sendable {
  /// The end of an iteration.
  package struct Step: Sendable, Hashable {
    package var value: Double
    /// Largest component of the gradient.
    package var gradient: Double
  }

  package enum Ending: Sendable, Hashable {
    /// No component of the gradient exceeds the tolerance.
    case converged
    /// No lower value was found along the way down, as happens at the limit of rounding.
    case stalled
    case tooManyIterations
    /// The function is NaN or infinite where it was to start.
    case undefinedStart
  }

  package struct Minimum: Sendable {
    package var point: [Double]
    package var value: Double
    package var gradient: [Double]
    package var ending: Ending
    /// The start and the end of every iteration.
    package var history: [Step]
    /// How often the function was asked for.
    package var evaluations: Int

    package var iterations: Int { max(0, history.count - 1) }
    package var isConverged: Bool { ending == .converged }
  }

  /// Largest component of the gradient at a minimum.
  package var tolerance = 1e-8
  package var maxIterations = 500
  /// No step moves a variable further.
  package var maxMove = Double.infinity
  /// Pairs of steps and changes of gradient that are remembered.
  package var memory = 8

  package init() {}

  /// - Parameters:
  ///   - observe: told of each iteration; what it throws ends the search.
  ///   - function: value and gradient at a point.
  package func minimize<Failure: Error>(
    from start: [Double], observe: ((Step) throws(Failure) -> Void)? = nil,
    _ function: ([Double]) throws(Failure) -> (value: Double, gradient: [Double])
  ) throws(Failure) -> Minimum {
    let first = try function(start)
    var here = Place(along: 0, point: start, value: first.value, gradient: first.gradient, slope: 0)
    var minimum = Minimum(
      point: start, value: here.value, gradient: here.gradient, ending: .undefinedStart, history: [here.step],
      evaluations: 1)
    guard here.isDefined else { return minimum }
    var pairs: [Pair] = []
    minimum.ending = .tooManyIterations
    for _ in 0..<maxIterations {
      if here.step.gradient <= tolerance { break }
      var direction = descent(from: here.gradient, pairs)
      var slope = dot(direction, here.gradient)
      if !(slope < 0) {  // rounding has spoilt what is remembered
        pairs = []
        direction = here.gradient.map { -$0 }
        slope = dot(direction, here.gradient)
      }
      let longest = direction.reduce(0) { max($0, $1.magnitude) }
      // Without memory the length of the gradient says nothing of the length of the step.
      let trial = pairs.isEmpty ? min(1, 1 / longest) : 1
      here.along = 0
      here.slope = slope
      let found = try lineSearch(
        from: here, direction, trial: min(trial, maxMove / longest), limit: maxMove / longest,
        &minimum.evaluations, function)
      guard let found else {
        if pairs.isEmpty {
          minimum.ending = .stalled
          break
        }
        pairs = []
        continue
      }
      let pair = Pair(from: here, to: found)
      if pair.curvature > 1e-14 * dot(pair.change, pair.change) {
        if pairs.count == memory { pairs.removeFirst() }
        pairs.append(pair)
      }
      here = found
      minimum.history.append(here.step)
      try observe?(here.step)
    }
    if here.step.gradient <= tolerance { minimum.ending = .converged }
    (minimum.point, minimum.value, minimum.gradient) = (here.point, here.value, here.gradient)
    return minimum
  }

  // MARK: Direction

  private struct Pair {
    var step: [Double]
    var change: [Double]
    var curvature: Double

    init(from old: Place, to new: Place) {
      step = zip(new.point, old.point).map { $0 - $1 }
      change = zip(new.gradient, old.gradient).map { $0 - $1 }
      curvature = dot(step, change)
    }
  }

  /// The two-loop recursion: minus the inverse Hessian that the pairs tell of, times the gradient.
  private func descent(from gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var direction = gradient.map { -$0 }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.step, direction) / pair.curvature
      weights.append(weight)
      for index in direction.indices { direction[index] -= weight * pair.change[index] }
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in direction.indices { direction[index] *= scale }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      let correction = weight - dot(pair.change, direction) / pair.curvature
      for index in direction.indices { direction[index] += correction * pair.step[index] }
    }
    return direction
  }
}

/// A point on a line of search.
struct Place {
  /// Distance from the start of the line, in lengths of the direction.
  var along: Double
  var point: [Double]
  var value: Double
  var gradient: [Double]
  /// Derivative of the value along the line.
  var slope: Double

  var isDefined: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
  var step: LBFGS.Step {
    LBFGS.Step(value: value, gradient: gradient.reduce(0) { max($0, $1.magnitude) })
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
