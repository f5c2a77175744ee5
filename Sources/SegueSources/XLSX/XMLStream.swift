internal import CExpat
internal import SegueCore

/// Receives the events of an XML document. Names come without their prefix.
protocol XMLHandler: AnyObject {
  /// - Throws: ends the reading.
  func start(_ element: XMLName, _ attributes: XMLAttributes) throws
  func end(_ element: XMLName) throws
  /// Text in pieces; only while ``wantsText`` is true.
  func text(_ bytes: UnsafeRawBufferPointer) throws
  var wantsText: Bool { get }
  /// True once everything that was looked for is known.
  var isDone: Bool { get }
}

extension XMLHandler {
  func end(_ element: XMLName) throws {}
  func text(_ bytes: UnsafeRawBufferPointer) throws {}
  var wantsText: Bool { false }
  var isDone: Bool { false }
}

/// A name of an element or attribute, as bytes that end with zero.
@safe
struct XMLName {
  private let local: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    var local = unsafe name
    var place = unsafe name
    while unsafe place.pointee != 0 {
      if unsafe place.pointee == 0x3A { unsafe local = place + 1 }
      unsafe place += 1
    }
    unsafe self.local = local
  }

  @inline(__always)
  static func == (name: XMLName, word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    for index in 0..<length where unsafe UInt8(bitPattern: name.local[index]) != word.utf8Start[index] {
      return false
    }
    return unsafe name.local[length] == 0
  }

  @inline(__always)
  static func != (name: XMLName, word: StaticString) -> Bool { !(name == word) }
}

/// The attributes of an element, valid while it is handled.
@safe
struct XMLAttributes {
  private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { unsafe self.list = list }

  /// The value as bytes that end with zero.
  @inline(__always)
  func bytes(_ name: StaticString) -> UnsafePointer<CChar>? {
    guard var place = unsafe list else { return nil }
    while let found = unsafe place[0] {
      if unsafe XMLName(found) == name { return unsafe place[1] }
      unsafe place += 2
    }
    return nil
  }

  func string(_ name: StaticString) -> String? {
    unsafe bytes(name).map { unsafe String(cString: $0) }
  }

  func flag(_ name: StaticString) -> Bool { ["1", "true"].contains(string(name) ?? "") }
}

/// Feeds an entry of an archive through Expat.
struct XMLStream {
  let archive: ZipArchive
  let entry: String
  let scratch: Scratch

  /// Between a handler and C.
  @safe
  private final class Bridge {
    let handler: any XMLHandler
    var parser: OpaquePointer?
    var error: (any Error)?

    init(_ handler: any XMLHandler) { self.handler = handler }

    func attempt(_ body: () throws -> Void) {
      guard error == nil else { return }
      do {
        try body()
        if !handler.isDone { return }
      } catch {
        self.error = error
      }
      unsafe XML_StopParser(parser, 0)
    }

    static func of(_ pointer: UnsafeMutableRawPointer?) -> Bridge {
      unsafe Unmanaged<Bridge>.fromOpaque(pointer!).takeUnretainedValue()
    }
  }

  func parse(_ handler: any XMLHandler) throws {
    guard let parser = unsafe XML_ParserCreate(nil) else { throw problem("Expat does not start", line: 0) }
    defer { unsafe XML_ParserFree(parser) }
    let bridge = Bridge(handler)
    unsafe bridge.parser = parser
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(bridge).toOpaque())
    unsafe XML_SetElementHandler(parser) { data, name, attributes in
      let bridge = unsafe Bridge.of(data)
      bridge.attempt { try unsafe bridge.handler.start(XMLName(name!), XMLAttributes(attributes)) }
    } _: { data, name in
      let bridge = unsafe Bridge.of(data)
      bridge.attempt { try unsafe bridge.handler.end(XMLName(name!)) }
    }
    unsafe XML_SetCharacterDataHandler(parser) { data, text, count in
      let bridge = unsafe Bridge.of(data)
      guard bridge.handler.wantsText else { return }
      bridge.attempt {
        try unsafe bridge.handler.text(UnsafeRawBufferPointer(start: text, count: Int(count)))
      }
    }
    // Workbooks declare no entities; what does is after something else.
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      let bridge = unsafe Bridge.of(data)
      bridge.attempt { throw DoctypeFound() }
    }
    try withExtendedLifetime(bridge) { try unsafe feed(parser, bridge) }
  }

  private struct DoctypeFound: Error {}

  private func feed(_ parser: OpaquePointer, _ bridge: Bridge) throws {
    let size = 1 << 16
    try unsafe archive.read(entry) {
      guard let buffer = unsafe XML_GetBuffer(parser, Int32(size)) else {
        throw problem("memory ran out", line: 0)
      }
      return unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size)
    } _: { got, isEnd in
      try scratch.monitor.checkpoint("reading \(scratch.name)")
      let status = unsafe XML_ParseBuffer(parser, Int32(got), isEnd ? 1 : 0)
      if let error = bridge.error {
        throw error is DoctypeFound ? problem("there is a document type in it", line: 0) : error
      }
      if bridge.handler.isDone { return false }
      guard status == XML_STATUS_OK else {
        let text =
          unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) } ?? "error"
        throw problem(text, line: Int(unsafe XML_GetCurrentLineNumber(parser)))
      }
      return true
    }
  }

  private func problem(_ text: String, line: Int) -> SegueError {
    let place = line > 0 ? ", line \(line)" : ""
    return SegueError.data(
      Diagnostic(
        "xlsx.xml", "\(entry) in the workbook is damaged (\(text)\(place))", at: .init(file: scratch.name),
        hint: "open it in a spreadsheet program and save it again"))
  }
}
