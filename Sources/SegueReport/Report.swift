public import SegueCore
public import SegueJourney
public import SeguePersona
public import SegueProfile

/// All that a report shows, as values; `html()` sets it, and reads nothing else.
///
/// Text may come from customer data and is escaped wherever it is shown. Nothing in here names a customer.
public struct Report: Sendable {
  /// The data set: `Online Retail`.
  public var title: String
  /// What stands beside the title, in short pieces: `4,338 customers`, `1 Dec 2010 – 9 Dec 2011`.
  public var facts: [String]
  /// The finding in a sentence, and what to know before believing it.
  public var headline: String
  public var summary: String
  public var tiles: [Tile]
  /// Segments in the order of the report.
  public var study: StudyProfile
  public var map: SegmentMap?
  public var kinship: Kinship?
  public var grid: RFMGrid?
  public var personas: [Persona]
  public var journeys: [JourneyMap]
  /// Of all customers, or of the main one of `groups`.
  public var scan: Scan?
  /// Empty where customers were clustered in one.
  public var groups: [Group]
  /// What was foretold at a past day, held against what came next; nil where the data is too short for it.
  public var backtest: Backtest?
  /// What became of the segments of an earlier study; nil where there is none.
  public var changes: StudyChanges?
  public var ledger: Ledger?
  public var joins: [Join]
  public var formedOn: FormedOn?
  public var settings: [Setting]
  public var inputs: [Input]
  public var remarks: [Remark]
  /// Of the program that made the study.
  public var version: String
  /// The day the study looks from; never the day of printing.
  public var asOf: CalendarDay?

  public init(
    title: String, facts: [String] = [], headline: String, summary: String = "", tiles: [Tile] = [],
    study: StudyProfile, map: SegmentMap? = nil, kinship: Kinship? = nil, grid: RFMGrid? = nil,
    personas: [Persona] = [], journeys: [JourneyMap] = [], scan: Scan? = nil, groups: [Group] = [],
    ledger: Ledger? = nil,
    joins: [Join] = [], formedOn: FormedOn? = nil, settings: [Setting] = [],
    inputs: [Input] = [], remarks: [Remark] = [], version: String, asOf: CalendarDay? = nil
  ) {
    self.title = title
    self.facts = facts
    self.headline = headline
    self.summary = summary
    self.tiles = tiles
    self.study = study
    self.map = map
    self.kinship = kinship
    self.grid = grid
    self.personas = personas
    self.journeys = journeys
    self.scan = scan
    self.groups = groups
    self.ledger = ledger
    self.joins = joins
    self.formedOn = formedOn
    self.settings = settings
    self.inputs = inputs
    self.remarks = remarks
    self.version = version
    self.asOf = asOf
  }

  /// The report as one file: no script, no request, the same bytes for the same values.
  public func html() -> String { page.document() }
}
