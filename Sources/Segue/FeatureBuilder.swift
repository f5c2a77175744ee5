import SegueCore
import SegueFeatures
import SegueProfile

/// Picks the numbers that clustering sees out of the attributes.
struct FeatureBuilder {
  let attributes: [Attribute]
  let population: Population
  let file: String?

  /// - Throws: ``SegueError`` `features.column` for a name that is no usable number, `features.none`.
  func features(_ options: FeatureOptions) throws -> FeatureTable {
    let numbers = attributes.compactMap { attribute -> (Attribute, [Double])? in
      guard case .numbers(let values) = attribute.values else { return nil }
      return (attribute, values)
    }
    var chosen: [(Attribute, [Double])] = []
    if options.columns.isEmpty {
      let names = ["recencyDays", "frequency", "monetary"]
      chosen = population.purchases == nil ? numbers : numbers.filter { names.contains($0.0.name) }
    }
    for name in options.columns {
      guard let match = numbers.first(where: { $0.0.name == name || $0.0.name == "customer.\(name)" }) else {
        let known = numbers.map { $0.0.name.replacing("customer.", with: "", maxReplacements: 1) }
        throw SegueError.usage(
          Diagnostic(
            "features.column", "there is no number called \"\(name)\" to cluster on",
            hint: "choose from \(known.joined(separator: ", "))"))
      }
      chosen.append(match)
    }
    var remarks: [String] = []
    var features: [Feature] = []
    var columns: [[Double]] = []
    for (attribute, values) in chosen {
      guard let filled = filled(values, attribute, &remarks) else { continue }
      features.append(
        Feature(attribute.name, label: attribute.label, unit: attribute.unit, sources: attribute.sources))
      columns.append(filled)
    }
    guard !columns.isEmpty else { throw nothing(chosen.map(\.0.label)) }
    var table = FeatureTable(features, columns: columns, options)
    table.remarks += remarks
    return table
  }

  private func nothing(_ labels: [String]) -> SegueError {
    let place = file.map { Diagnostic.Location(file: $0) }
    guard population.count > 1 else {
      return SegueError.data(
        Diagnostic(
          "study.tooFew", "there is only one customer, and nobody to compare with", at: place,
          hint:
            "give at least 20 customers; --column customer=HEADER if the wrong column was taken for the customer"
        ))
    }
    guard !labels.isEmpty else {
      return SegueError.data(
        Diagnostic(
          "features.none", "there is no number to cluster on", at: place,
          hint: "give orders, or customers with at least one numeric column that varies"))
    }
    return SegueError.data(
      Diagnostic(
        "features.none",
        "all \(NumberText.integer(population.count)) customers are alike in \(labels.joined(separator: ", "))",
        at: place, hint: "cluster on something that varies: --features NAME,NAME"))
  }

  /// Missing values take the median; columns that say nothing are left out.
  private func filled(_ values: [Double], _ attribute: Attribute, _ remarks: inout [String]) -> [Double]? {
    let present = values.filter(\.isFinite)
    guard let median = NumberSummary(present)?.median, present.contains(where: { $0 != present[0] }) else {
      remarks.append("Left out of clustering: \(attribute.label), which is the same for everybody.")
      return nil
    }
    let missing = values.count - present.count
    if Double(missing) > 0.2 * Double(values.count) {
      let share = NumberText.percent(Double(missing) / Double(values.count))
      remarks.append(
        "Left out of clustering: \(attribute.label), which is missing for \(share) of customers.")
      return nil
    }
    if missing > 0 {
      remarks.append(
        "\(NumberText.integer(missing)) missing values of \(attribute.label) were taken as its median, \(NumberText.compact(median))."
      )
    }
    return values.map { $0.isFinite ? $0 : median }
  }
}
