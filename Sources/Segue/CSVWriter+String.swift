import SegueIngest

extension CSVWriter {
  static func append(_ text: String, to output: inout [UInt8]) {
    let bytes = Array(text.utf8)
    append(bytes.span, to: &output)
  }
}
