internal import SegueIngest

/// What opening depends on besides the names: the library asks neither the environment nor the terminal.
public struct SourceOptions: Sendable {
  /// Where tables go that are too large for memory while they are read.
  public var scratchFolder = Input.defaultScratchFolder
  /// The descriptor that `-` stands for.
  public var standardInput: Int32 = 0
  /// The `duckdb` program, which reads Parquet; nil where there is none.
  public var duckdb: String?
  /// Seconds until a server that does not answer is given up, unless its address says otherwise (`connect_timeout`).
  public var connectionTimeout = 10

  public init() {}
}
