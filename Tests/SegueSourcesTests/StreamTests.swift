import Foundation
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

import SegueIngest

@Suite("Streams")
struct StreamTests {
  /// Writes into a FIFO from another thread, then closes it.
  private func feed(_ path: String, _ bytes: [UInt8]) {
    Thread.detachNewThread {
      let pipe = FileHandle(forWritingAtPath: path)
      try? pipe?.write(contentsOf: Data(bytes))
      try? pipe?.close()
    }
  }

  @Test("a FIFO is read to its end, plain or packed")
  func fifo() throws {
    let folder = try Workspace()
    let path = folder.file("pipe")
    try Tools.run("/usr/bin/mkfifo", [path])
    feed(path, Array("x\n1\n2\n".utf8))
    #expect(try Opening.text(path) == "x\n1\n2\n")
    feed(path, Array("{\"a\": 1}\n{\"a\": 2}".utf8))
    #expect(try Opening.text(path) == "a\n1\n2\n")
  }

  @Test("a FIFO that closes before anything came says that no data came")
  func emptyFIFO() throws {
    let folder = try Workspace()
    let path = folder.file("pipe")
    try Tools.run("/usr/bin/mkfifo", [path])
    feed(path, [])
    let error = Opening.error([path])
    #expect(error?.kind == .data)
    #expect(error?.diagnostics.first?.message == "no data came")
  }

  @Test("a FIFO that closes in the middle of packed data is refused")
  func cutFIFO() throws {
    let folder = try Workspace()
    let path = folder.file("pipe")
    try Tools.run("/usr/bin/mkfifo", [path])
    try Tools.python(
      "import gzip,sys; open(sys.argv[1],'wb').write(gzip.compress(b'x\\n1\\n'*9999)[:40])", folder.file("f"))
    feed(path, try folder.bytes("f"))
    #expect(Opening.error([path])?.diagnostics.first?.code == "source.damaged")
  }

  @Test("waiting for a FIFO that nobody writes to ends with the task", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let folder = try Workspace()
    let path = folder.file("pipe")
    try Tools.run("/usr/bin/mkfifo", [path])
    let task = Task.detached { try Sources.open([path]) }
    Cancelling.soon { task.cancel() }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("a stream larger than memory's share goes to a file without a name")
  func large() throws {
    let folder = try Workspace()
    let path = folder.file("pipe")
    try Tools.run("/usr/bin/mkfifo", [path])
    let row = Array("0123456789abcde\n".utf8)
    let bytes = Array(repeatElement(row, count: Spool.memoryLimit / 16 + 1_000).joined())
    feed(path, bytes)
    var options = SourceOptions()
    options.scratchFolder = folder.path
    let store = try Opening.inputs([path], options)[0].store!
    #expect(store.count == bytes.count)
    #expect(try store.bytes(0..<store.count) == bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipe"])
  }
}
