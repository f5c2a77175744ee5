import SegueCore
import SegueIngest

/// A table of customers with a model's attributes as columns, matched by name: what `segue features` writes, a study's
/// `segments.csv`, or the customers file a study was made of.
///
/// Case, blanks and underscores do not count, nor does `customer.` before a name. A category may stand there as one
/// column with its level or as the model's columns of 0 and 1.
struct AttributeSheet: Sendable {
  let table: RowTable
  private let columns: ModelColumns
  private let stages: [[UInt8]]
  private let ruleOfStage: [Int]
  /// What is read of each row: one slot a source, then the slots of columns of 0 and 1, then the stage.
  private var slots: [RowTable.Column] = []
  /// By source: the feature and the slot of each column that stands there as such.
  private var parts: [[(feature: Int, slot: Int)]]
  private var stageSlot: Int?
  /// The column that names rows.
  private(set) var id: Int?
  /// Labels of attributes that the table does not have.
  private(set) var missing: [String] = []
  /// Whether the model parts customers and the table does not say where they belong.
  var lacksStage: Bool { !ruleOfStage.isEmpty && stageSlot == nil }
  private(set) var matched = 0
  var hasAges: Bool {
    slots.contains { slot in
      if case .age = slot.reading { slot.place != nil } else { false }
    }
  }

  /// - Parameter day: what ages count to.
  init(_ table: RowTable, _ model: StudyModel, _ columns: ModelColumns, _ placer: Placer, day: CalendarDay?) {
    self.table = table
    self.columns = columns
    var texts: [[UInt8]] = []
    var rules: [Int] = []
    if let ruleOfStage = placer.ruleOfStage {
      for stage in Lifecycle.Stage.allCases {
        for text in [stage.name, stage.rawValue] {
          texts.append(Array(text.utf8))
          rules.append(ruleOfStage[stage.rawValue] ?? Placer.anyGroup)
        }
      }
    }
    (stages, ruleOfStage) = (texts, rules)
    var free: [String: Int] = [:]
    for (place, header) in table.headers.enumerated() where free[FeatureCells.plain(header)] == nil {
      free[FeatureCells.plain(header)] = place
    }
    func take(_ name: String) -> Int? { free.removeValue(forKey: FeatureCells.plain(name)) }
    let customer = table.customer
    if let customer, customer.isGiven { _ = take(table.headers[customer.place]) }
    if !texts.isEmpty, let place = take("lifecycle") {
      stageSlot = 0
      slots.append(RowTable.Column(place, .level(texts)))
    }
    // Names in full first, so that "customer.frequency" does not take the place of "frequency".
    var places = columns.sources.map { take($0.name) }
    for (index, source) in columns.sources.enumerated() where places[index] == nil {
      places[index] = take(FeaturesFile.header(source.name))
    }
    parts = columns.sources.map { _ in [] }
    for (index, source) in columns.sources.enumerated() {
      let reading: RowTable.Reading =
        switch source.treatment.kind {
        case .number: .number
        case .date: day.map { .age(to: $0.daysSinceEpoch) } ?? .number
        case .flag, .category: .level(source.texts)
        }
      sourceSlots.append(slots.count)
      slots.append(RowTable.Column(places[index], reading))
      // The mark of a missing value, and levels as columns, stand beside or instead.
      for (feature, name) in zip(source.columns, source.featureNames) where name != source.name {
        guard let place = take(name) ?? take(FeaturesFile.header(name)) else { continue }
        parts[index].append((feature, slots.count))
        slots.append(RowTable.Column(place, .number))
      }
      if places[index] == nil, parts[index].count < source.columns.count {
        missing.append(source.treatment.label)
      } else {
        matched += 1
      }
    }
    if let customer, customer.isGiven || free.values.contains(customer.place) { id = customer.place }
  }

  /// Slot of each source.
  private var sourceSlots: [Int] = []

  /// Rows on their way through a worker.
  struct Worker: Sendable {
    var rows: [Double] = []
    /// Values in their own units, rows × sources, where they are asked for.
    var raw: [Double] = []
    var rules: [Int] = []
    var placed = Placer.Placed()
    var output: [UInt8] = []
    var tally = AssignTally()
  }

  /// Turns a block into scaled rows, with the rule of each.
  func encode(_ block: RowBlock, keepsRaw: Bool, into worker: inout Worker) {
    worker.raw.removeAll(keepingCapacity: true)
    let width = columns.width
    if worker.rows.count < block.count * width {
      worker.rows += [Double](repeating: 0, count: block.count * width - worker.rows.count)
    }
    worker.rules.removeAll(keepingCapacity: true)
    let count = slots.count
    for row in 0..<block.count {
      let base = row * count
      for index in sourceSlots.indices {
        let value = block.values[base + sourceSlots[index]]
        if value == RowTable.unknownLevel, !columns.sources[index].isNumber {
          worker.tally.unknown[index, default: 0] += 1
        }
        if keepsRaw { worker.raw.append(value) }
        columns.put(value, of: index, into: &worker.rows, at: row * width)
        for part in parts[index] {
          let own = block.values[base + part.slot]
          if !own.isNaN { worker.rows[row * width + part.feature] = columns.scaled(own, part.feature) }
        }
      }
      guard !ruleOfStage.isEmpty else { continue }
      let stage = stageSlot.map { block.values[base + $0] } ?? .nan
      let rule = stage.isNaN || stage < 0 ? Placer.anyGroup : ruleOfStage[Int(stage)]
      if rule == Placer.anyGroup { worker.tally.withoutGroup += 1 }
      worker.rules.append(rule)
    }
  }

  /// Reads all rows.
  ///
  /// - Returns: rows set aside.
  func forEachPart(
    _ monitor: Monitor, read: @escaping @Sendable (inout Worker, RowBlock) throws -> Void,
    merge: (consuming Worker) throws -> Void
  ) throws -> Int {
    try table.forEachPart(slots, id: id, monitor, make: { Worker() }, read: read, merge: merge)
  }
}

/// What is counted while rows are placed.
struct AssignTally: Sendable {
  var rows = 0
  /// By position of the segment.
  var segments: [Int] = []
  /// Rows of segments large enough to tell, and those of them that lie farther out than 99 % of their segment.
  var judged = 0
  var far = 0
  /// By source: texts the model does not know.
  var unknown: [Int: Int] = [:]
  var withoutGroup = 0
  var rowsAside = 0

  mutating func take(_ placed: Placer.Placed, _ novelty: Novelty) {
    for row in placed.segments.indices {
      let segment = placed.segments[row]
      while segments.count <= segment { segments.append(0) }
      segments[segment] += 1
      rows += 1
      guard let isFar = novelty.isFar(placed.distances[row], of: segment) else { continue }
      judged += 1
      if isFar { far += 1 }
    }
  }

  mutating func add(_ other: AssignTally) {
    rows += other.rows
    for (segment, count) in other.segments.enumerated() {
      while segments.count <= segment { segments.append(0) }
      segments[segment] += count
    }
    judged += other.judged
    far += other.far
    unknown.merge(other.unknown, uniquingKeysWith: +)
    withoutGroup += other.withoutGroup
    rowsAside += other.rowsAside
  }
}
