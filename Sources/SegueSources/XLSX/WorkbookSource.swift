internal import SegueCore
internal import SegueIngest

/// Sheets of a workbook as tables.
struct WorkbookSource {
  let workbook: Workbook
  let name: InputName
  let path: String
  let original: ByteStore
  let scratch: Scratch

  func tables() throws -> [OpenTable] {
    if case .query = name.selection {
      throw SegueError.usage(
        Diagnostic(
          "source.selection", "a workbook answers no queries", at: .init(file: name.displayName),
          hint: "name one of its sheets: \(workbook.sheets.map(\.name).joined(separator: ", "))"))
    }
    let strings = SharedStrings(name: name.displayName)
    if let entry = workbook.sharedStringsEntry { try parse(entry, strings) }
    let styles = CellStyles()
    if let entry = workbook.stylesEntry { try parse(entry, styles) }

    var isNamed = false
    if case .table = name.selection { isNamed = true }
    // Hidden sheets hold what a workbook computes with; they are read if somebody asks for them.
    let offered = workbook.sheets.filter { isNamed || !$0.isHidden }
    let choice = TableChoice(name: name, holder: "workbook", noun: "sheet", tables: offered.map(\.name))
    let chosen = try choice.chosen { sheet in
      guard let entry = offered.first(where: { $0.name == sheet })?.entry else { return true }
      let look = reader(name.displayName, strings, styles, writer: nil)
      try parse(entry, look)
      return look.isEmpty
    }
    return try chosen.map { sheet in
      let entry = offered.first { $0.name == sheet }!.entry
      var named = name
      // The only one there is goes by the name of its file.
      if name.selection != nil { named.selection = .table(sheet) }
      var scratch = scratch
      scratch.name = named.displayName
      let reader = reader(named.displayName, strings, styles, writer: TableWriter(scratch))
      try parse(entry, reader)
      if reader.isEmpty {
        throw SegueError.data(
          Diagnostic(
            "ingest.empty", "there is nothing in this sheet", at: .init(file: named.displayName),
            hint: "name another one"))
      }
      let input = Input(
        path: name.selection == nil ? path : path + "#" + sheet, displayName: named.displayName,
        store: try reader.finishedWriter().finish(), original: original, scratchFolder: scratch.folder)
      return OpenTable(input: input, identity: name.identity(of: sheet))
    }
  }

  private func reader(
    _ name: String, _ strings: SharedStrings, _ styles: CellStyles, writer: consuming TableWriter?
  ) -> SheetReader {
    SheetReader(
      name, strings: strings, styles: styles, dates: SerialDate(startsIn1904: workbook.startsIn1904),
      writer: writer)
  }

  private func parse(_ entry: String, _ handler: any XMLHandler) throws {
    try XMLStream(archive: workbook.archive, entry: entry, scratch: scratch).parse(handler)
  }
}
