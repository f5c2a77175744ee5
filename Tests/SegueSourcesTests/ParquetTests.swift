import Foundation
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

@Suite("Parquet")
struct ParquetTests {
  private var options: SourceOptions {
    var options = SourceOptions()
    options.duckdb = Tools.duckdb
    return options
  }

  @Test("a table comes out as it was written", .enabled(if: Tools.hasDuckDB, "there is no duckdb"))
  func table() throws {
    #expect(
      try Opening.text(Opening.fixtures + "/small.parquet", options) == """
        id,at,amount,name
        1,2010-12-01 08:26:00,17850.0,"a,""b""\"
        2,,,é

        """)
  }

  @Test("names with quotes and stars are names", .enabled(if: Tools.hasDuckDB, "there is no duckdb"))
  func names() throws {
    let folder = try Workspace()
    let bytes = try Data(contentsOf: URL(filePath: Opening.fixtures + "/small.parquet"))
    for name in ["it's.parquet", "a*b.parquet", "[x]?.parquet"] {
      try folder.write([UInt8](bytes), name)
      #expect(try Opening.text(folder.file(name), options).hasPrefix("id,at,amount,name\n"), "\(name)")
    }
  }

  @Test("a damaged file is refused in DuckDB's words", .enabled(if: Tools.hasDuckDB, "there is no duckdb"))
  func damaged() throws {
    let folder = try Workspace()
    try folder.write(Array("PAR1 and nothing that follows from it PAR1".utf8), "a.parquet")
    let error = Opening.error([folder.file("a.parquet")], options)
    #expect(error?.kind == .data)
    #expect(
      error?.diagnostics.first?.message.hasPrefix("duckdb says: ") == true, "\(error?.description ?? "")")
  }

  @Test("without duckdb the way to it is told")
  func missing() throws {
    let error = Opening.error([Opening.fixtures + "/small.parquet"])
    #expect(error?.kind == .noInput)
    #expect(error?.diagnostics.first?.hint?.contains("pip install duckdb-cli") == true)
    var options = SourceOptions()
    options.duckdb = "/nonexistent/duckdb"
    #expect(
      Opening.error([Opening.fixtures + "/small.parquet"], options)?.diagnostics.first?.code
        == "parquet.duckdb")
  }
}
