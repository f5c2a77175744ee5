/// What library calls throw when data or settings are at fault: one or more diagnostics.
///
/// Mistakes of our own trap instead, with a sentence.
public struct SegueError: Error, Sendable, CustomStringConvertible {
  /// Whose problem it is; decides the exit code.
  public enum Kind: Int32, Sendable {
    /// An option or argument cannot be used (`EX_USAGE`).
    case usage = 64
    /// The data cannot be used (`EX_DATAERR`).
    case data = 65
    /// An input is not there or cannot be opened (`EX_NOINPUT`).
    case noInput = 66
    /// A defect in Segue (`EX_SOFTWARE`).
    case software = 70
    /// A result cannot be written (`EX_CANTCREAT`).
    case cannotWrite = 73
  }

  public var kind: Kind
  public var diagnostics: [Diagnostic]

  public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
    precondition(!diagnostics.isEmpty, "a SegueError carries at least one diagnostic")
    self.kind = kind
    self.diagnostics = diagnostics
  }

  /// A data error with one diagnostic, the most frequent case.
  public static func data(_ diagnostic: Diagnostic) -> SegueError { SegueError(.data, [diagnostic]) }

  /// A usage error with one diagnostic.
  public static func usage(_ diagnostic: Diagnostic) -> SegueError { SegueError(.usage, [diagnostic]) }

  public var exitCode: Int32 { kind.rawValue }

  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
