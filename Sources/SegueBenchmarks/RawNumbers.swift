import Glibc

/// Numbers as they lie in memory, in files without any header.
enum RawNumbers {
  /// `count` numbers, and the file holds no more.
  static func read<Number: BitwiseCopyable>(_ path: String, count: Int) throws -> [Number] {
    guard let file = unsafe fopen(path, "rb") else { throw Failure(path: path) }
    defer { unsafe fclose(file) }
    return try unsafe [Number](unsafeUninitializedCapacity: count) { numbers, found in
      found = unsafe fread(numbers.baseAddress, MemoryLayout<Number>.stride, count, file)
      guard found == count, unsafe fgetc(file) == EOF else { throw Failure(path: path) }
    }
  }

  static func write<Number: BitwiseCopyable>(_ numbers: [Number], to path: String) throws {
    guard let file = unsafe fopen(path, "wb") else { throw Failure(path: path) }
    let written = unsafe numbers.withUnsafeBufferPointer { buffer in
      unsafe fwrite(buffer.baseAddress, MemoryLayout<Number>.stride, buffer.count, file)
    }
    guard unsafe fclose(file) == 0, written == numbers.count else { throw Failure(path: path) }
  }

  private struct Failure: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) cannot be read or written, or is not as long as was said" }
  }
}
