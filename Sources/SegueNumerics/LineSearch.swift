/// The search along a line of ``LBFGS``.
extension LBFGS {
  private static let decrease = 1e-4
  private static let curvature = 0.9
  private static let trials = 50

  /// A place along `direction` that meets the strong Wolfe conditions, or the lowest one met where rounding
  /// lets none do so; nil where nothing lower was found.
  func lineSearch<Failure: Error>(
    from start: Place, _ direction: [Double], trial: Double, limit: Double, _ evaluations: inout Int,
    _ function: ([Double]) throws(Failure) -> (value: Double, gradient: [Double])
  ) throws(Failure) -> Place? {
    var (low, along) = (start, trial)
    for turn in 0..<Self.trials {
      let place = try look(along, from: start, direction, &evaluations, function)
      if !falls(place, from: start) || (turn > 0 && place.value >= low.value) {
        return try zoom(low, place, from: start, direction, &evaluations, function)
      }
      if isFlat(place, from: start) { return place }
      if place.slope >= 0 { return try zoom(place, low, from: start, direction, &evaluations, function) }
      if along >= limit { return place }
      low = place
      along = min(2 * along, limit)
    }
    return low.along > 0 ? low : nil
  }

  /// Narrows the stretch between two places, of which `low` is the lower one, until one of it will do.
  private func zoom<Failure: Error>(
    _ low: Place, _ high: Place, from start: Place, _ direction: [Double], _ evaluations: inout Int,
    _ function: ([Double]) throws(Failure) -> (value: Double, gradient: [Double])
  ) throws(Failure) -> Place? {
    var (low, high) = (low, high)
    for _ in 0..<Self.trials {
      if (high.along - low.along).magnitude <= 1e-15 * max(high.along, low.along) { break }
      let place = try look(between(low, high), from: start, direction, &evaluations, function)
      if !falls(place, from: start) || place.value >= low.value && low.along > 0 {
        high = place
      } else {
        if isFlat(place, from: start) { return place }
        if place.slope * (high.along - low.along) >= 0 { high = low }
        low = place
      }
    }
    return low.along > 0 && low.value < start.value ? low : nil
  }

  private func look<Failure: Error>(
    _ along: Double, from start: Place, _ direction: [Double], _ evaluations: inout Int,
    _ function: ([Double]) throws(Failure) -> (value: Double, gradient: [Double])
  ) throws(Failure) -> Place {
    let point = zip(start.point, direction).map { $0 + along * $1 }
    let (value, gradient) = try function(point)
    evaluations += 1
    return Place(
      along: along, point: point, value: value, gradient: gradient, slope: dot(gradient, direction))
  }

  /// Whether the value sank enough; near the minimum rounding hides by how much, so a few last digits do
  /// not count.
  private func falls(_ place: Place, from start: Place) -> Bool {
    let blur = 1e-15 * start.value.magnitude
    return place.isDefined
      && place.value <= start.value + Self.decrease * place.along * start.slope + blur
  }

  private func isFlat(_ place: Place, from start: Place) -> Bool {
    place.slope.magnitude <= -Self.curvature * start.slope
  }

  /// Where the cubic through both places is lowest, kept off the ends; the middle where there is none.
  private func between(_ low: Place, _ high: Place) -> Double {
    let width = high.along - low.along
    let middle = low.along + 0.5 * width
    guard high.isDefined else { return middle }
    let secant = 3 * (low.value - high.value) / width
    let sum = low.slope + high.slope + secant
    let square = sum * sum - low.slope * high.slope
    guard square >= 0 else { return middle }
    let root = width.sign == .plus ? square.squareRoot() : -square.squareRoot()
    let share = 1 - (high.slope + root - sum) / (high.slope - low.slope + 2 * root)
    guard share.isFinite else { return middle }
    return low.along + min(0.9, max(0.1, share)) * width
  }
}
