import SegueCore

/// A way in which a planted segment was made to differ from the others.
package struct PlantedTrait: Sendable, Hashable {
  /// Name of the segment.
  package var segment: String
  /// Name of the attribute, as in traits: `orderChannel`, `customer.age`.
  package var attribute: String
  /// Nil for numbers.
  package var level: String?
  /// Difference of shares, or Cliff's delta, to everybody else, as planned.
  package var difference: Double
  /// Whether the difference is material, and beyond the reach of chance for a segment of this size.
  package var isPlanted: Bool

  package var sign: Double { difference < 0 ? -1 : 1 }
}

extension PlantedShop {
  /// What was planned for a segment.
  package struct Planned: Decodable, Sendable {
    package struct Normal: Decodable, Sendable {
      package var mean: Double
      package var spread: Double
      package var share: Double?
    }

    package var ordersPerCustomer: [Int]
    package var recencyDays: [Int]
    package var discountedShare: Double
    package var refundedShare: Double
    package var orderChannels: [String: Double]
    package var categories: [String: Double]
    package var weekdaysFromMonday: [Double]
    package var hours: [Normal]
    package var age: Normal
    package var households: [String: Double]
    package var newsletterShare: Double
    package var entryChannels: [String: Double]
  }

  /// Every attribute and level with a planned parameter, for every segment, from `planted.json` alone.
  ///
  /// Shares are of orders (others weighted by their planned orders) or of customers. Planted is what differs by at
  /// least 5 points, or a delta of 0.147, and by two standard errors more than that.
  package var plantedTraits: [PlantedTrait] {
    let customers = segments.map { Double($0.size) }
    let orders = segments.map { segment in
      Double(segment.size) * Double(segment.planned.ordersPerCustomer.reduce(0, +)) / 2
    }
    var found: [PlantedTrait] = []
    func share(_ attribute: String, _ level: String, _ weights: [Double], _ of: (Planned) -> Double) {
      for (index, segment) in segments.enumerated() {
        let rest = segments.indices.filter { $0 != index }
        let weight = rest.reduce(0.0) { $0 + weights[$1] }
        let others = rest.reduce(0.0) { $0 + weights[$1] * of(segments[$1].planned) } / weight
        let own = of(segment.planned)
        let error = (own * (1 - own) / weights[index] + others * (1 - others) / weight).squareRoot()
        let difference = own - others
        found.append(
          PlantedTrait(
            segment: segment.name, attribute: attribute, level: level, difference: difference,
            isPlanted: difference.magnitude >= 0.05 + 4 * error))
      }
    }
    /// - Parameter delta: P(X > Y) − P(X < Y) of two segments.
    func number(_ attribute: String, _ delta: (Planned, Planned) -> Double) {
      for (index, segment) in segments.enumerated() {
        let rest = segments.indices.filter { $0 != index }
        let weight = rest.reduce(0.0) { $0 + customers[$1] }
        let difference =
          rest.reduce(0.0) { $0 + customers[$1] * delta(segment.planned, segments[$1].planned) } / weight
        let error = (1 / customers[index] + 1 / weight).squareRoot() / 3.0.squareRoot()
        found.append(
          PlantedTrait(
            segment: segment.name, attribute: attribute, level: nil, difference: difference,
            isPlanted: difference.magnitude >= 0.147 + 4 * error))
      }
    }
    share("discounted", "yes", orders, \.discountedShare)
    share("refunded", "yes", orders, \.refundedShare)
    for level in PlantedShop.levels(segments.map(\.planned.orderChannels)) {
      share("orderChannel", level, orders) { $0.orderChannels[level] ?? 0 }
    }
    for level in PlantedShop.levels(segments.map(\.planned.categories)) {
      share("category", level, orders) { $0.categories[level] ?? 0 }
    }
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    for (index, day) in days.enumerated() { share("weekday", day, orders) { $0.weekdaysFromMonday[index] } }
    for (index, part) in ["night", "morning", "afternoon", "evening"].enumerated() {
      share("daypart", part, orders) { PlantedShop.share($0.hours, Double(index * 6), Double(index * 6 + 6)) }
    }
    for hour in 0..<24 {
      share("hour", "\(hour < 10 ? "0" : "")\(hour)", orders) {
        PlantedShop.share($0.hours, Double(hour), Double(hour + 1))
      }
    }
    for level in PlantedShop.levels(segments.map(\.planned.households)) {
      share("customer.household", level, customers) { $0.households[level] ?? 0 }
    }
    for level in PlantedShop.levels(segments.map(\.planned.entryChannels)) {
      share("customer.acquisition_channel", level, customers) { $0.entryChannels[level] ?? 0 }
    }
    share("customer.newsletter", "yes", customers, \.newsletterShare)
    number("customer.age") { a, b in
      let spread = (a.age.spread * a.age.spread + b.age.spread * b.age.spread).squareRoot()
      return 2 * PlantedShop.normal((a.age.mean - b.age.mean) / spread) - 1
    }
    number("frequency") { PlantedShop.delta($0.ordersPerCustomer, $1.ordersPerCustomer) }
    number("recencyDays") { PlantedShop.delta($0.recencyDays, $1.recencyDays) }
    return found
  }

  private static func levels(_ shares: [[String: Double]]) -> [String] {
    Set(shares.flatMap(\.keys)).sorted()
  }

  /// Of two uniform ranges of whole numbers.
  private static func delta(_ a: [Int], _ b: [Int]) -> Double {
    var sum = 0
    for x in a[0]...a[1] {
      for y in b[0]...b[1] { sum += (x - y).signum() }
    }
    return Double(sum) / Double((a[1] - a[0] + 1) * (b[1] - b[0] + 1))
  }

  /// The part of a mixture of normals that lies in an interval.
  private static func share(_ mixture: [Planned.Normal], _ low: Double, _ high: Double) -> Double {
    mixture.reduce(0.0) {
      $0 + ($1.share ?? 1) * (normal((high - $1.mean) / $1.spread) - normal((low - $1.mean) / $1.spread))
    }
  }

  private static func normal(_ z: Double) -> Double { Elementary.erfc(-z / 2.0.squareRoot()) / 2 }
}
