import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile

/// Picks what clustering sees out of the attributes, and accounts for the rest.
struct FeatureBuilder {
  private let attributes: [Attribute]
  private let population: Population
  private let data: IngestedData
  /// Types of the columns of customers files, by attribute name.
  private let types: [String: CustomerTable.AttributeType]

  init(attributes: [Attribute], population: Population, data: IngestedData) {
    self.attributes = attributes
    self.population = population
    self.data = data
    types = Dictionary(
      (data.customers?.attributes ?? []).map { (AttributeBuilder.customerPrefix + $0.name, $0.type) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Something that could be clustered on.
  private struct Candidate {
    var attribute: Attribute
    var values: FeatureEncoder.Values
    var kind: FeatureTreatment.Kind

    var isNumeric: Bool { kind == .number || kind == .date }
  }

  /// - Throws: ``SegueError`` `features.column` for a name that cannot be clustered on, `features.none`.
  func features(_ options: FeatureOptions) throws -> FeatureTable {
    let candidates = attributes.compactMap(candidate)
    let chosen = try choose(options.columns, candidates)
    var features: [Feature] = []
    var columns: [[Double]] = []
    var treatments: [FeatureTreatment] = []
    var leftOut: [LeftOutFeature] = []
    for candidate in chosen {
      let attribute = candidate.attribute
      let encoder = FeatureEncoder(
        attribute.name, label: attribute.label, unit: attribute.unit, sources: attribute.sources)
      switch encoder.encode(candidate.values, as: candidate.kind) {
      case .columns(let added, let values, let treatment):
        features += added
        columns += values
        treatments.append(treatment)
      case .leftOut(let reason): leftOut.append(reason)
      }
    }
    guard !columns.isEmpty else { throw nothing(leftOut) }
    var table = FeatureTable(features, columns: columns, options)
    for index in treatments.indices {
      let column = features.firstIndex { $0.attribute == treatments[index].name }!
      treatments[index].transform = table.transforms[column]
    }
    table.asOf = population.asOf
    table.treatments = treatments
    table.remarks += FeatureText.remarks(treatments, leftOut)
    let unchosen = describing(candidates, but: chosen)
    // With orders it goes without saying that customers are not clustered on who they are.
    if population.purchases == nil, options.columns.isEmpty, !unchosen.isEmpty {
      table.remarks.append(FeatureText.describing(unchosen))
    }
    table.leftOut = leftOut + unchosen + notKept()
    return table
  }

  private func candidate(_ attribute: Attribute) -> Candidate? {
    let type = types[attribute.name]
    switch attribute.values {
    case .numbers(let values):
      return Candidate(
        attribute: attribute, values: .numbers(values), kind: type == .date ? .date : .number)
    case .levels(let levels, let names):
      return Candidate(
        attribute: attribute, values: .levels(levels, names: names), kind: type == .flag ? .flag : .category)
    case .mix: return nil
    }
  }

  private func choose(_ names: [String], _ candidates: [Candidate]) throws -> [Candidate] {
    let basic = candidates.filter { ["recencyDays", "frequency", "monetary"].contains($0.attribute.name) }
    if names.isEmpty {
      if population.purchases != nil { return basic }
      let numeric = candidates.filter(\.isNumeric)
      return numeric.isEmpty ? candidates : numeric
    }
    if names == [FeatureOptions.all] {
      return basic + candidates.filter { types[$0.attribute.name] != nil }
    }
    var chosen: [Candidate] = []
    for name in names {
      let found = candidates.first {
        $0.attribute.name == name || $0.attribute.name == AttributeBuilder.customerPrefix + name
      }
      guard let found else { throw unknown(name, candidates) }
      if !chosen.contains(where: { $0.attribute.name == found.attribute.name }) { chosen.append(found) }
    }
    return chosen
  }

  private func unknown(_ name: String, _ candidates: [Candidate]) -> SegueError {
    let known = candidates.map {
      $0.attribute.name.replacing(AttributeBuilder.customerPrefix, with: "", maxReplacements: 1)
    }
    let hint = "choose from \(known.joined(separator: ", "))"
    let kept = notKept().first { $0.name == AttributeBuilder.customerPrefix + name }
    return SegueError.usage(
      Diagnostic(
        "features.column",
        kept.map { "\"\(name)\" cannot be clustered on: \($0.detail)" }
          ?? "there is nothing called \"\(name)\" to cluster on", hint: hint))
  }

  // MARK: What is left out

  private func describing(_ candidates: [Candidate], but chosen: [Candidate]) -> [LeftOutFeature] {
    let names = Set(chosen.map(\.attribute.name))
    return candidates.filter { !names.contains($0.attribute.name) }.map { candidate in
      let attribute = candidate.attribute
      let encoder = FeatureEncoder(
        attribute.name, label: attribute.label, unit: attribute.unit, sources: attribute.sources)
      // What could not be used anyway says why.
      if case .leftOut(let reason) = encoder.encode(candidate.values, as: candidate.kind) { return reason }
      return LeftOutFeature(attribute.name, label: attribute.label, .describesOnly, "describes segments only")
    }
  }

  /// Columns whose values ingest does not hold.
  private func notKept() -> [LeftOutFeature] {
    (data.customers?.attributes ?? []).compactMap { column -> LeftOutFeature? in
      let name = AttributeBuilder.customerPrefix + column.name
      let label = column.name.humanized.lowercased()
      switch column.type {
      case .pii: return LeftOutFeature(name, label: label, .personal, "personal data, not kept")
      case .identifier:
        return LeftOutFeature(name, label: label, .identifier, "another value for nearly everybody")
      case .text: return LeftOutFeature(name, label: label, .text, "free text, not kept")
      case .number, .category, .date, .flag: return nil
      }
    }
  }

  private func nothing(_ leftOut: [LeftOutFeature]) -> SegueError {
    let place = data.sources.first.map { Diagnostic.Location(file: $0.path) }
    guard population.count > 1 else {
      return SegueError.data(
        Diagnostic(
          "study.tooFew", "there is only one customer, and nobody to compare with", at: place,
          hint:
            "give at least 20 customers; --column customer=HEADER if the wrong column was taken for the customer"
        ))
    }
    guard !leftOut.isEmpty else {
      return SegueError.data(
        Diagnostic(
          "features.none", "there is nothing to cluster on", at: place,
          hint: "give orders, or customers with at least one column that varies"))
    }
    let count = NumberText.integer(population.count)
    let isAlike = leftOut.allSatisfy { $0.reason == .constant }
    return SegueError.data(
      Diagnostic(
        "features.none",
        isAlike
          ? "all \(count) customers are alike in \(leftOut.map(\.label).joined(separator: ", "))"
          : "nothing is left to cluster on: \(FeatureText.list(leftOut))",
        at: place, hint: "cluster on something that varies: --features NAME,NAME"))
  }
}
