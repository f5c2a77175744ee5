internal import Glibc
internal import SegueCore

/// A temporary file without a name, which the system removes whatever happens.
final class ScratchFile: Sendable {
  let descriptor: Int32
  private let name: String
  private let folder: String

  /// - Parameter name: what it is for, in diagnostics.
  init(name: String, folder: String) throws {
    self.name = name
    self.folder = folder
    var template = Array("\(folder)/segue-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    if descriptor < 0 { throw failure("no temporary file can be made in \(folder)") }
    _ = unsafe unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var done = 0
    while done < bytes.count {
      let put = unsafe Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw failure("the disk of \(folder) is full") }
      done += put
    }
  }

  /// Fills `buffer` with the bytes from `offset` on, which must all have been written.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    guard unsafe readWhole(descriptor, at: offset, into: buffer) else {
      throw failure("what was written to \(folder) cannot be read back")
    }
  }

  private func failure(_ message: String) -> SegueError {
    SegueError(
      .cannotWrite,
      [
        Diagnostic(
          "ingest.spool", "\(name) does not fit: \(message)", at: .init(file: name),
          hint: "free some space, or name a roomier folder: TMPDIR=FOLDER segue …")
      ])
  }
}

/// Fills `buffer` from a file; false if it ends or fails before.
func readWhole(_ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
  var done = 0
  while done < buffer.count {
    let got = unsafe pread(
      descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
    if got < 0, errno == EINTR { continue }
    guard got > 0 else { return false }
    done += got
  }
  return true
}
