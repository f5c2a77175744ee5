import SegueCore
import SegueValue

/// Customers drawn from a model with known parameters.
struct SimulatedCustomers {
  var purchases = RepeatPurchases(frequency: [], btydRecency: [], age: [])
  /// Whether they still buy at the end of observation.
  var isAlive: [Bool] = []
  /// Orders within the horizon after it.
  var later: [Int] = []

  /// - Parameters:
  ///   - ages: drawn from, one for each customer.
  ///   - horizon: that is simulated after the age.
  init(_ count: Int, of model: BGNBD, ages: [Double], horizon: Double = 0, _ random: inout RandomGenerator) {
    for _ in 0..<count {
      let rate = random.gamma(model.r) / model.alpha
      let (stop, stay) = (random.gamma(model.a), random.gamma(model.b))
      let chance = stop / (stop + stay)
      let age = ages[random.index(below: ages.count)]
      var times: [Double] = []
      var isAlive = true
      var time = random.exponential(rate)
      while isAlive, time <= age + horizon {
        times.append(time)
        isAlive = random.unit() >= chance
        // Who stops after the end of observation is alive at it.
        if !isAlive && time > age { break }
        time += random.exponential(rate)
      }
      add(times, age: age, isAlive: isAlive || times.last ?? 0 > age)
    }
  }

  init(
    _ count: Int, of model: ParetoNBD, ages: [Double], horizon: Double = 0, _ random: inout RandomGenerator
  ) {
    for _ in 0..<count {
      let rate = random.gamma(model.r) / model.alpha
      let end = random.exponential(random.gamma(model.s) / model.beta)
      let age = ages[random.index(below: ages.count)]
      var times: [Double] = []
      var time = random.exponential(rate)
      while time <= min(end, age + horizon) {
        times.append(time)
        time += random.exponential(rate)
      }
      add(times, age: age, isAlive: end > age)
    }
  }

  private mutating func add(_ times: [Double], age: Double, isAlive: Bool) {
    let seen = times.prefix { $0 <= age }
    purchases.frequency.append(Int32(seen.count))
    purchases.btydRecency.append(seen.last ?? 0)
    purchases.age.append(age)
    self.isAlive.append(isAlive)
    later.append(times.count - seen.count)
  }
}

extension RandomGenerator {
  mutating func exponential(_ rate: Double) -> Double { -Elementary.log(1 - unit()) / rate }

  /// Gamma of scale 1 (Marsaglia & Tsang 2000, doi:10.1145/358407.358414).
  mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 { return gamma(shape + 1) * Elementary.exp(Elementary.log(1 - unit()) / shape) }
    let d = shape - 1.0 / 3
    while true {
      let x = normal()
      let root = 1 + x / (9 * d).squareRoot()
      guard root > 0 else { continue }
      let v = root * root * root
      if Elementary.log(1 - unit()) < 0.5 * x * x + d - d * v + d * Elementary.log(v) { return d * v }
    }
  }
}
