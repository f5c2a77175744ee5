internal import CZip
internal import Glibc
internal import SegueCore
internal import SegueIngest

/// A zip archive whose entries are read as streams.
@safe
final class ZipArchive {
  let name: String
  private let store: ByteStore
  private let archive: OpaquePointer

  /// - Throws: ``SegueCore/SegueError`` `source.damaged` if its directory cannot be read.
  init(_ store: ByteStore, name: String) throws {
    self.store = store
    self.name = name
    var error = unsafe zip_error_t()
    unsafe zip_error_init(&error)
    defer { unsafe zip_error_fini(&error) }
    let source: OpaquePointer? = unsafe store.withSource(
      descriptor: { descriptor in
        guard let file = unsafe fdopen(descriptor, "r") else { return nil }
        return unsafe zip_source_filep_create(file, 0, 0, &error)
      },
      memory: { bytes in
        // libzip frees it
        guard let copy = unsafe malloc(max(1, bytes.count)) else { return nil }
        if let start = bytes.baseAddress { unsafe memcpy(copy, start, bytes.count) }
        return unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error)
      })
    guard let source = unsafe source, let opened = unsafe zip_open_from_source(source, ZIP_RDONLY, &error)
    else {
      let text = unsafe String(cString: zip_error_strerror(&error))
      throw ZipArchive.damaged("the archive cannot be read (\(text))", name)
    }
    unsafe archive = opened
  }

  deinit { unsafe zip_discard(archive) }

  var entries: [String] {
    let count = unsafe zip_get_num_entries(archive, 0)
    return (0..<UInt64(max(0, count))).compactMap { index in
      unsafe zip_get_name(archive, index, 0).map { unsafe String(cString: $0) }
    }
  }

  func has(_ entry: String) -> Bool { unsafe zip_name_locate(archive, entry, 0) >= 0 }

  /// Fills buffers from `room` with the bytes of an entry, and hands each one to `body`, which says whether to go on.
  func read(
    _ entry: String, room: () throws -> UnsafeMutableRawBufferPointer, _ body: (Int, Bool) throws -> Bool
  ) throws {
    guard let file = unsafe zip_fopen(archive, entry, 0) else { throw failure(entry) }
    defer { unsafe zip_fclose(file) }
    while true {
      let buffer = try unsafe room()
      let got = unsafe zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
      guard got >= 0 else {
        let text = unsafe String(cString: zip_file_strerror(file))
        throw ZipArchive.damaged("\(entry) in the archive cannot be unpacked (\(text))", name)
      }
      guard try body(Int(got), got == 0), got > 0 else { return }
    }
  }

  private func failure(_ entry: String) -> SegueError {
    let text = unsafe String(cString: zip_strerror(archive))
    guard text.contains("assword") || text.contains("ncrypt") else {
      return ZipArchive.damaged("\(entry) in the archive cannot be read (\(text))", name)
    }
    return SegueError.data(
      Diagnostic(
        "source.password", "\(entry) in the archive is protected by a password", at: .init(file: name),
        hint: "unpack it with the password, and name what was in it"))
  }

  static func damaged(_ message: String, _ name: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "source.damaged", message, at: .init(file: name),
        hint: "copy or download the file again; unzip -t FILE tests it"))
  }

  /// The text of the one file in an archive that is no workbook.
  func onlyTable(_ scratch: Scratch) throws -> ByteStore {
    let all = entries
    if all.contains("mimetype"), all.contains("content.xml") {
      throw refusal("this is an OpenDocument spreadsheet", "save it as XLSX or CSV")
    }
    if all.contains(where: { $0.hasSuffix("workbook.bin") }) {
      throw refusal("this is a binary workbook (.xlsb)", "save it as XLSX or CSV")
    }
    let files = all.filter { !$0.hasSuffix("/") && !$0.hasPrefix("__MACOSX/") }
    guard files.count == 1 else {
      throw refusal(
        "this is a ZIP archive of \(files.count) files, not a workbook", "unpack it, and name the files in it"
      )
    }
    var spool = Spool(name: name, folder: scratch.folder)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { unsafe buffer.deallocate() }
    try unsafe read(files[0], room: { unsafe buffer }) { got, isEnd in
      try scratch.monitor.checkpoint("unpacking \(name)")
      try unsafe spool.append(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      return !isEnd
    }
    return spool.finish()
  }

  private func refusal(_ message: String, _ hint: String) -> SegueError {
    SegueError.data(Diagnostic("source.archive", message, at: .init(file: name), hint: hint))
  }
}
