import SegueCore
import SegueProfile

/// Attributes of all three forms that know nothing of segments.
struct RandomAttributes {
  var all: [Attribute]

  init(_ n: Int, _ generator: inout RandomGenerator) {
    all = []
    for index in 0..<5 {
      let distinct = 2 + index * index * 10
      all.append(
        Attribute(
          "number\(index)", label: "number \(index)", unit: index == 0 ? .count : .plain,
          sources: ["a.csv: n"],
          values: .numbers((0..<n).map { _ in Double(generator.index(below: distinct)) })))
    }
    for index in 0..<3 {
      let names = (0..<(2 + index * 3)).map { "level \($0)" }
      all.append(
        Attribute(
          "level\(index)", label: "level \(index)", unit: .share, sources: ["a.csv: l"],
          values: .levels((0..<n).map { _ in Int32(generator.index(below: names.count)) }, names: names)))
    }
    var customers: [Int32] = []
    var levels: [Int32] = []
    for customer in 0..<n {
      // Each customer has a taste of their own, so that orders are not independent.
      let taste = Int32(generator.index(below: 6))
      for _ in 0..<(1 + generator.index(below: 5)) {
        customers.append(Int32(customer))
        levels.append(generator.unit() < 0.5 ? taste : Int32(generator.index(below: 6)))
      }
    }
    all.append(
      Attribute(
        "mix", label: "mix", unit: .share, sources: ["o.csv: m"],
        values: .mix(customers: customers, levels: levels, names: (0..<6).map { "kind \($0)" })))
  }
}
