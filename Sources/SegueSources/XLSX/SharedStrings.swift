internal import SegueCore

/// The texts that the cells of a workbook share, one after the other in memory.
final class SharedStrings: XMLHandler {
  /// Excel's own files hold some 100 MiB of them at the most.
  private static let limit = 1 << 30

  private let name: String
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  private var isInText = false
  /// Depth of phonetic hints, which stand beside the text.
  private var phonetic = 0

  init(name: String) { self.name = name }

  func range(_ index: Int) -> Range<Int>? {
    guard ends.indices.contains(index) else { return nil }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  var wantsText: Bool { isInText }

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "t" { isInText = phonetic == 0 } else if element == "rPh" { phonetic += 1 }
  }

  func end(_ element: XMLName) {
    if element == "t" {
      isInText = false
    } else if element == "rPh" {
      phonetic -= 1
    } else if element == "si" {
      CellText.unescape(&bytes, from: ends.last ?? 0)
      ends.append(bytes.count)
    }
  }

  func text(_ piece: UnsafeRawBufferPointer) throws {
    guard bytes.count + piece.count <= SharedStrings.limit, ends.count < 1 << 26 else {
      throw SegueError.data(
        Diagnostic(
          "xlsx.size", "the texts of this workbook take more than a gigabyte", at: .init(file: name),
          hint: "save the sheet as CSV"))
    }
    unsafe bytes.append(contentsOf: piece)
  }
}

enum CellText {
  /// Resolves `_x000D_` and its like, which stand for what XML cannot hold (ECMA-376, 22.4.2.4).
  static func unescape(_ bytes: inout [UInt8], from start: Int) {
    guard bytes.count - start >= 7 else { return }
    var (read, write) = (start, start)
    while read < bytes.count {
      if bytes[read] == UInt8(ascii: "_"), read + 6 < bytes.count, bytes[read + 1] == UInt8(ascii: "x"),
        bytes[read + 6] == UInt8(ascii: "_"), let code = unit(bytes[(read + 2)..<(read + 6)]),
        code != 0, let scalar = Unicode.Scalar(code)
      {
        for byte in String(scalar).utf8 {
          bytes[write] = byte
          write += 1
        }
        read += 7
      } else {
        if read != write { bytes[write] = bytes[read] }
        read += 1
        write += 1
      }
    }
    bytes.removeSubrange(write...)
  }

  private static func unit(_ digits: ArraySlice<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for digit in digits {
      guard let part = JSONText.hex(digit) else { return nil }
      value = value << 4 | part
    }
    return value
  }
}
