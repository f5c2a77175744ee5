internal import SegueCore
internal import SegueIngest

/// The parts of an XLSX workbook (ECMA-376, transitional and strict): where its sheets are and how cells are meant.
struct Workbook {
  struct Sheet {
    var name: String
    var entry: String
    var isHidden: Bool
  }

  let archive: ZipArchive
  private(set) var sheets: [Sheet] = []
  /// Days count from 1904, as on old Macs.
  private(set) var startsIn1904 = false
  private(set) var sharedStringsEntry: String?
  private(set) var stylesEntry: String?

  /// - Returns: nil for an archive that is no workbook.
  init?(_ archive: ZipArchive, _ monitor: Monitor) throws {
    self.archive = archive
    let scratch = Scratch(name: archive.name, folder: "", monitor: monitor)
    var part = "xl/workbook.xml"
    if archive.has("_rels/.rels") {
      let links = Relationships()
      try XMLStream(archive: archive, entry: "_rels/.rels", scratch: scratch).parse(links)
      part = links.target(ofType: "/officeDocument", in: "") ?? part
    }
    guard archive.has(part), part.hasSuffix(".xml"), archive.has("[Content_Types].xml") else { return nil }
    let list = SheetList()
    try XMLStream(archive: archive, entry: part, scratch: scratch).parse(list)
    // A document or a presentation is built alike.
    guard list.isWorkbook else { return nil }
    let folder = String(part[..<(part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex)])
    let links = Relationships()
    let file = part.dropFirst(folder.count)
    let relationships = "\(folder)_rels/\(file).rels"
    if archive.has(relationships) {
      try XMLStream(archive: archive, entry: relationships, scratch: scratch).parse(links)
    }
    startsIn1904 = list.startsIn1904
    sharedStringsEntry = links.target(ofType: "/sharedStrings", in: folder).flatMap {
      archive.has($0) ? $0 : nil
    }
    stylesEntry = links.target(ofType: "/styles", in: folder).flatMap { archive.has($0) ? $0 : nil }
    sheets = list.sheets.compactMap { sheet in
      // Sheets of charts hold no cells.
      guard let entry = links.target(id: sheet.link, type: "/worksheet", in: folder), archive.has(entry)
      else { return nil }
      return Sheet(name: sheet.name, entry: entry, isHidden: sheet.isHidden)
    }
  }
}

/// `workbook.xml`.
private final class SheetList: XMLHandler {
  var sheets: [(name: String, link: String, isHidden: Bool)] = []
  var startsIn1904 = false
  var isWorkbook = false

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "workbook" { isWorkbook = true }
    if element == "workbookPr" { startsIn1904 = attributes.flag("date1904") }
    if element == "sheet", let name = attributes.string("name"), let link = attributes.string("id") {
      let state = attributes.string("state") ?? "visible"
      sheets.append((name, link, state != "visible"))
    }
  }
}

/// A `.rels` file: which part is where.
private final class Relationships: XMLHandler {
  private var links: [(id: String, type: String, target: String)] = []

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    guard element == "Relationship", let id = attributes.string("Id"), let type = attributes.string("Type"),
      let target = attributes.string("Target"), attributes.string("TargetMode") != "External"
    else { return }
    links.append((id, type, target))
  }

  func target(ofType type: String, in folder: String) -> String? {
    links.first { $0.type.hasSuffix(type) }.map { Relationships.path($0.target, in: folder) }
  }

  func target(id: String, type: String, in folder: String) -> String? {
    links.first { $0.id == id && $0.type.hasSuffix(type) }.map { Relationships.path($0.target, in: folder) }
  }

  /// Absolute from the root of the archive, else from the folder of the part.
  private static func path(_ target: String, in folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
