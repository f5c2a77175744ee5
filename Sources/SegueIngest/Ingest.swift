public import SegueCore

/// Says what each input is and how it would be read, without building tables.
///
/// - Parameter inputs: files or standard input; loaded if they are not yet.
/// - Throws: ``SegueCore/SegueError`` for inputs that are missing, empty, binary or not a table; what is
///   merely undecided is a finding.
/// - Complexity: one pass over the bytes.
public func inspect(
  _ inputs: [Input], _ options: IngestOptions = IngestOptions(), monitor: Monitor = .silent
) throws -> [SourceInspection] {
  []
}

/// Reads inputs into tables; inputs of the same kind follow each other in one table.
///
/// - Parameter inputs: files or standard input; loaded if they are not yet.
/// - Throws: ``SegueCore/SegueError`` with up to 20 diagnostics and a count of the rest.
/// - Complexity: two passes over the bytes; memory is the bytes plus about 40 bytes a row.
public func ingest(
  _ inputs: [Input], _ options: IngestOptions = IngestOptions(), monitor: Monitor = .silent
) throws -> IngestedData {
  IngestedData()
}
