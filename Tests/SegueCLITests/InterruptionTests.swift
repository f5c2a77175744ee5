import Foundation
import Testing

@Suite("Interrupted runs", .serialized, .enabled(if: Command.isBuilt, "segue was not built"))
struct InterruptionTests {
  private let arguments = [
    "run", Package.dataset("cdnow/orders.csv"), "--k", "4", "--out", "study", "--quiet",
  ]

  private func duration(of work: () throws -> Void) rethrows -> TimeInterval {
    let start = Date()
    try work()
    return Date().timeIntervalSince(start)
  }

  @Test("a run that is killed leaves the old study or the new one, and the next run clears what it left")
  func killed() throws {
    let folder = try Folder()
    var fresh: [String: Data] = [:]
    let length = try duration {
      #expect(try Command.run(arguments, in: folder.url).status == 0)
      fresh = try folder.contents("study")
    }
    let other = try Command.run(
      ["run", Package.dataset("cdnow/orders.csv"), "--k", "2", "--out", "old", "--quiet"], in: folder.url)
    #expect(other.status == 0)
    let old = try folder.contents("old")

    for attempt in 0..<20 {
      let study = folder.file("study")
      try? FileManager.default.removeItem(at: study)
      let hasOld = attempt % 2 == 0
      if hasOld { try FileManager.default.copyItem(at: folder.file("old"), to: study) }
      let run = try Command.start(arguments, in: folder.url)
      if attempt < 10 {
        usleep(UInt32(Double.random(in: 0...(length * 1.1)) * 1e6))
      } else {
        // In the midst of writing, which chance would hardly hit.
        while run.process.isRunning, try !folder.names().contains(where: { $0.contains(".partial-") }) {}
        usleep(.random(in: 0...3_000))
      }
      kill(run.process.processIdentifier, SIGKILL)
      _ = try run.finished()
      if FileManager.default.fileExists(atPath: study.path) {
        let found = try folder.contents("study")
        #expect(found == fresh || (hasOld && found == old), "attempt \(attempt)")
      } else {
        #expect(!hasOld, "attempt \(attempt) lost the old study")
      }
      #expect(
        try folder.names().allSatisfy { ["old", "study"].contains($0) || $0.hasPrefix(".study.partial-") })
    }

    #expect(try Command.run(arguments, in: folder.url).status == 0)
    #expect(try folder.names() == ["old", "study"])
    #expect(try folder.contents("study") == fresh)
  }

  @Test("Ctrl-C ends a run at once and leaves nothing", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let folder = try Folder()
    for _ in 0..<3 {
      let run = try Command.start(StudyFolderTests.lumen + ["--out", "study"], in: folder.url)
      // Long enough that the program listens, short enough that it is not done.
      usleep(.random(in: 200_000...600_000))
      kill(run.process.processIdentifier, signal)
      let outcome = try run.finished()
      if outcome.status != 0 {
        #expect(outcome.status == 130)
        #expect(outcome.remarks.isEmpty)
        #expect(try folder.names() == [])
      }
    }
  }

  @Test("Ctrl-C ends the wait for standard input")
  func waiting() throws {
    let folder = try Folder()
    let pipe = folder.file("pipe")
    let made = unsafe mkfifo(pipe.path, 0o600)
    #expect(made == 0)
    // Open for reading and writing, so that the pipe neither blocks here nor ends there.
    let descriptor = unsafe open(pipe.path, O_RDWR)
    defer { close(descriptor) }
    let run = try Command.start(["rfm", "-"], in: folder.url, input: pipe)
    usleep(400_000)
    #expect(run.process.isRunning)
    kill(run.process.processIdentifier, SIGINT)
    #expect(try run.finished().status == 130)
  }
}
