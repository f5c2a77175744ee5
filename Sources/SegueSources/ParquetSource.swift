internal import Foundation
internal import Glibc
internal import SegueCore
internal import SegueIngest

/// A Parquet file, written as text by the `duckdb` program and read through a pipe.
struct ParquetSource {
  let path: String
  let duckdb: String?
  let scratch: Scratch

  /// - Throws: ``SegueCore/SegueError`` `parquet.duckdb` where the program is missing, `parquet` with what it says.
  func table() throws -> ByteStore {
    guard let duckdb else {
      throw failure(
        .noInput, "parquet.duckdb", "reading Parquet needs the program duckdb, which is not there",
        "install it: pip install duckdb-cli; or export the file as CSV")
    }
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: duckdb)
    process.arguments = ["-batch", "-bail", "-init", "/dev/null", "-c", statement]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw failure(
        .noInput, "parquet.duckdb", "\(duckdb) cannot be started", "install it again: pip install duckdb-cli")
    }
    // It may wait for nobody once we are gone, whatever the reason.
    defer {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }
    let (store, remarks) = try drain(
      output.fileHandleForReading.fileDescriptor, errors.fileHandleForReading.fileDescriptor)
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let lines = String(decoding: remarks, as: UTF8.self).split(whereSeparator: \.isNewline)
      let told = lines.prefix(2).joined(separator: " ").prefix(300)
      let ended = process.terminationReason == .exit ? "status" : "signal"
      throw failure(
        .data, "parquet",
        "duckdb says: \(told.isEmpty ? "nothing, and ends with \(ended) \(process.terminationStatus)" : String(told))",
        "see whether duckdb reads it: duckdb -c \"SELECT * FROM 'FILE' LIMIT 1\"")
    }
    return store
  }

  private var statement: String {
    // Names with * or [ are patterns to DuckDB; in a list they still are, so they are put into brackets.
    var escaped = ""
    for symbol in path {
      escaped += "*?[".contains(symbol) ? "[\(symbol)]" : symbol == "'" ? "''" : String(symbol)
    }
    let place = escaped.hasPrefix("/") ? escaped : "./" + escaped
    return "SET TimeZone = 'UTC'; "
      + "COPY (SELECT * FROM read_parquet('\(place)', hive_partitioning = false)) "
      + "TO '/dev/stdout' (FORMAT csv, HEADER)"
  }

  /// Both pipes at once: whichever is not read fills up and stops the program.
  private func drain(_ output: Int32, _ errors: Int32) throws -> (ByteStore, [UInt8]) {
    var spool = Spool(name: scratch.name, folder: scratch.folder)
    var remarks: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var pollers = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while pollers.contains(where: { $0.fd >= 0 }) {
      try scratch.monitor.checkpoint("reading \(scratch.name)")
      guard unsafe poll(&pollers, 2, 100) > 0 else { continue }
      for index in pollers.indices where pollers[index].revents != 0 {
        let got = unsafe read(pollers[index].fd, &buffer, buffer.count)
        if got < 0, errno == EINTR { continue }
        if got <= 0 {
          pollers[index].fd = -1
        } else if index == 0 {
          try unsafe buffer.withUnsafeBytes {
            try unsafe spool.append(UnsafeRawBufferPointer(rebasing: $0[..<got]))
          }
        } else if remarks.count < 4_096 {
          remarks += buffer[..<got]
        }
        pollers[index].revents = 0
      }
    }
    return (spool.finish(), remarks)
  }

  private func failure(_ kind: SegueError.Kind, _ code: String, _ message: String, _ hint: String)
    -> SegueError
  {
    SegueError(kind, [Diagnostic(code, message, at: .init(file: scratch.name), hint: hint)])
  }
}
