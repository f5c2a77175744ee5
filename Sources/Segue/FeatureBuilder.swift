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

  /// - Throws: ``SegueError`` `features.column` for a name that cannot be clustered on, `features.none`.
  func features(_ options: FeatureOptions) throws -> FeatureTable {
    let candidates = attributes.compactMap(candidate)
    let chosen = try choose(options.columns, candidates)
    let encoded = EncodedFeatures(chosen, rows: .customers)
    guard !encoded.columns.isEmpty else { throw nothing(encoded.leftOut) }
    var table = FeatureTable(encoded, try FeatureBuilder.ofStudies(options))
    table.asOf = population.asOf
    table.remarks += FeatureText.remarks(table.treatments, encoded.leftOut, .customers)
    let unchosen = describing(candidates, but: chosen)
    // With orders it goes without saying that customers are not clustered on who they are.
    if population.purchases == nil, options.columns.isEmpty, !unchosen.isEmpty {
      table.remarks.append(FeatureText.describing(unchosen))
    }
    table.leftOut = encoded.leftOut + unchosen + notKept()
    return table
  }

  /// A study has a place in a segment for everybody: who is far from all others is pulled in, not set apart.
  private static func ofStudies(_ options: FeatureOptions) throws -> FeatureOptions {
    guard options.outliers != .apart else {
      throw SegueError.usage(
        Diagnostic(
          "features.outliers", "customers of a study are not set apart",
          hint: "leave --outliers out: far values are pulled in, or say how far with --winsorize; "
            + "segue cluster sets rows of a table apart"))
    }
    var options = options
    options.outliers = .keep
    return options
  }

  private func candidate(_ attribute: Attribute) -> FeatureSource? {
    let type = types[attribute.name]
    func source(_ values: FeatureEncoder.Values, _ kind: FeatureTreatment.Kind) -> FeatureSource {
      FeatureSource(
        attribute.name, label: attribute.label, unit: attribute.unit, sources: attribute.sources,
        values: values, kind: kind)
    }
    switch attribute.values {
    case .numbers(let values): return source(.numbers(values), type == .date ? .date : .number)
    case .levels(let levels, let names):
      return source(.levels(levels, names: names), type == .flag ? .flag : .category)
    case .mix: return nil
    }
  }

  private func choose(_ names: [String], _ candidates: [FeatureSource]) throws -> [FeatureSource] {
    let basic = candidates.filter { ["recencyDays", "frequency", "monetary"].contains($0.name) }
    if names.isEmpty {
      if population.purchases != nil { return basic }
      let numeric = candidates.filter { $0.kind == .number || $0.kind == .date }
      return numeric.isEmpty ? candidates : numeric
    }
    if names == [FeatureOptions.all] {
      return basic + candidates.filter { types[$0.name] != nil }
    }
    var chosen: [FeatureSource] = []
    for name in names {
      let found = candidates.first { $0.name == name || $0.name == AttributeBuilder.customerPrefix + name }
      guard let found else { throw unknown(name, candidates) }
      if !chosen.contains(where: { $0.name == found.name }) { chosen.append(found) }
    }
    return chosen
  }

  private func unknown(_ name: String, _ candidates: [FeatureSource]) -> SegueError {
    let known = candidates.map {
      $0.name.replacing(AttributeBuilder.customerPrefix, with: "", maxReplacements: 1)
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

  private func describing(_ candidates: [FeatureSource], but chosen: [FeatureSource]) -> [LeftOutFeature] {
    let names = Set(chosen.map(\.name))
    let others = candidates.filter { !names.contains($0.name) }
    // What could not be used anyway says why.
    let unusable = Dictionary(
      EncodedFeatures(others, rows: .customers).leftOut.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    return others.map {
      unusable[$0.name] ?? LeftOutFeature($0.name, label: $0.label, .describesOnly, "describes segments only")
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
