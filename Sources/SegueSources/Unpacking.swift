internal import CZlib
internal import CZstd
internal import Dispatch
internal import SegueCore
internal import SegueIngest

/// Text out of gzip and zstd, a megabyte at a time: members and frames that follow each other make one text.
struct Unpacking: Sendable {
  let store: ByteStore
  let name: String
  let monitor: Monitor

  private static let inputSize = 1 << 18
  private static let outputSize = 1 << 20

  /// What is done with each piece of text.
  typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  /// Unpacks into a spool.
  func spooled(_ kind: SourceKind, _ scratch: Scratch) throws -> ByteStore {
    var spool = Spool(name: name, folder: scratch.folder)
    try unsafe each(kind) { try unsafe spool.append($0) }
    return spool.finish()
  }

  /// Unpacks into a file that can be read meanwhile; what goes wrong is thrown to the reader.
  func growing(_ kind: SourceKind, _ scratch: Scratch) throws -> ByteStore {
    let file = try GrowingFile(name: name, folder: scratch.folder)
    // The reader watches for cancellation, and a file that nobody reads ends the writing.
    let unpacking = Unpacking(store: store, name: name, monitor: .silent)
    DispatchQueue.global(qos: .userInitiated).async {
      do {
        try unsafe unpacking.each(kind) { try unsafe file.append($0) }
        file.finish()
      } catch {
        file.finish(error)
      }
    }
    return ByteStore(file)
  }

  /// Unpacks and forgets: what unpacking alone costs, for measuring.
  ///
  /// - Returns: bytes of text.
  func discarded(_ kind: SourceKind) throws -> Int {
    var count = 0
    try unsafe each(kind) { count += $0.count }
    return count
  }

  func each(_ kind: SourceKind, _ sink: Sink) throws {
    if case .gzip = kind { try unsafe gzip(sink) } else { try unsafe zstd(sink) }
  }

  private func gzip(_ sink: Sink) throws {
    var stream = unsafe z_stream()
    // 15 bits of window, and 16 for the gzip wrapper
    let started = unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { throw failure("zlib does not start", at: 0) }
    defer { unsafe inflateEnd(&stream) }
    var input = [UInt8](repeating: 0, count: Unpacking.inputSize)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: Unpacking.outputSize, alignment: 64)
    defer { unsafe output.deallocate() }
    var (offset, written, isOpen) = (0, 0, true)
    while offset < store.count {
      try monitor.checkpoint("unpacking \(name)", Double(offset) / Double(store.count))
      let count = min(input.count, store.count - offset)
      try unsafe input.withUnsafeMutableBytes { bytes in
        try unsafe store.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
        unsafe stream.next_in = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        unsafe stream.avail_in = UInt32(count)
        while unsafe stream.avail_in > 0 || (isOpen && stream.avail_out == 0) {
          let place = unsafe offset + count - Int(stream.avail_in)
          if !isOpen {
            let next = unsafe stream.next_in.pointee
            // Tapes and block devices pad with zeros.
            if next == 0 {
              unsafe stream.next_in += 1
              unsafe stream.avail_in -= 1
              continue
            }
            guard next == 0x1F else { throw trailing(at: place) }
            unsafe inflateReset(&stream)
            isOpen = true
          }
          unsafe stream.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
          unsafe stream.avail_out = UInt32(output.count)
          let result = unsafe inflate(&stream, Z_NO_FLUSH)
          let got = unsafe output.count - Int(stream.avail_out)
          written += got
          if got > 0 { try unsafe sink(UnsafeRawBufferPointer(rebasing: output[..<got])) }
          switch result {
          case Z_OK, Z_BUF_ERROR: break
          case Z_STREAM_END: isOpen = false
          default:
            let text = unsafe stream.msg.map { unsafe String(cString: $0) } ?? "error \(result)"
            throw failure(
              "the gzip data are damaged (\(text))", at: unsafe offset + count - Int(stream.avail_in))
          }
          if got == 0, result == Z_BUF_ERROR { break }
        }
        // The pointer ends with this closure.
        unsafe stream.next_in = nil
        unsafe stream.avail_in = 0
      }
      offset += count
    }
    if isOpen { throw truncated("gzip", after: written) }
  }

  private func zstd(_ sink: Sink) throws {
    guard let stream = unsafe ZSTD_createDStream() else { throw failure("zstd does not start", at: 0) }
    defer { unsafe ZSTD_freeDStream(stream) }
    var input = [UInt8](repeating: 0, count: Unpacking.inputSize)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: Unpacking.outputSize, alignment: 64)
    defer { unsafe output.deallocate() }
    var (offset, written, missing) = (0, 0, 1)
    while offset < store.count {
      try monitor.checkpoint("unpacking \(name)", Double(offset) / Double(store.count))
      let count = min(input.count, store.count - offset)
      try unsafe input.withUnsafeMutableBytes { bytes in
        try unsafe store.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
        var source = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: count, pos: 0)
        var isFull = true
        while unsafe source.pos < source.size || isFull {
          var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
          let result = unsafe ZSTD_decompressStream(stream, &target, &source)
          if ZSTD_isError(result) != 0 {
            throw zstdFailure(
              unsafe String(cString: ZSTD_getErrorName(result)), at: unsafe offset + source.pos)
          }
          let got = unsafe target.pos
          isFull = unsafe got == target.size
          // At the end of a frame an idle call would ask for the next one.
          if unsafe got > 0 || source.pos > 0 { missing = result }
          written += got
          if got > 0 { try unsafe sink(UnsafeRawBufferPointer(rebasing: output[..<got])) }
          if missing == 0, unsafe source.pos == source.size { break }
        }
      }
      offset += count
    }
    if missing != 0 { throw truncated("zstd", after: written) }
  }

  private func truncated(_ what: String, after written: Int) -> SegueError {
    failure("the \(what) data end in the middle, after \(written) bytes of text", at: store.count)
  }

  private func trailing(at offset: Int) -> SegueError {
    failure("something that is no gzip follows the gzip data", at: offset)
  }

  private func zstdFailure(_ text: String, at offset: Int) -> SegueError {
    guard text.contains("too much memory") else {
      return failure("the zstd data are damaged (\(text))", at: offset)
    }
    return SegueError.data(
      Diagnostic(
        "source.damaged", "this was packed with a window of more than 128 MiB", at: .init(file: name),
        hint: "unpack it: zstd -d --long=31 FILE"))
  }

  private func failure(_ message: String, at offset: Int) -> SegueError {
    SegueError.data(
      Diagnostic(
        "source.damaged", "\(message), at byte \(offset) of \(store.count)", at: .init(file: name),
        hint: "copy or download the file again"))
  }
}
