import Foundation
import Glibc
import Segue

/// The inputs a command names, with standard input read in such a way that Ctrl-C ends it.
enum InputFiles {
  static func open(_ paths: [String]) throws -> [Input] {
    // A file that counts twice doubles what everybody spent.
    var seen: Set<String> = []
    for path in paths {
      let place = path == "-" ? path : URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      guard seen.insert(place).inserted else {
        let name = path == "-" ? "standard input" : path
        throw SegueError.usage(
          Diagnostic("input.twice", "\(name) is named twice", hint: "name every file once"))
      }
    }
    return try paths.map { $0 == "-" ? Input(path: $0, bytes: try standardInput()) : Input(path: $0) }
  }

  private static func standardInput() throws -> [UInt8] {
    if isatty(STDIN_FILENO) == 1 { Console().say("reading standard input; Ctrl-D ends it") }
    var bytes: [UInt8] = []
    var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while true {
      try Task.checkCancellation()
      guard unsafe poll(&poller, 1, 100) != 0 else { continue }
      do {
        guard let piece = try FileHandle.standardInput.read(upToCount: 1 << 16), !piece.isEmpty else {
          return bytes
        }
        bytes.append(contentsOf: piece)
      } catch {
        throw SegueError(
          .noInput,
          [
            Diagnostic(
              "ingest.unreadable", "standard input cannot be read", at: .init(file: "standard input"),
              hint: "pipe a file into it, or name the file")
          ])
      }
    }
  }
}
