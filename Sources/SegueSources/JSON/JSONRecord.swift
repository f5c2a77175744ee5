internal import SegueCore

/// One JSON object as cells: nested objects with dotted names, lists of plain values joined with `;`, lists of keys
/// and values (GA4's `event_params`) with the key in the name, any other list as JSON.
struct JSONRecord {
  private(set) var columns = ColumnNames()
  /// Where the cells of this record stand, by column.
  private var cells: [Cell] = []
  /// Counts records, so that cells of earlier ones need no clearing.
  private var record = 0
  /// Texts that do not stand in the input as they are.
  private var made: [UInt8] = []
  /// The dotted name of the object at hand, with its last dot.
  private var path: [UInt8] = []

  private struct Cell {
    var record = 0
    var start = 0
    var end = 0
    var isMade = false
  }

  private static let dot = UInt8(ascii: ".")

  /// Takes in the object that starts at `start` and returns where it ends.
  mutating func read(_ text: JSONText, from start: Int) throws(JSONFault) -> Int {
    record += 1
    made.removeAll(keepingCapacity: true)
    path.removeAll(keepingCapacity: true)
    columns.startRecord()
    return try object(text, start, depth: 0)
  }

  /// The cells of the first `count` columns, as a row.
  func write(_ text: JSONText, count: Int, to writer: inout TableWriter) throws {
    for column in 0..<count {
      guard column < cells.count, cells[column].record == record else {
        try writer.emptyField()
        continue
      }
      let cell = cells[column]
      if cell.isMade {
        try unsafe made.withUnsafeBytes {
          try unsafe writer.field(UnsafeRawBufferPointer(rebasing: $0[cell.start..<cell.end]))
        }
      } else {
        try unsafe writer.field(text.bytes(cell.start..<cell.end))
      }
    }
    try writer.endRow()
  }

  private mutating func object(_ text: JSONText, _ start: Int, depth: Int) throws(JSONFault) -> Int {
    let outer = path.count
    return try text.members(start, depth: depth) { (key, place) throws(JSONFault) in
      let first = try text.byte(place)
      if first == UInt8(ascii: "{") {
        extendPath(text, key)
        path.append(JSONRecord.dot)
        let end = try object(text, place, depth: depth + 1)
        path.removeSubrange(outer...)
        return end
      }
      if first == UInt8(ascii: "[") {
        extendPath(text, key)
        let end = try list(text, place, depth: depth + 1)
        path.removeSubrange(outer...)
        return end
      }
      if outer == 0, !key.hasEscapes {
        return try scalar(
          text, place, column: unsafe column(text.bytes(key.start..<key.end), text, key.start))
      }
      extendPath(text, key)
      let end = try scalar(text, place, column: pathColumn(text, key.start))
      path.removeSubrange(outer...)
      return end
    }
  }

  private mutating func extendPath(_ text: JSONText, _ key: JSONText.Quoted) {
    if key.hasEscapes {
      text.unescape(key, into: &path)
    } else {
      unsafe path.append(contentsOf: text.bytes(key.start..<key.end))
    }
  }

  private mutating func pathColumn(_ text: JSONText, _ place: Int) throws(JSONFault) -> Int {
    // The closure cannot throw a typed error, and the name must not be copied.
    let found = unsafe path.withUnsafeBytes { unsafe columns.column($0) }
    return try checked(found, text, place)
  }

  private mutating func column(
    _ name: UnsafeRawBufferPointer, _ text: JSONText, _ place: Int
  ) throws(JSONFault) -> Int {
    try checked(unsafe columns.column(name), text, place)
  }

  private mutating func checked(_ column: Int?, _ text: JSONText, _ place: Int) throws(JSONFault) -> Int {
    guard let column else {
      throw text.wrong(
        "this is one key more than \(ColumnNames.limit) different ones", at: place,
        hint: "keys that hold data, such as ids, belong into values: export one record per id")
    }
    if column >= cells.count { cells.append(Cell()) }
    return column
  }

  /// A string, a number, a truth or null into a column; returns where it ends.
  @inline(__always)
  private mutating func scalar(_ text: JSONText, _ start: Int, column: Int) throws(JSONFault) -> Int {
    guard try text.byte(start) == UInt8(ascii: "\"") else {
      let end = try text.literal(start)
      let isNull = try text.byte(start) == UInt8(ascii: "n")
      cells[column] = Cell(record: isNull ? 0 : record, start: start, end: end)
      return end
    }
    let quoted = try text.string(start)
    if quoted.hasEscapes {
      let from = made.count
      text.unescape(quoted, into: &made)
      cells[column] = Cell(record: record, start: from, end: made.count, isMade: true)
    } else {
      cells[column] = Cell(record: record, start: quoted.start, end: quoted.end)
    }
    return quoted.end + 1
  }

  /// A list under the name in `path`.
  private mutating func list(_ text: JSONText, _ start: Int, depth: Int) throws(JSONFault) -> Int {
    var (hasPlain, hasNested) = (false, false)
    let end = try text.elements(start, depth: depth) { (place) throws(JSONFault) in
      let first = try text.byte(place)
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        hasNested = true
      } else {
        hasPlain = true
      }
      return try text.value(place, depth: depth + 1)
    }
    if hasNested, !hasPlain, try isKeyed(text, start, depth: depth) {
      try keyed(text, start, depth: depth)
      return end
    }
    let column = try pathColumn(text, start)
    let from = made.count
    if hasNested {
      unsafe made.append(contentsOf: text.bytes(start..<end))
    } else {
      _ = try text.elements(start, depth: depth) { (place) throws(JSONFault) in
        if made.count > from { made.append(UInt8(ascii: ";")) }
        return try plain(text, place)
      }
    }
    cells[column] = Cell(record: record, start: from, end: made.count, isMade: true)
    return end
  }

  /// A plain value as text behind what was made so far.
  private mutating func plain(_ text: JSONText, _ start: Int) throws(JSONFault) -> Int {
    if try text.byte(start) == UInt8(ascii: "\"") {
      let quoted = try text.string(start)
      text.unescape(quoted, into: &made)
      return quoted.end + 1
    }
    let end = try text.literal(start)
    if try text.byte(start) != UInt8(ascii: "n") { unsafe made.append(contentsOf: text.bytes(start..<end)) }
    return end
  }
}

// MARK: - Lists of keys and values

extension JSONRecord {
  /// What an element of a list of keys and values holds.
  private struct Pair {
    var key: JSONText.Quoted?
    var value: Int?
    var hasOthers = false
  }

  private func pair(_ text: JSONText, _ start: Int, depth: Int) throws(JSONFault) -> (pair: Pair, end: Int) {
    var pair = Pair()
    let end = try text.members(start, depth: depth) { (key, place) throws(JSONFault) in
      let isString = try text.byte(place) == UInt8(ascii: "\"")
      if isString, JSONRecord.isOne(text, key, of: ["key", "name"]) {
        pair.key = try text.string(place)
      } else if JSONRecord.isOne(text, key, of: ["value"]) {
        pair.value = place
      } else {
        pair.hasOthers = true
      }
      return try text.value(place, depth: depth + 1)
    }
    return (pair, end)
  }

  /// Whether each element is `{"key": "…", "value": …}`, where the value is plain or has members like `int_value`.
  private func isKeyed(_ text: JSONText, _ start: Int, depth: Int) throws(JSONFault) -> Bool {
    var fits = true
    _ = try text.elements(start, depth: depth) { (place) throws(JSONFault) in
      guard try text.byte(place) == UInt8(ascii: "{") else {
        fits = false
        return try text.value(place, depth: depth + 1)
      }
      let (pair, end) = try pair(text, place, depth: depth + 1)
      guard pair.key != nil, let value = pair.value, !pair.hasOthers else {
        fits = false
        return end
      }
      switch try text.byte(value) {
      case UInt8(ascii: "["): fits = false
      case UInt8(ascii: "{"):
        _ = try text.members(value, depth: depth + 2) { (name, inner) throws(JSONFault) in
          let first = try text.byte(inner)
          let isTyped =
            JSONRecord.ends(text, name, with: "_value") || JSONRecord.isOne(text, name, of: JSONRecord.stamps)
          if !isTyped || first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { fits = false }
          return try text.value(inner, depth: depth + 3)
        }
      default: break
      }
      return end
    }
    return fits
  }

  /// GA4 writes beside a user property when it was set.
  private static let stamps: [StaticString] = ["set_timestamp_micros"]

  private mutating func keyed(_ text: JSONText, _ start: Int, depth: Int) throws(JSONFault) {
    let outer = path.count
    path.append(JSONRecord.dot)
    _ = try text.elements(start, depth: depth) { (place) throws(JSONFault) in
      let (pair, end) = try pair(text, place, depth: depth + 1)
      guard let key = pair.key, let value = pair.value else { return end }
      extendPath(text, key)
      let column = try pathColumn(text, key.start)
      if try text.byte(value) == UInt8(ascii: "{") {
        _ = try text.members(value, depth: depth + 2) { (name, inner) throws(JSONFault) in
          let isNull = try text.byte(inner) == UInt8(ascii: "n")
          if isNull || !JSONRecord.ends(text, name, with: "_value") {
            return try text.value(inner, depth: depth + 3)
          }
          return try scalar(text, inner, column: column)
        }
      } else {
        _ = try scalar(text, value, column: column)
      }
      path.removeSubrange((outer + 1)...)
      return end
    }
    path.removeSubrange(outer...)
  }

  private static func isOne(_ text: JSONText, _ key: JSONText.Quoted, of words: [StaticString]) -> Bool {
    words.contains { word in
      key.end - key.start == word.utf8CodeUnitCount && ends(text, key, with: word)
    }
  }

  private static func ends(_ text: JSONText, _ key: JSONText.Quoted, with word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard key.end - key.start >= length else { return false }
    return unsafe text.bytes(key.end - length..<key.end).elementsEqual(
      UnsafeBufferPointer(start: word.utf8Start, count: length))
  }
}
