import COpenSSL
import SegueIngest

/// SHA-256 in lower-case hexadecimal.
enum Checksum {
  /// - Throws: where the bytes cannot be read.
  /// - Complexity: one pass; a megabyte of memory.
  static func sha256(_ store: ByteStore) throws -> String {
    let context = unsafe EVP_MD_CTX_new()
    defer { unsafe EVP_MD_CTX_free(context) }
    var succeeded = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    for start in stride(from: 0, to: store.count, by: 1 << 20) {
      let piece = try store.bytes(start..<(start + (1 << 20)))
      succeeded &= unsafe EVP_DigestUpdate(context, piece, piece.count)
    }
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    succeeded &= unsafe EVP_DigestFinal_ex(context, &digest, &length)
    precondition(succeeded == 1, "libcrypto offers SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    let text = digest[..<Int(length)].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
