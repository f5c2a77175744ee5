/// Every row that could not be used, by place in the bytes of its file: some 30 bytes a row, and the files are kept.
///
/// Rows of days that the study does not look at are not in it: nothing is wrong with them.
public struct RejectList: Sendable {
  public struct Entry: Sendable, Hashable {
    /// Index into `files`.
    public var file: Int32
    public var reason: SetAsideReason
    /// Counts from 1.
    public var line: Int
    /// Where the row stands in the file's bytes, decoded to UTF-8, without its line end.
    public var bytes: Range<Int>
  }

  /// Names as the user gave them.
  public private(set) var files: [String] = []
  private var stores: [ByteStore] = []
  /// In order of file and line.
  public private(set) var entries: [Entry] = []

  public init() {}

  public var count: Int { entries.count }
  public var isEmpty: Bool { entries.isEmpty }

  /// The row as it stands in its file.
  public func row(_ index: Int) throws -> String {
    let entry = entries[index]
    return String(decoding: try stores[Int(entry.file)].bytes(entry.bytes), as: UTF8.self)
  }

  /// Appends `file,line,reason,row` and a line per entry, as RFC 4180 with CRLF ends.
  ///
  /// - Parameter withRows: false leaves the rows out, which are customer data.
  ///
  /// A cell a spreadsheet would take for a formula gets an apostrophe in front.
  ///
  /// - Throws: ``SegueCore/SegueError`` `ingest.unreadable` if a file has gone meanwhile.
  /// - Complexity: O(bytes written); files are read a megabyte at a time.
  public func writeCSV(into output: inout [UInt8], withRows: Bool = true) throws {
    output.append(contentsOf: "file,line,reason\(withRows ? ",row" : "")\r\n".utf8)
    var windows = stores.map { ByteWindow($0) }
    for entry in entries {
      let name = Array(files[Int(entry.file)].utf8)
      CSVWriter.append(name.span, to: &output)
      output.append(contentsOf: ",\(entry.line),\(entry.reason.rawValue)".utf8)
      if withRows {
        output.append(UInt8(ascii: ","))
        try windows[Int(entry.file)].read(entry.bytes) { CSVWriter.append($0, to: &output) }
      }
      output.append(13)
      output.append(10)
    }
  }

  mutating func addFile(_ store: ByteStore) -> Int32 {
    files.append(store.name)
    stores.append(store)
    return Int32(files.count - 1)
  }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  mutating func append(_ some: [Entry]) { entries += some }

  mutating func sort() {
    entries.sort { ($0.file, $0.bytes.lowerBound) < ($1.file, $1.bytes.lowerBound) }
  }
}
