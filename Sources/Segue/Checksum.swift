import COpenSSL
import SegueIngest

/// SHA-256 and what is made of it; text is lower-case hexadecimal.
package enum Checksum {
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
    return hexadecimal(digest[..<Int(length)])
  }

  package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let succeeded = unsafe EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
    precondition(succeeded == 1 && length == 32, "libcrypto offers SHA-256")
    return digest
  }

  /// HMAC-SHA-256 (RFC 2104).
  package struct MAC: Sendable {
    private let key: [UInt8]

    package init(key: [UInt8]) { self.key = key }

    package func code(of message: some Sequence<UInt8>) -> [UInt8] {
      let message = Array(message)
      var code = [UInt8](repeating: 0, count: 32)
      var length: UInt32 = 0
      let found = unsafe HMAC(
        EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
      unsafe precondition(found != nil && length == 32, "libcrypto offers HMAC")
      return code
    }
  }
}
