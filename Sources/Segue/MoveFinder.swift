import SegueCore
import SegueFeatures

/// The smallest change of one attribute that puts somebody into another segment, in scaled units; in the attribute's own
/// units it is rounded away from where it was, to a number people use.
///
/// Which attributes people can change the data does not say: all are tried.
struct MoveFinder: Sendable {
  struct Move: Sendable, Equatable {
    /// Position among the model's sources.
    var source: Int
    /// As in ``ModelColumns/put(_:of:into:at:)``.
    var value: Double
    /// `70 → 52`, `Month-to-month → Two year`.
    var from: String
    var to: String
    /// In scaled units.
    var size: Double
    var segment: Int
  }

  static let columns = ["move", "move_to", "move_text"]
  private let labels: [String]
  private let names: [String]
  private let units: [Unit]
  private let columns: ModelColumns
  private let placer: Placer

  init(_ model: StudyModel, _ columns: ModelColumns, _ placer: Placer) {
    (self.columns, self.placer) = (columns, placer)
    labels = columns.sources.map(\.treatment.label)
    names = model.segments.map(\.name)
    units = columns.sources.map { source in model.features[source.columns[0]].unit }
  }

  /// - Parameters:
  ///   - rows: scaled rows, of which `row` is meant.
  ///   - raw: what the sources of those rows said; NaN where nothing.
  /// - Complexity: O(k·d) an attribute and segment.
  func move(_ rows: [Double], raw: [Double], _ row: Int, rule: Int, segment: Int) -> Move? {
    let (width, count) = (columns.width, columns.sources.count)
    let point = Array(rows[row * width..<(row + 1) * width])
    var best: Move?
    for source in 0..<count {
      let value = raw[row * count + source]
      // What is not known is not changed.
      guard !value.isNaN else { continue }
      let found =
        columns.sources[source].isNumber
        ? number(point, value, source, rule, segment, closerThan: best?.size ?? .infinity)
        : level(point, value, source, rule, segment)
      if let found, found.size < best?.size ?? .infinity { best = found }
    }
    return best
  }

  // MARK: Numbers

  private func number(
    _ point: [Double], _ value: Double, _ source: Int, _ rule: Int, _ segment: Int,
    closerThan limit: Double
  ) -> Move? {
    let column = columns.sources[source].columns[0]
    var trial = point
    func segmentAt(_ scaled: Double) -> Int {
      trial[column] = scaled
      return placer.segment(of: trial, rule: rule)
    }
    let borders = borders(point, column, rule, segment, segmentAt)
    var best: Move?
    for border in borders.sorted(by: { ($0.magnitude, $0) < ($1.magnitude, $1) }).prefix(4)
    where border.magnitude < min(limit, best?.size ?? .infinity) {
      guard let target = rounded(columns.restored(point[column] + border, column), from: value, source) else {
        continue
      }
      for step in 0..<4 {
        let raw = target.value + Double(step) * target.step
        guard isAllowed(raw, value, column) else { break }
        let scaled = columns.scaled(raw, column)
        let reached = segmentAt(scaled)
        guard reached != segment else { continue }
        let size = (scaled - point[column]).magnitude
        if size < best?.size ?? .infinity {
          best = Move(
            source: source, value: raw, from: text(value), to: text(raw), size: size, segment: reached)
        }
        break
      }
    }
    return best
  }

  /// How far along a column the nearest borders of the segment lie, either way.
  private func borders(
    _ point: [Double], _ column: Int, _ rule: Int, _ segment: Int, _ segmentAt: (Double) -> Int
  ) -> [Double] {
    let width = columns.width
    if let places = placer.places(ofRule: rule) {
      // Where two places are as far: d_b² − d_a² = 2·δ·(b − a) in that column.
      func square(_ place: Int) -> Double {
        (0..<width).reduce(0) {
          $0 + (point[$1] - places[place * width + $1]) * (point[$1] - places[place * width + $1])
        }
      }
      let count = places.count / width
      let squares = (0..<count).map(square)
      let own = squares.indices.min { squares[$0] < squares[$1] }!
      return (0..<count).compactMap { other in
        let apart = places[other * width + column] - places[own * width + column]
        guard other != own, apart != 0 else { return nil }
        return (squares[other] - squares[own]) / (2 * apart)
      }
    }
    return [-1.0, 1.0].compactMap { direction in
      // Within six standard deviations, by quarters.
      guard
        let outer = (1...24).first(where: { segmentAt(point[column] + direction * Double($0) / 4) != segment }
        )
      else { return nil }
      var (inside, outside) = (Double(outer - 1) / 4, Double(outer) / 4)
      for _ in 0..<20 {
        let middle = (inside + outside) / 2
        if segmentAt(point[column] + direction * middle) == segment {
          inside = middle
        } else {
          outside = middle
        }
      }
      return direction * outside
    }
  }

  /// The next number people use beyond a border: two digits of the change, whole days and counts.
  private func rounded(_ border: Double, from value: Double, _ source: Int) -> (value: Double, step: Double)?
  {
    let change = border - value
    guard change.isFinite, change != 0 else { return nil }
    var step = 1.0
    while step * 100 <= change.magnitude { step *= 10 }
    while step * 10 > change.magnitude, step > 1e-9 { step /= 10 }
    if units[source] == .days || units[source] == .count || value == value.rounded() && value.magnitude >= 20
    {
      step = max(1, step)
    }
    let target =
      change > 0 ? (border / step).rounded(.up) * step : (border / step).rounded(.down) * step
    return (target, change > 0 ? step : -step)
  }

  /// Not beyond what counts, and not below zero where it was not.
  private func isAllowed(_ raw: Double, _ value: Double, _ column: Int) -> Bool {
    let (lowest, highest) = columns.limits(column)
    if value >= 0, raw < 0 { return false }
    return raw >= lowest ?? -.infinity && raw <= highest ?? .infinity
  }

  private func text(_ value: Double) -> String {
    value == value.rounded()
      ? NumberText.fixed(value)
      : NumberText.fixed(value, value.magnitude >= 100 ? 1 : value.magnitude >= 1 ? 2 : 4)
  }

  // MARK: Categories

  private func level(
    _ point: [Double], _ value: Double, _ source: Int, _ rule: Int, _ segment: Int
  ) -> Move? {
    let own = columns.sources[source]
    guard value >= 0 else { return nil }
    let isFlag = own.treatment.kind == .flag
    // Of a flag's many words one yes and one no will do.
    let candidates = isFlag ? columns.flagChoices(source) : Array(own.treatment.levels.indices)
    var best: Move?
    for candidate in candidates {
      var trial = point
      columns.put(Double(candidate), of: source, into: &trial, at: 0)
      let size = zip(trial, point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      guard size > 0, size < best?.size ?? .infinity else { continue }
      let reached = placer.segment(of: trial, rule: rule)
      guard reached != segment else { continue }
      best = Move(
        source: source, value: Double(candidate), from: word(own, Int(value)), to: word(own, candidate),
        size: size,
        segment: reached)
    }
    return best
  }

  private func word(_ source: ModelColumns.Source, _ index: Int) -> String {
    String(decoding: source.texts[index], as: UTF8.self)
  }

  // MARK: In words

  func sentence(_ move: Move) -> String {
    let label = labels[move.source]
    return
      "\(label.prefix(1).uppercased())\(label.dropFirst()) from \(move.from) to \(move.to) moves them to "
      + "\(names[move.segment])."
  }

  func append(_ move: Move?, _ format: AssignedFormat, to output: inout [UInt8]) {
    let cells = move.map { move in
      ["\(labels[move.source]): \(move.from) → \(move.to)", names[move.segment], sentence(move)]
    }
    AssignedText.append(cells ?? ["", "", ""], keys: ["move", "moveTo", "moveText"], format, to: &output)
  }
}
