import Segue
import Testing

@Suite("Settings")
struct StudyOptionsTests {
  private func read(_ yaml: String) throws -> StudyOptions {
    var settings = ResolvedOptions()
    try settings.read(yaml: yaml, file: "options.yaml")
    return settings.options
  }

  private func problem(_ yaml: String) throws -> Diagnostic {
    let error = #expect(throws: SegueError.self) { try read(yaml) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(error?.kind == .usage)
    #expect(diagnostic.location?.file == "options.yaml")
    return diagnostic
  }

  @Test("the template reads back as the defaults, and names every setting with its flag")
  func template() throws {
    let template = ResolvedOptions.template()
    #expect(try read(template) == StudyOptions())
    for setting in StudyOptions.settings {
      #expect(template.contains("--\(setting.flag)"), "\(setting.key)")
      #expect(template.contains(setting.meaning))
    }
    #expect(template.utf8.allSatisfy { $0 != 9 })
  }

  @Test("keys and flags are unique, and every setting says what it means and what it takes")
  func catalogue() {
    let settings = StudyOptions.settings
    #expect(Set(settings.map(\.key)).count == settings.count)
    #expect(Set(settings.map(\.flag)).count == settings.count)
    for setting in settings {
      #expect(setting.meaning.hasSuffix(".") && !setting.allowed.isEmpty, "\(setting.key)")
      #expect(setting.flag.allSatisfy { $0.isLowercase || $0 == "-" }, "\(setting.flag)")
      #expect(StudyOptions.setting(setting.key)?.key == setting.key)
    }
    #expect(StudyOptions.setting("clustering.K") == nil)
  }

  /// A value for each key that is not its default.
  static let others: [String: String] = [
    "ingest.onBadRow": "skip", "ingest.refunds": "exclude", "ingest.duplicates": "keep",
    "ingest.mergeCustomers": "email",
    "ingest.timeZone": "Europe/Berlin", "ingest.currency": "GBP", "ingest.delimiter": ";",
    "ingest.decimalMark": ",",
    "ingest.dateOrder": "dayFirst", "ingest.strict": "true", "ingest.kinds": "a.csv=orders",
    "ingest.columns": "amount=Net total",
    "rfm.asOf": "2024-05-06", "rfm.window": "365",
    "rfm.frequency": "orderDays", "rfm.monetary": "mean", "rfm.bins": "3",
    "rfm.binning": "rfmPackage", "rfm.recency": "cadence", "rfm.cuts": "recency=30,90.5,180",
    "rfm.segments": "klaviyo", "features.columns": "age, visits",
    "clustering.algorithm": "gmm", "clustering.seeding": "random", "clustering.covariance": "tied",
    "clustering.gamma": "1.5",
    "features.scaling": "robust", "features.transform": "none", "features.winsorize": "0.01",
    "features.outliers": "keep", "clustering.k": "4",
    "clustering.restarts": "12",
    "clustering.lifecycle": "together", "lifecycle.new": "1.5", "lifecycle.lapsing": "3",
    "lifecycle.lapsed": "6", "clustering.mostSegments": "7",
    "value.model": "paretonbd", "value.horizonDays": "90", "value.discount": "0.05", "value.margin": "0.35",
    "value.period": "quarter", "value.holdout": "2024-03-04", "segments.names": "Champions=Inner circle",
    "journey.stages": "aida",
    "journey.gapDays": "14", "backtest.cut": "2024-03-31", "seed": "42",
  ]

  @Test(
    "every setting can be set by its key, shows in the options, and survives the template",
    arguments: StudyOptions.settings.map(\.key))
  func every(key: String) throws {
    let value = try #require(StudyOptionsTests.others[key], "a new setting needs a value in this list")
    let settings = try Studies.settings([key: value])
    #expect(settings.options != StudyOptions())
    #expect(StudyOptions.setting(key)?.read(settings.options) == value)
    #expect(settings.origin(key) == .flag)
    let template = ResolvedOptions.template(settings.options)
    #expect(try read(template) == settings.options)
  }

  @Test("all settings together survive the template")
  func together() throws {
    let settings = try Studies.settings(StudyOptionsTests.others)
    #expect(try read(ResolvedOptions.template(settings.options)) == settings.options)
  }

  @Test(
    "names of files and headers may hold what YAML holds dear",
    arguments: [
      "Net: total", "a, b", "#1", "\"quoted\"", "back\\slash", "'single'", "{brace}", "- dash", "total = sum",
      "é ü", "yes", "two\nlines", "a=orders", "next\u{85}line",
    ])
  func names(header: String) throws {
    var options = StudyOptions()
    options.ingest.columns["orders.csv:amount"] = header
    options.ingest.kinds["exports/\(header).csv"] = .events
    #expect(try read(ResolvedOptions.template(options)) == options)
  }

  @Test("a feature's name may hold commas and quotes", arguments: ["a, b", "say \"x\"", "\"", ",", "plain"])
  func featureNames(name: String) throws {
    var options = StudyOptions()
    options.features.columns = [name, "age"]
    #expect(try read(ResolvedOptions.template(options)) == options)
    let setting = try #require(StudyOptions.setting("features.columns"))
    var flagged = StudyOptions()
    #expect(try setting.write(&flagged, setting.read(options)))
    #expect(flagged == options)
  }

  @Test("a flag about a file that is no input is a slip, an entry of the options file is not")
  func strangers() throws {
    let input = Input(path: "data/orders.csv", bytes: Array("customer_id,date,amount\na,2024-01-01,5\n".utf8))
    for (key, value) in [("ingest.kinds", "order.csv=orders"), ("ingest.columns", "order.csv:amount=amount")]
    {
      let flagged = try Studies.settings([key: value])
      let error = #expect(throws: SegueError.self) { try Study(flagged).inspect([input]) }
      #expect(error?.kind == .usage)
      #expect(error?.diagnostics.first?.code == "options.file")
      #expect(error?.diagnostics.first?.hint == "inputs are data/orders.csv")
    }
    _ = try Study(try Studies.settings(["ingest.kinds": "orders.csv=orders"])).inspect([input])
    var written = ResolvedOptions()
    try written.read(yaml: "ingest:\n  kinds: {other.csv: events}\n", file: "o.yml")
    _ = try Study(written).inspect([input])
  }

  @Test(
    "what inspect understood is understood again from the options file it writes",
    arguments: ["orders.csv", "a=b, c: d.csv", "it's \"odd\".csv", "#1 {x}.csv"])
  func roundTrip(name: String) throws {
    let header = "\"client, = \"\"A\"\"\",created at,net: total,net: total,€ state"
    let csv = header + "\n7,2024-01-01,5.50,1,paid\n8,2024-01-02,6.50,1,paid\n7,2024-01-03,1.50,2,open\n"
    let input = Input(path: name, bytes: Array(csv.utf8))
    var start = ResolvedOptions()
    for (role, header) in [("customer", "client, = \"A\""), ("amount", "#4"), ("status", "€ state")] {
      try start.set("ingest.columns", to: "\(name):\(role)=\(header)", origin: .flag)
    }
    let first = try Study(start).inspect([input])
    var again = ResolvedOptions()
    try again.read(yaml: InspectionText(first).options(start.options), file: "o.yml")
    let second = try Study(again).inspect([input])
    #expect(second[0].kind == first[0].kind && second[0].kind == .orders)
    #expect(second[0].columns.map(\.role) == first[0].columns.map(\.role))
    #expect(second[0].columns[3].role == .amount)
    #expect(second[0].guesses == [] && second[0].confidence == 1)
  }

  @Test("cut points of one's own are read as a list and as text, and refused with the dimensions there are")
  func cuts() throws {
    let listed = try read("rfm:\n  cuts:\n    recency: [30, 90.5]\n    monetary: \"-5, 1e3\"\n").rfm.cuts
    #expect(listed.recency == [30, 90.5] && listed.monetary == [-5, 1_000] && listed.frequency == nil)
    for yaml in ["{age: \"3\"}", "{recency: []}", "{recency: \"1, x\"}", "{monetary: \"nan\"}"] {
      #expect(try problem("rfm:\n  cuts: \(yaml)\n").code == "options.value")
    }
    // Both at once: the flag for one dimension leaves the file's other alone.
    var settings = ResolvedOptions()
    try settings.read(yaml: "rfm:\n  cuts: {recency: [1, 2], frequency: [3, 4]}\n", file: "o.yml")
    try settings.set("rfm.cuts", to: "recency=30,90", origin: .flag)
    #expect(settings.options.rfm.cuts.recency == [30, 90] && settings.options.rfm.cuts.frequency == [3, 4])
  }

  @Test("an unknown key is an error with its place and the nearest key")
  func unknownKey() throws {
    let nested = try problem("seed: 1\nclustering:\n  restart: 3\n")
    #expect(nested.code == "options.key")
    #expect(nested.location?.line == 3 && nested.location?.column == 3)
    #expect(nested.hint == "did you mean clustering.restarts?")
    let section = try problem("clusterin:\n  k: 3\n")
    #expect(section.code == "options.key" && section.location?.line == 1)
  }

  @Test(
    "a value that cannot be is an error with its place and what can be",
    arguments: [
      ("clustering:\n  k: 1\n", 2, "auto, or 2 to 1000"), ("rfm:\n  bins: ten\n", 2, "2 to 9"),
      ("seed: -1\n", 1, "0 and up"), ("ingest:\n  refunds: nett\n", 2, "net, exclude"),
      ("rfm:\n  asOf: 2024-02-30\n", 2, "YYYY-MM-DD, or auto for the day after the last order"),
      ("value:\n  margin: 1.5\n", 2, "above 0 and up to 1"),
      ("value:\n  discount: 10%\n", 2, "0 to 10, where 0.1 is 10% a year"),
      ("value:\n  discount: nan\n", 2, "0 to 10, where 0.1 is 10% a year"),
      ("value:\n  holdout: half\n", 2, "auto, off, or YYYY-MM-DD"),
      ("journey:\n  stages: ladder\n", 2, "fiveSteps, fourStages, sixStages, fourPhases, fiveStages, aida"),
      ("ingest:\n  kinds: {a.csv: order}\n", 2, "FILE=orders, customers, events or feedback"),
      (
        "rfm:\n  cuts: {recency: soon}\n", 2,
        "recency, frequency or monetary=rising numbers, as in recency=30,90,180,365"
      ),
      (
        "features:\n  columns: \",\"\n", 2,
        "names with commas between, all, or auto for recency, frequency and monetary"
      ),
    ])
  func badValue(yaml: String, line: Int, allowed: String) throws {
    let found = try problem(yaml)
    #expect(found.code == "options.value")
    #expect(found.location?.line == line)
    #expect(found.hint == "choose \(allowed)")
  }

  @Test(
    "what is no list of settings, or no YAML, is said so",
    arguments: ["- a\n- b\n", "just words", "a: [1,\n", "rfm: 5\n"])
  func notSettings(yaml: String) throws {
    #expect(try problem(yaml).code == "options.yaml")
  }

  @Test(
    "an empty file and empty sections change nothing",
    arguments: ["", "# nothing\n", "rfm:\nclustering: {}\n"])
  func empty(yaml: String) throws {
    #expect(try read(yaml) == StudyOptions())
  }
}
