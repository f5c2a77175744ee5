public import SegueCore

/// Says what each input is and how it would be read, without building tables.
///
/// - Parameter inputs: files or standard input; loaded if they are not yet.
/// - Throws: ``SegueCore/SegueError`` for inputs that are missing, empty, binary or not a table; what is
///   merely undecided is a finding.
/// - Complexity: one pass over the bytes, two over those of orders, on all cores.
public func inspect(
  _ inputs: [Input], _ options: IngestOptions = IngestOptions(), monitor: Monitor = .silent
) throws -> [SourceInspection] {
  try openAll(inputs, options, monitor).map { source in
    let isComplete = source.kind == .orders && source.recognition.missing.isEmpty && source.file.rowCount > 0
    let scan = isComplete ? try OrderScan(source, monitor) : nil
    return SourceInspection(source, grain: scan?.grain, findings: source.findings(scan))
  }
}

/// Reads inputs into tables; inputs of the same kind follow each other in one table.
///
/// - Parameter inputs: files or standard input; loaded if they are not yet.
/// - Throws: ``SegueCore/SegueError`` with up to 20 diagnostics and a count of the rest.
/// - Complexity: two passes over the bytes, on all cores; memory is some 100 bytes a row while orders are judged.
public func ingest(
  _ inputs: [Input], _ options: IngestOptions = IngestOptions(), monitor: Monitor = .silent
) throws -> IngestedData {
  let sources = try openAll(inputs, options, monitor)
  let blockers = sources.flatMap { $0.blockers() }
  if !blockers.isEmpty { throw SegueError(.data, blockers) }
  var run = try IngestRun(sources, options, monitor)
  try run.readOrders()
  try run.readCustomers()
  try run.readEvents()
  try run.readFeedback()
  return try run.finished()
}

/// Opens all inputs before complaining about any, so that all complaints come at once.
private func openAll(
  _ inputs: [Input], _ options: IngestOptions, _ monitor: Monitor
) throws -> [ResolvedSource] {
  guard !inputs.isEmpty else {
    throw SegueError.usage(
      Diagnostic("ingest.noInput", "no input is named", hint: "name a file, or - for standard input"))
  }
  _ = try ZoneClock(options.timeZone)
  let overrides = try ColumnOverrides(options.columns)
  var sources: [ResolvedSource] = []
  var kind: SegueError.Kind?
  var diagnostics: [Diagnostic] = []
  for input in inputs {
    do {
      sources.append(try ResolvedSource(input, options, monitor))
    } catch let error as SegueError {
      kind = kind ?? error.kind
      diagnostics += error.diagnostics
    }
  }
  if let kind { throw SegueError(kind, diagnostics) }
  try overrides.failIfUnused(sources.map(\.file))
  let repeated = try copies(sources)
  if !repeated.isEmpty { throw SegueError(.data, repeated) }
  return sources
}

/// Complains of every table that is an earlier one of its kind once more: it would count everything twice.
private func copies(_ sources: [ResolvedSource]) throws -> [Diagnostic] {
  var found: [Diagnostic] = []
  for (index, later) in sources.enumerated() where later.file.rowCount > 0 {
    let earlier = try sources[..<index].first(where: {
      try $0.kind == later.kind && $0.file.store.holdsSame(as: later.file.store)
    })
    guard let earlier else { continue }
    let (name, first) = (later.file.name, earlier.file.name)
    found.append(
      Diagnostic(
        "input.copy",
        name == first ? "\(name) is named twice" : "\(name) is \(first) once more, byte for byte",
        at: .init(file: name), hint: "name it once"))
  }
  return found
}

extension ByteStore {
  /// Whether another store holds the same bytes; reads no more than it takes to tell.
  fileprivate func holdsSame(as other: ByteStore) throws -> Bool {
    let (count, step) = (count, 1 << 20)
    guard count == other.count else { return false }
    for start in stride(from: 0, to: count, by: step) {
      let range = start..<min(start + step, count)
      guard try bytes(range) == other.bytes(range) else { return false }
    }
    return true
  }
}
