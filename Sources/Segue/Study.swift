import SegueClustering
public import SegueCore
import SegueFeatures
public import SegueIngest
import SegueJourney
import SegueProfile

/// From exports to segments, personas and journey maps: the whole pipeline over settings that are fixed.
public struct Study: Sendable {
  /// Version of the program and of the files it writes.
  public static let version = "0.1.0"

  public let settings: ResolvedOptions
  public var options: StudyOptions { settings.options }

  /// Under which customer ids are written; nil writes them as they are.
  public let redaction: Redaction?

  public init(_ settings: ResolvedOptions = ResolvedOptions(), redaction: Redaction? = nil) {
    self.settings = settings
    self.redaction = redaction
  }

  /// - Parameters:
  ///   - inputs: orders, customers, events and feedback, in any order.
  ///   - previous: an earlier study, whose segments keep their identity.
  /// - Throws: ``SegueError`` for data or settings that cannot be used; `CancellationError`.
  public func run(
    _ inputs: [Input], title: String? = nil, previous: KnownStudy? = nil, monitor: Monitor = .silent
  ) throws -> StudyResult {
    let problems = options.rfm.diagnostics + options.lifecycle.diagnostics
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    try settings.check(against: inputs)
    try previous?.checkIDs(against: redaction?.fingerprint)
    let loaded = try inputs.map { input in
      try monitor.checkpoint("opening \(Study.baseName(input.path))")
      return try input.opened()
    }
    let read = try ingest(loaded, options.ingest, monitor: monitor)
    let data = try ObservationWindow(options.rfm, read).applied(to: read)
    try monitor.checkpoint("folding orders into customers")
    let population = try Population(data, options)
    let attributes = AttributeBuilder(data: data, population: population).attributes()
    let features = try FeatureBuilder(attributes: attributes, population: population, data: data)
      .features(options.features)

    let lifecycle = population.lifecycle
    let groups =
      options.clustering.lifecycle == .together
      ? nil
      : lifecycle.map { LifecycleGroups($0.stages, most: options.clustering.k ?? .max) }
    let grouped = try GroupedSplit(
      features.scaled, parts: groups?.parts, loaded.first?.displayName, options, monitor: monitor)
    let split = grouped.split
    let inherited = try previous?.identities(
      of: split.model, features, customers: WrittenIDs(population.ids, redaction).texts, grouped.groups)
    try monitor.checkpoint("describing segments")
    let purchases = population.purchases.map { (history: $0.history, rfm: $0.rfm) }
    let forecast = try population.purchases.map {
      try value(of: $0.history, asOf: $0.rfm.asOf, monitor: monitor)
    }
    let profiler = Profiler(
      features, attributes: attributes, purchases: purchases, currency: data.currency, lifecycle: lifecycle)
    var (profile, order) = profiler.profile(
      labels: split.model.labels, count: split.model.k, stability: grouped.stability,
      identities: inherited?.identities, reserved: inherited?.reserved ?? [])
    try profile.rename(options.segmentNames)
    profile.cohorts = purchases.flatMap { Cohorts($0.history, asOf: $0.rfm.asOf) }
    let labels = Profiler.labels(split.model.labels, in: order)
    profiler.addExemplars(to: &profile, labels: labels, distances: split.distances)
    try forecast?.value?.profiler.add(to: &profile, labels: labels, monitor: monitor)

    try monitor.checkpoint("mapping journeys")
    let stages = StageModel.named(options.journey.stages) ?? .standard
    let journeys = JourneyBuilder(
      data: data, population: population, model: stages, gapDays: options.journey.gapDays
    ).build(labels: profile.told(labels), segments: profile.segments.count)
    let maps = JourneyMapper(profile, journeys.aggregate, model: stages).maps()
    let personas = StudyPersonas(
      maps: maps, data: data, labels: labels, lifecycle: lifecycle, value: forecast?.value
    ).written(&profile)

    let (backtest, untested) = try backtestIfPossible(of: read, monitor: monitor)

    var remarks = Study.remarks(data.ledger, MoneyText(currency: data.currency))
    remarks += data.joining.remarks + Study.remarks(population, features)
    remarks += (lifecycle?.remarks ?? []) + (groups?.remarks ?? []) + features.remarks
    remarks += profile.smallGroupRemarks + journeys.remarks
    remarks += [forecast?.problem, untested].compactMap(\.self)

    let result = StudyResult(
      title: title ?? Study.title(of: inputs), settings: settings,
      inputs: try zip(loaded, data.sources).map(Study.record), sources: data.sources, ledger: data.ledger,
      joining: data.joining, rejects: data.rejects, customerIDs: population.ids,
      rfm: population.purchases?.rfm,
      scores: population.purchases?.scores, value: forecast?.value, features: features,
      clusteredOn: features.treatments.compactMap { used in attributes.first { $0.name == used.name } },
      model: split.model,
      scan: split.scan, lifecycle: lifecycle, groups: grouped.groups,
      rules: grouped.rules, labels: labels,
      distances: split.distances, clusterOfSegment: order, quality: split.quality,
      axes: split.axes, profile: profile, grid: population.purchases.map { Study.grid($0.scores) },
      journeys: journeys.aggregate, maps: maps, personas: personas, backtest: backtest,
      redaction: redaction, warnings: data.joining.warnings, remarks: remarks)
    return try previous.map { try result.compared(with: $0, nextID: inherited?.nextID, monitor) } ?? result
  }

  /// What the ledger says of rows that were used, but not as they stand.
  static func remarks(_ ledger: CleaningLedger, _ money: MoneyText) -> [String] {
    ledger.files.flatMap { file -> [String] in
      let name = baseName(file.file)
      var found: [String] = []
      if file.refundRowsNetted > 0 {
        let rows = NumberText.integer(file.refundRowsNetted)
        found.append(
          "\(rows) refund and cancellation rows of \(name) (\(money.short(file.refundMoneyNetted.units))) lower what "
            + "their customers spent and count as no orders.")
      }
      return found
        + file.remarks.map { remark in
          let sum = remark.money.map { ", \(money.short($0.units))" } ?? ""
          return "\(NumberText.integer(remark.rows)) \(remark.text) (\(name)\(sum))."
        }
    }
  }

  static func remarks(_ scores: RFMScores) -> [String] {
    scores.remarks.map { "\($0.prefix(1).uppercased())\($0.dropFirst())." }
  }

  private static func remarks(_ population: Population, _ features: FeatureTable) -> [String] {
    var found = population.purchases.map { remarks($0.scores) } ?? []
    if let reused = population.purchases?.history.reusedOrderIDs, reused > 0 {
      found.append(
        "\(NumberText.integer(reused)) orders carry the id of an earlier order of the same customer, more than a week "
          + "before; each counts on its own.")
    }
    let labels = FeatureText.shortened(features.treatments.map(\.label))
    found.append(
      "Segments were formed on \(labels): differences in these are by "
        + "construction.")
    return found
  }

  private static func grid(_ scores: RFMScores) -> RFMGrid {
    RFMGrid(
      bins: scores.bins, recency: scores.recency, frequency: scores.frequency, names: Array(scores.segments))
  }

  private static func record(_ input: Input, _ source: SourceInspection) throws -> StudyResult.InputRecord {
    let original = input.original!
    return StudyResult.InputRecord(
      file: baseName(source.path), kind: source.kind, rows: source.rowCount, bytes: original.count,
      sha256: try Checksum.sha256(original))
  }

  /// A single file names the study; several are named by the folder they share.
  static func title(of inputs: [Input]) -> String {
    let paths = inputs.map(\.path)
    guard let first = paths.first else { return "Study" }
    if paths.count == 1 {
      let name = baseName(first)
      return String(name.split(separator: ".").first ?? Substring(name)).humanized
    }
    let folders = Set(paths.map { $0.split(separator: "/").dropLast().last.map(String.init) ?? "" })
    guard folders.count == 1, let folder = folders.first, !folder.isEmpty else { return "Study" }
    return folder.humanized
  }

  static func baseName(_ path: String) -> String {
    if path == "-" { return "standard input" }
    // A query of a database may hold slashes of its own.
    let query = path.indices.first { mark in
      let rest = path[mark...].prefix(8).lowercased()
      return rest.hasPrefix("#select ") || rest.hasPrefix("#with ") || rest.hasPrefix("#values ")
    }
    let file = path[..<(query ?? path.endIndex)]
    return (file.split(separator: "/").last.map(String.init) ?? path) + path[(query ?? path.endIndex)...]
  }
}
