import SegueCore
import SegueIngest

/// One way to write a moment, and what of it the writing keeps.
struct DateLayout {
  var name: String
  var order = IngestOptions.DateOrder.auto
  var isSerial = false
  /// First and last year that can be written so.
  var years = 1_000...9_999
  /// Seconds that the layout can tell apart, from the day's start; 0 for whole moments.
  var step = 86_400
  private var write: @Sendable (Moment, inout Cells) -> String

  struct Moment {
    var day: CalendarDay
    var second: Int

    var seconds: Int64 { Int64(day.daysSinceEpoch) * 86_400 + Int64(second) }
    var civil: (year: Int, month: Int, day: Int) { day.civil }
    func two(_ number: Int) -> String { String(100 + number % 100).dropFirst().description }
    var clock: String { "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))" }
  }

  func moment(_ cells: inout Cells) -> Moment {
    let first = CalendarDay(year: years.lowerBound, month: 1, day: 1)!.daysSinceEpoch
    let last = CalendarDay(year: years.upperBound, month: 12, day: 31)!.daysSinceEpoch
    let days = Int(last - first) + 1
    return Moment(
      day: CalendarDay(daysSinceEpoch: first + Int32(cells.below(days))), second: cells.below(86_400))
  }

  func print(_ moment: Moment, _ cells: inout Cells) -> String { write(moment, &cells) }

  func kept(_ moment: Moment) -> Int64 { moment.seconds - Int64(moment.second % step) }

  private static let months: [[String]] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ],
    [
      "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
      "November", "Dezember",
    ],
    ["Jan.", "Feb.", "Mrz.", "Apr.", "Mai", "Jun.", "Jul.", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
      "novembre", "décembre",
    ],
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
      "noviembre", "diciembre",
    ],
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    ["ENE", "FÉV", "MÄR", "AVR", "MAI", "JUN", "JUL", "AOÛ", "SET", "OKT", "NOV", "DEZ"],
  ]

  static let all: [DateLayout] = [
    DateLayout(name: "ISO day") { moment, _ in moment.day.description },
    DateLayout(name: "ISO moment", step: 1) { moment, cells in
      moment.day.description + [" ", "T"][cells.below(2)] + moment.clock
        + ["", ".1", ".999999"][cells.below(3)]
    },
    DateLayout(name: "zoned moment", years: 1_001...9_998, step: 1) { moment, cells in
      let quarter = cells.below(73) - 36
      let local = LocalTime(seconds: moment.seconds + Int64(quarter) * 900)
      let second = Int(local.seconds - Int64(local.day.daysSinceEpoch) * 86_400)
      let there = Moment(day: local.day, second: second)
      let size = abs(quarter)
      let colon = [":", ""][cells.below(2)]
      let zone = (quarter < 0 ? "-" : "+") + there.two(size / 4) + colon + there.two(size % 4 * 15)
      let zero = ["Z", "z", " UTC", " GMT", "+00:00", "+00"][cells.below(6)]
      return "\(there.day)T\(there.clock)" + (quarter == 0 ? zero : zone)
    },
    DateLayout(name: "slashed, year first") { moment, _ in
      let (year, month, day) = moment.civil
      return "\(year)/\(month)/\(day)"
    },
    DateLayout(name: "day first", order: .dayFirst) { moment, cells in
      let (year, month, day) = moment.civil
      return ["\(day)", "\(month)", "\(year)"].joined(separator: ["/", ".", "-"][cells.below(3)])
    },
    DateLayout(name: "month first with a clock of twelve hours", order: .monthFirst, step: 60) {
      moment, cells in
      let (year, month, day) = moment.civil
      let hour = moment.second / 3_600
      let half = [hour < 12 ? "AM" : "PM", hour < 12 ? "am" : "pm"][cells.below(2)]
      return "\(moment.two(month))/\(moment.two(day))/\(year) \(hour % 12 == 0 ? 12 : hour % 12):"
        + moment.two(moment.second / 60 % 60) + [" ", ""][cells.below(2)] + half
    },
    DateLayout(name: "day first, short year", order: .dayFirst, years: 1_970...2_069) { moment, _ in
      let (year, month, day) = moment.civil
      return "\(moment.two(day)).\(moment.two(month)).\(moment.two(year))"
    },
    DateLayout(name: "year first, short year", order: .yearFirst, years: 1_970...2_069) { moment, _ in
      let (year, month, day) = moment.civil
      return "\(moment.two(year))-\(moment.two(month))-\(moment.two(day))"
    },
    DateLayout(name: "day and month's name") { moment, cells in
      let (year, month, day) = moment.civil
      let name = months[cells.below(months.count)][month - 1]
      let isCutShort = name.hasSuffix(".")
      switch cells.below(isCutShort ? 3 : 6) {
      case 0: return "\(day) \(name) \(year)"
      case 1: return "\(day). \(name) \(year)"
      case 2: return "\(moment.two(day))-\(name)-\(year)"
      case 3: return "\(day) de \(name) de \(year)"
      case 4: return "\(day)th \(name), \(year)"
      default: return "\(day).\(name).\(year)"
      }
    },
    DateLayout(name: "month's name and day", step: 1) { moment, cells in
      let (year, month, day) = moment.civil
      let name = months[cells.below(months.count)][month - 1]
      return "\(name) \(day)" + [", ", " ", "th, ", "th "][cells.below(4)] + "\(year) " + moment.clock
    },
    DateLayout(name: "eight digits", years: 1_900...2_199) { moment, _ in
      let (year, month, day) = moment.civil
      return "\(year)\(moment.two(month))\(moment.two(day))"
    },
    DateLayout(name: "epoch", years: 2_002...2_285, step: 1) { moment, cells in
      let fraction = String(1_000_000 + cells.below(1_000_000)).dropFirst()
      return "\(moment.seconds)"
        + ["", "\(fraction.prefix(3))", "\(fraction)", ".\(fraction)"][cells.below(4)]
    },
    DateLayout(name: "spreadsheet day", isSerial: true, years: 1_955...2_118) { moment, cells in
      "\(Int(moment.day.daysSinceEpoch) + 25_569)" + ["", ".0", ",0"][cells.below(3)]
    },
    DateLayout(name: "spreadsheet moment", isSerial: true, years: 1_955...2_118, step: 1) { moment, cells in
      let serial = Double(moment.day.daysSinceEpoch) + 25_569 + Double(moment.second) / 86_400
      let text = "\((serial * 1e9).rounded() / 1e9)"
      return cells.below(2) == 0 ? text : text.replacing(".", with: ",")
    },
  ]

  private init(
    name: String, order: IngestOptions.DateOrder = .auto, isSerial: Bool = false,
    years: ClosedRange<Int> = 1_000...9_999, step: Int = 86_400,
    write: @escaping @Sendable (Moment, inout Cells) -> String
  ) {
    self.name = name
    self.order = order
    self.isSerial = isSerial
    self.years = years
    self.step = step
    self.write = write
  }
}
