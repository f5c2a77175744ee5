internal import SegueCore

/// How the number in a cell is meant: its format decides whether it is a date.
package enum NumberMeaning: Equatable {
  case number
  /// A day, or a day and a time.
  case dateTime
  case timeOfDay
  /// `[h]:mm`: hours that go on beyond a day.
  case duration

  /// ECMA-376, 18.8.30: what the formats mean that are not spelled out in the file.
  init(builtIn id: Int) {
    self =
      switch id {
      case 14...17, 22, 27...31, 34...36, 50...58: .dateTime
      case 18...21, 32, 33, 45, 47: .timeOfDay
      case 46: .duration
      default: .number
      }
  }

  /// A format code: `dd/mm/yyyy hh:mm`, `[$-409]d\-mmm\-yy`, `0.00 "days"`.
  package init(format: String) {
    var (hasDay, hasTime, isElapsed) = (false, false, false)
    var rest = format.prefix { $0 != ";" }
    while let symbol = rest.popFirst() {
      switch symbol {
      case "\\", "_", "*": _ = rest.popFirst()
      case "\"":
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }.lowercased()
        if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { isElapsed = true }
        rest = rest.dropFirst(inside.count + 1)
      case "y", "Y", "d", "D": hasDay = true
      case "h", "H", "s", "S": hasTime = true
      case "m", "M":
        // Months where there is no hour or second about.
        let around = format.lowercased()
        if !around.contains("h") && !around.contains("s") || rest.lowercased().hasPrefix("mm") {
          hasDay = true
        }
      default: break
      }
    }
    self = isElapsed ? .duration : hasDay ? .dateTime : hasTime ? .timeOfDay : .number
  }
}

/// `styles.xml`: by the style of a cell, what its number means.
final class CellStyles: XMLHandler {
  private var formats: [Int: NumberMeaning] = [:]
  private var meanings: [NumberMeaning] = []
  private var isInCells = false

  subscript(style: Int) -> NumberMeaning {
    meanings.indices.contains(style) ? meanings[style] : .number
  }

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "numFmt", let id = attributes.string("numFmtId").flatMap(Int.init) {
      formats[id] = NumberMeaning(format: attributes.string("formatCode") ?? "")
    } else if element == "cellXfs" {
      isInCells = true
    } else if isInCells, element == "xf" {
      let id = attributes.string("numFmtId").flatMap(Int.init) ?? 0
      meanings.append(formats[id] ?? NumberMeaning(builtIn: id))
    }
  }

  func end(_ element: XMLName) {
    if element == "cellXfs" { isInCells = false }
  }
}
