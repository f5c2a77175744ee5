import Foundation
import Glibc
import SegueCore
import CLinux

/// Puts a finished study in its place, whole or not at all.
///
/// Files are written into a hidden folder beside the target, which then takes its place in one step:
/// by a rename where nothing stands there, by an exchange where an older study does.
public struct StudyFolder {
  /// Names and contents.
  public var files: [(name: String, bytes: [UInt8])]

  public init(files: [(name: String, bytes: [UInt8])]) { self.files = files }

  /// - Throws: ``SegueError`` `study.place` if the target is no study, `study.write`; the target is
  ///   then as it was.
  public func write(to path: String) throws {
    let target = URL(fileURLWithPath: path).standardizedFileURL
    try StudyFolder.check(path)
    let parent = target.deletingLastPathComponent()
    let manager = FileManager.default
    let partial = parent.appendingPathComponent(".\(target.lastPathComponent).partial-\(getpid())")
    do {
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
      StudyFolder.removeLeftovers(of: target)
      try manager.createDirectory(at: partial, withIntermediateDirectories: false)
      for (name, bytes) in files {
        try Data(bytes).write(to: partial.appendingPathComponent(name))
      }
      try Task.checkCancellation()
      try StudyFolder.place(partial, at: target)
    } catch let error as CancellationError {
      try? manager.removeItem(at: partial)
      throw error
    } catch {
      try? manager.removeItem(at: partial)
      throw SegueError(
        .cannotWrite,
        [
          Diagnostic(
            "study.write", "the study cannot be written: \(StudyFolder.reason(error))", at: .init(file: path),
            hint: "check the folder's permissions and the space left, or choose another --out")
        ])
    }
    // After an exchange the older study stands under the partial name.
    try? manager.removeItem(at: partial)
  }

  /// A folder that is there must be a study, so that nobody's files are replaced by mistake.
  ///
  /// Worth calling before the work starts.
  public static func check(_ path: String) throws {
    let manager = FileManager.default
    var isDirectory: ObjCBool = false
    guard unsafe manager.fileExists(atPath: path, isDirectory: &isDirectory) else {
      var parent = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
      while !manager.fileExists(atPath: parent.path) { parent.deleteLastPathComponent() }
      guard manager.isWritableFile(atPath: parent.path) else {
        throw SegueError(
          .cannotWrite,
          [
            Diagnostic(
              "study.write", "no folder can be made in \(parent.path)", at: .init(file: path),
              hint: "choose another --out")
          ])
      }
      return
    }
    let isStudy = manager.fileExists(atPath: path + "/manifest.json")
    let isEmpty = isDirectory.boolValue && (try? manager.contentsOfDirectory(atPath: path).isEmpty) == true
    if isStudy || isEmpty { return }
    throw SegueError(
      .cannotWrite,
      [
        Diagnostic(
          "study.place",
          isDirectory.boolValue ? "this folder holds something else than a study" : "this is a file",
          at: .init(file: path), hint: "choose another --out")
      ])
  }

  private static func place(_ partial: URL, at target: URL) throws {
    // RENAME_EXCHANGE: both names change sides in one step, so a kill leaves the old or the new.
    if FileManager.default.fileExists(atPath: target.path) {
      let exchange: UInt32 = 2
      let status = unsafe renameat2(AT_FDCWD, partial.path, AT_FDCWD, target.path, exchange)
      if status == 0 { return }
      guard errno == EINVAL || errno == ENOSYS else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
      // A file system without exchange: the old study steps aside first.
      try FileManager.default.removeItem(at: target)
    }
    let status = unsafe rename(partial.path, target.path)
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  /// Partial folders of runs that were killed: their process is gone.
  private static func removeLeftovers(of target: URL) {
    let parent = target.deletingLastPathComponent()
    let prefix = ".\(target.lastPathComponent).partial-"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.count)), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      try? FileManager.default.removeItem(at: parent.appendingPathComponent(name))
    }
  }

  /// Puts a finished file in the place of what stands there, in one step.
  package static func replace(_ target: String, by partial: String) throws {
    guard unsafe rename(partial, target) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  /// Why something cannot be written, in plain words.
  package static func reason(_ error: any Error) -> String {
    switch errorNumber(error) {
    case ENOSPC: return "no space is left"
    case EDQUOT: return "the space allowed is used up"
    case EFBIG: return "the file is larger than allowed"
    case EACCES, EPERM: return "permission is denied"
    case EROFS: return "the disk is read-only"
    case ENOENT: return "the folder is not there"
    case ENOTDIR: return "part of the path is a file, not a folder"
    case EISDIR: return "this is a folder"
    case let number?:
      let text = unsafe String(cString: strerror(number))
      return text.prefix(1).lowercased() + text.dropFirst()
    case nil: return error.localizedDescription
    }
  }

  /// Foundation wraps what the system said, sometimes twice.
  private static func errorNumber(_ error: any Error) -> Int32? {
    if let error = error as? POSIXError { return error.code.rawValue }
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(exactly: error.code) }
    return (error.userInfo[NSUnderlyingErrorKey] as? any Error).flatMap(errorNumber)
  }
}
