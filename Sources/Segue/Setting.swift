import SegueClustering
import SegueIngest
import SegueCore
import SegueFeatures
import SegueJourney

/// One knob: its spelling in YAML and on the command line, its meaning, and the way to its property.
///
/// Flags, the options file, `segue options` and the manifest all go through this list, so a setting
/// has one name, one reader and one place where its text is checked.
public struct Setting: Sendable {
  /// `clustering.k`: section and key of the options file.
  public var key: String
  /// `k`: the flag without its dashes.
  public var flag: String
  public var meaning: String
  /// What may be said: `auto, or 2 and up`.
  public var allowed: String
  /// Of a setting that holds `name=value` entries: those it holds.
  package var entries: (@Sendable (StudyOptions) -> [String: String])?
  /// The value as the options file would write it.
  public var read: @Sendable (StudyOptions) -> String
  /// False if the text is not a value of this setting; throws for a file that it names and that cannot be used.
  public var write: @Sendable (inout StudyOptions, String) throws -> Bool
}

extension StudyOptions {
  /// In the order of the options file.
  public static let settings: [Setting] = [
    choice("ingest.onBadRow", "on-bad-row", "What an unreadable row does.", \.ingest.onBadRow),
    choice(
      "ingest.refunds", "refunds", "Whether refunds lower what was spent, or sales count as they were made.",
      \.ingest.refunds),
    choice(
      "ingest.duplicates", "duplicates", "What becomes of rows that repeat exactly.", \.ingest.duplicates),
    choice(
      "ingest.mergeCustomers", "merge-customers",
      "What makes customers with different ids one customer.", \.ingest.mergeCustomers),
    text(
      "ingest.timeZone", "tz", "Zone in which days are counted.", "an IANA name such as Europe/Berlin",
      \.ingest.timeZone),
    Setting(
      key: "ingest.currency", flag: "currency",
      meaning: "Keep only rows in this currency; names it where the file does not.",
      allowed: "an ISO code such as GBP, or any", read: { $0.ingest.currency ?? "any" },
      write: { options, text in
        guard text == "any" || (text.count == 3 && text.allSatisfy(\.isLetter)) else { return false }
        options.ingest.currency = text == "any" ? nil : text.uppercased()
        return true
      }),
    choice("ingest.delimiter", "delimiter", "Between the fields of a file.", \.ingest.delimiter),
    choice("ingest.decimalMark", "decimal", "Decimal mark of the numbers in a file.", \.ingest.decimalMark),
    choice("ingest.dateOrder", "date-order", "How 03/04/2024 reads.", \.ingest.dateOrder),
    Setting(
      key: "ingest.strict", flag: "strict",
      meaning: "Refuse guesses about what files and columns are.", allowed: "true, false",
      read: { $0.ingest.strict.description },
      write: { options, text in
        guard let value = Bool(text) else { return false }
        options.ingest.strict = value
        return true
      }),
    dictionary(
      "ingest.kinds", "kind", "What a file is, where the guess is wrong.",
      "FILE=orders, customers, events or feedback", \.ingest.kinds.spelled
    ) { options, name, value in
      guard let kind = TableKind(rawValue: value) else { return false }
      options.ingest.kinds[name] = kind
      return true
    },
    dictionary(
      "ingest.columns", "column", "Which column plays a role, where the guess is wrong.",
      "ROLE=HEADER, with FILE:ROLE for one file", \.ingest.columns
    ) { options, name, value in
      let role = name.split(separator: ":").last.map(String.init) ?? name
      guard ColumnRole(rawValue: role) != nil else { return false }
      options.ingest.columns[name] = value
      return true
    },

    Setting(
      key: "rfm.asOf", flag: "as-of", meaning: "The day recency counts to; later rows are set aside.",
      allowed: "YYYY-MM-DD, or auto for the day after the last order",
      read: { $0.rfm.asOf?.description ?? "auto" },
      write: { options, text in
        let day = CalendarDay(iso: text)
        guard day != nil || text == "auto" else { return false }
        options.rfm.asOf = day
        return true
      }),
    optionalNumber(
      "rfm.window", "window", "Days before the as-of day that count; earlier rows are set aside.",
      1...36_500, \.rfm.window, otherwise: "all"),
    choice(
      "rfm.recency", "recency", "What recency counts: days, or usual gaps of each customer.", \.rfm.recency),
    choice("rfm.frequency", "frequency", "What frequency counts.", \.rfm.frequency),
    choice("rfm.monetary", "monetary", "What monetary sums.", \.rfm.monetary),
    number("rfm.bins", "bins", "Scores per dimension.", 2...9, \.rfm.bins),
    choice("rfm.binning", "binning", "How values become scores.", \.rfm.binning),
    dictionary(
      "rfm.cuts", "cuts", "Cut points of your own, one fewer than bins.",
      "recency, frequency or monetary=rising numbers, as in recency=30,90,180,365", \.rfm.cuts.spelled
    ) { options, name, value in
      guard let dimension = RFMOptions.Dimension(rawValue: name) else { return false }
      let cuts = value.listed.map { Double($0) ?? .nan }
      guard !cuts.isEmpty, cuts.allSatisfy(\.isFinite) else { return false }
      options.rfm.cuts[dimension] = cuts
      return true
    },
    Setting(
      key: "rfm.segments", flag: "segments", meaning: "The table from scores to names.",
      allowed: SegmentTable.ids.joined(separator: ", ") + ", or a YAML file such as mine.yaml",
      read: { $0.rfm.segments },
      write: { options, text in
        let isFile = SegmentTable.isFile(text)
        guard isFile || SegmentTable.ids.contains(text) else { return false }
        options.rfm.ownSegments = isFile ? try SegmentTable(file: text).checked() : nil
        options.rfm.segments = text
        return true
      }),

    Setting(
      key: "features.columns", flag: "features", meaning: "What customers are clustered on.",
      allowed: "names with commas between, all, or auto for recency, frequency and monetary",
      read: {
        $0.features.columns.isEmpty ? "auto" : $0.features.columns.map(\.asListItem).joined(separator: ", ")
      },
      write: { options, text in
        let names = text.listed
        guard !names.isEmpty else { return false }
        options.features.columns = names == ["auto"] ? [] : names
        return true
      }),
    choice("features.scaling", "scaling", "How features are made comparable.", \.features.scaling),
    choice("features.transform", "transform", "How skewed features are reshaped.", \.features.transform),
    Setting(
      key: "features.winsorize", flag: "winsorize",
      meaning: "How far values go before they count as the limit they lie beyond.",
      allowed: "auto, off, a share such as 0.01 at each end, or robust standard deviations such as 5",
      read: { $0.features.winsorize.rawValue },
      write: { options, text in
        guard let value = Winsorizing(rawValue: text) else { return false }
        options.features.winsorize = value
        return true
      }),
    choice(
      "features.outliers", "outliers", "Rows far from all others: with the others, or a segment apart.",
      \.features.outliers),

    choice("clustering.algorithm", "algorithm", "The method that splits rows.", \.clustering.algorithm),
    optionalNumber("clustering.k", "k", "Number of segments.", 2...1_000, \.clustering.k),
    optionalNumber(
      "clustering.restarts", "restarts", "Starts of k-means, of which the best counts.", 1...10_000,
      \.clustering.restarts),
    choice("clustering.seeding", "seeding", "Where k-means starts.", \.clustering.seeding),
    choice(
      "clustering.covariance", "covariance", "Shape of the components of a mixture.", \.clustering.covariance),
    Setting(
      key: "clustering.gamma", flag: "gamma",
      meaning: "What a category that differs costs k-prototypes, in squared scaled distance.",
      allowed: "auto, or 0 and up", read: { $0.clustering.gamma.map { $0.description } ?? "auto" },
      write: { options, text in
        let value = Double(text)
        guard text == "auto" || value.map({ $0 >= 0 && $0.isFinite }) == true else { return false }
        options.clustering.gamma = value
        return true
      }),
    number(
      "clustering.mostSegments", "most-segments", "Largest number of segments tried by auto.", 2...30,
      \.clustering.mostSegments),
    choice(
      "clustering.lifecycle", "lifecycle",
      "Whether current, lapsed and one-time customers are clustered each by themselves.",
      \.clustering.lifecycle),

    gaps(
      "lifecycle.new", "new-within", "How many usual gaps after the first order a customer is new.",
      \.lifecycle.new),
    gaps(
      "lifecycle.lapsing", "lapsing-after", "Own usual gaps of silence from which on a customer is lapsing.",
      \.lifecycle.lapsing),
    gaps(
      "lifecycle.lapsed", "lapsed-after", "Own usual gaps of silence from which on a customer is lapsed.",
      \.lifecycle.lapsed),

    choice(
      "value.model", "value-model",
      "The model of when customers order; auto takes the likelier of the first two.",
      \.value.forecast.model),
    number(
      "value.horizonDays", "horizon-days", "Days that are looked ahead.", 1...3_650,
      \.value.forecast.horizonDays),
    decimal(
      "value.discount", "discount", "What money a year away is worth less.",
      "0 to 10, where 0.1 is 10% a year", { (0...10).contains($0) }, \.value.forecast.discount),
    decimal(
      "value.margin", "margin", "What is earned of a unit of revenue.", "above 0 and up to 1",
      { $0 > 0 && $0 <= 1 }, \.value.forecast.margin),
    choice(
      "value.period", "period", "Under bgbb: the period in which a customer buys or does not.", \.value.period
    ),
    Setting(
      key: "value.holdout", flag: "holdout",
      meaning: "The day from which on orders are kept from the model, to see whether it foretells them.",
      allowed: "auto, off, or YYYY-MM-DD", read: { $0.value.holdout.rawValue },
      write: { options, text in
        guard let value = HoldoutChoice(rawValue: text) else { return false }
        options.value.holdout = value
        return true
      }),

    .segmentNames,

    Setting(
      key: "journey.stages", flag: "stages", meaning: "Stages of the journey maps.",
      allowed: StageModel.all.map(\.id).joined(separator: ", "), read: { $0.journey.stages },
      write: { options, text in
        guard StageModel.named(text) != nil else { return false }
        options.journey.stages = text
        return true
      }),
    number(
      "journey.gapDays", "gap-days", "Days of silence that end a journey.", 1...3_650, \.journey.gapDays),

    Setting(
      key: "backtest.cut", flag: "cut",
      meaning: "The last day that methods may know when they are tested on what customers did next.",
      allowed: "YYYY-MM-DD, auto to leave a quarter of the days for testing, 90 at most, or off",
      read: { $0.backtest.cut.rawValue },
      write: { options, text in
        guard let value = BacktestOptions.Cut(rawValue: text) else { return false }
        options.backtest.cut = value
        return true
      }),

    Setting(
      key: "seed", flag: "seed", meaning: "One number for every use of chance.", allowed: "0 and up",
      read: { $0.seed.description },
      write: { options, text in
        guard let value = UInt64(text) else { return false }
        options.seed = Seed(value)
        return true
      }),
  ]

  public static func setting(_ key: String) -> Setting? { settings.first { $0.key == key } }
}

// MARK: Kinds of settings

private typealias Path<Value> = any WritableKeyPath<StudyOptions, Value> & Sendable

private func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
  _ key: String, _ flag: String, _ meaning: String, _ path: Path<Choice>
) -> Setting where Choice.RawValue == String {
  Setting(
    key: key, flag: flag, meaning: meaning,
    // Marks stand in quotes, or "auto, ,, ;" would have to be deciphered.
    allowed: Choice.allCases.map(\.rawValue).map {
      $0.allSatisfy { $0.isLetter || $0.isNumber } ? $0 : "\"\($0)\""
    }
    .joined(separator: ", "),
    read: { $0[keyPath: path].rawValue },
    write: { options, text in
      guard let value = Choice(rawValue: text) else { return false }
      options[keyPath: path] = value
      return true
    })
}

private func text(
  _ key: String, _ flag: String, _ meaning: String, _ allowed: String, _ path: Path<String>
) -> Setting {
  Setting(
    key: key, flag: flag, meaning: meaning, allowed: allowed, read: { $0[keyPath: path] },
    write: { options, text in
      guard !text.isEmpty else { return false }
      options[keyPath: path] = text
      return true
    })
}

private func number(
  _ key: String, _ flag: String, _ meaning: String, _ range: ClosedRange<Int>, _ path: Path<Int>
) -> Setting {
  Setting(
    key: key, flag: flag, meaning: meaning, allowed: "\(range.lowerBound) to \(range.upperBound)",
    read: { String($0[keyPath: path]) },
    write: { options, text in
      guard let value = Int(text), range.contains(value) else { return false }
      options[keyPath: path] = value
      return true
    })
}

private func gaps(
  _ key: String, _ flag: String, _ meaning: String, _ path: Path<Double>
) -> Setting {
  Setting(
    key: key, flag: flag, meaning: meaning, allowed: "a number above 0, up to 1000",
    read: { options in
      let text = options[keyPath: path].description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    },
    write: { options, text in
      guard let value = Double(text), value > 0, value <= 1_000 else { return false }
      options[keyPath: path] = value
      return true
    })
}

private func optionalNumber(
  _ key: String, _ flag: String, _ meaning: String, _ range: ClosedRange<Int>, _ path: Path<Int?>,
  otherwise none: String = "auto"
) -> Setting {
  Setting(
    key: key, flag: flag, meaning: meaning,
    allowed: "\(none), or \(range.lowerBound) to \(range.upperBound)",
    read: { $0[keyPath: path].map(String.init) ?? none },
    write: { options, text in
      let value = Int(text)
      guard text == none || value.map(range.contains) == true else { return false }
      options[keyPath: path] = value
      return true
    })
}

private func decimal(
  _ key: String, _ flag: String, _ meaning: String, _ allowed: String,
  _ isAllowed: @escaping @Sendable (Double) -> Bool, _ path: Path<Double>
) -> Setting {
  Setting(
    key: key, flag: flag, meaning: meaning, allowed: allowed,
    read: { $0[keyPath: path].description },
    write: { options, text in
      guard let value = Double(text), isAllowed(value) else { return false }
      options[keyPath: path] = value
      return true
    })
}

private func dictionary(
  _ key: String, _ flag: String, _ meaning: String, _ allowed: String,
  _ path: any KeyPath<StudyOptions, [String: String]> & Sendable,
  _ set: @escaping @Sendable (inout StudyOptions, String, String) -> Bool
) -> Setting {
  Setting(
    key: key, flag: flag, meaning: meaning, allowed: allowed,
    entries: { $0[keyPath: path] },
    read: { options in
      options[keyPath: path].sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
        separator: ", ")
    },
    write: { options, text in
      // Names of files and headers may hold a "=" too: the first that leaves a name and a value ends the name.
      text.indices.contains { mark in
        guard text[mark] == "=" else { return false }
        let name = String(text[..<mark]).trimmingBlanks
        let value = String(text[text.index(after: mark)...]).trimmingBlanks
        return !name.isEmpty && !value.isEmpty && set(&options, name, value)
      }
    })
}

extension [String: TableKind] {
  fileprivate var spelled: [String: String] { mapValues(\.rawValue) }
}

extension RFMOptions.OwnCuts {
  fileprivate var spelled: [String: String] {
    var found: [String: String] = [:]
    for dimension in RFMOptions.Dimension.allCases {
      found[dimension.rawValue] = self[dimension]?.map(RFMScores.spelled).joined(separator: ",")
    }
    return found
  }
}

extension StringProtocol {
  var trimmingBlanks: String {
    var text = Substring(self)
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }
}

extension String {
  /// The names in a list with commas between; those that hold a comma stand in double quotes, quotes doubled.
  var listed: [String] {
    var names: [String] = []
    var name = ""
    var isQuoted = false
    for character in self {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted {
        names.append(name)
        name = ""
      } else {
        name.append(character)
      }
    }
    names.append(name)
    return names.map { name in
      let bare = name.trimmingBlanks
      guard bare.count > 1, bare.first == "\"", bare.last == "\"" else { return bare }
      return String(bare.dropFirst().dropLast().replacing("\"\"", with: "\""))
    }.filter { !$0.isEmpty }
  }

  /// As it stands in a list.
  var asListItem: String {
    contains(",") || contains("\"") ? "\"" + replacing("\"", with: "\"\"") + "\"" : self
  }
}
