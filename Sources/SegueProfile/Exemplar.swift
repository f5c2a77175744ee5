public import SegueCore
import SegueFeatures
import SegueNumerics

/// One of the customers nearest the centre of a segment, by a mark and with rounded figures.
///
/// The mark stands in the column `exemplar` of `segments.csv`; who may read that file can look the customer up.
public struct Exemplar: Sendable, Codable, Hashable {
  public struct Value: Sendable, Codable, Hashable {
    /// Of the attribute or feature.
    public var name: String
    public var label: String
    public var unit: Unit
    /// To two significant digits; nil for categories.
    public var number: Double?
    /// Nil for numbers, and for levels that fewer than ten customers have.
    public var level: String?

    public init(name: String, label: String, unit: Unit, number: Double? = nil, level: String? = nil) {
      (self.name, self.label, self.unit) = (name, label, unit)
      (self.number, self.level) = (number, level)
    }
  }

  /// `2-a`: the id of the segment, and a the nearest.
  public var mark: String
  /// What was clustered on, then a few attributes that set the segment apart.
  public var values: [Value]

  static let most = 3

  public init(mark: String, values: [Value]) {
    (self.mark, self.values) = (mark, values)
  }

  /// - Parameters:
  ///   - labels: position of each row's segment.
  ///   - distances: of each row to the centre of its segment.
  /// - Returns: rows by segment, nearest first; none for segments that are not described.
  package static func rows(_ profile: StudyProfile, labels: [Int32], distances: [Double]) -> [[Int]] {
    var nearest = [[Int]](repeating: [], count: profile.segments.count)
    for (row, label) in labels.enumerated() where profile.segments[Int(label)].isDescribed {
      var own = nearest[Int(label)]
      guard own.count < most || distances[row] < distances[own[own.count - 1]] else { continue }
      own.insert(row, at: own.firstIndex { distances[row] < distances[$0] } ?? own.count)
      nearest[Int(label)] = Array(own.prefix(most))
    }
    return nearest
  }

  /// - Parameter place: 0 for the nearest.
  package static func mark(_ segment: Segment, _ place: Int) -> String {
    "\(segment.id)-\(["a", "b", "c"][place])"
  }

  static func significant(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var power = 1.0
    while value.magnitude >= power * 100 { power *= 10 }
    var inverse = 1.0
    while value.magnitude * inverse < 10 * power, power == 1 { inverse *= 10 }
    return (value / power * inverse).rounded() / inverse * power
  }
}

extension Profiler {
  /// Puts the customers nearest their centres into the profile.
  ///
  /// - Parameters:
  ///   - labels: position of each row's segment in the profile.
  ///   - distances: of each row to the centre of its segment.
  /// - Complexity: O(n).
  public func addExemplars(to profile: inout StudyProfile, labels: [Int32], distances: [Double]) {
    for (index, rows) in Exemplar.rows(profile, labels: labels, distances: distances).enumerated()
    where !rows.isEmpty {
      let segment = profile.segments[index]
      let apart = attributesApart(segment)
      profile.segments[index].exemplars = rows.enumerated().map { place, row in
        Exemplar(
          mark: Exemplar.mark(segment.segment, place),
          values: featureValues(row) + apart.map { value($0, row, profile) })
      }
    }
  }

  private func featureValues(_ row: Int) -> [Exemplar.Value] {
    // Levels of a category are several columns, which the attribute itself says better.
    features.features.enumerated().filter { $0.element.shape == .number }.map { column, feature in
      Exemplar.Value(
        name: feature.name, label: feature.label, unit: feature.unit,
        number: Exemplar.significant(features.raw[row, column]))
    }
  }

  /// Attributes with one value a customer that set the segment apart, the strongest first.
  private func attributesApart(_ segment: SegmentProfile) -> [Attribute] {
    var found: [Attribute] = []
    for trait in segment.notable where found.count < 4 {
      guard let attribute = attributes.first(where: { $0.name == trait.attribute }),
        !found.contains(where: { $0.name == attribute.name })
      else { continue }
      switch attribute.values {
      case .mix: continue
      case .numbers: if features.features.contains(where: { $0.attribute == attribute.name }) { continue }
      case .levels: break
      }
      found.append(attribute)
    }
    return found
  }

  private func value(_ attribute: Attribute, _ row: Int, _ profile: StudyProfile) -> Exemplar.Value {
    var value = Exemplar.Value(name: attribute.name, label: attribute.label, unit: attribute.unit)
    switch attribute.values {
    case .numbers(let numbers):
      if !numbers[row].isNaN { value.number = Exemplar.significant(numbers[row]) }
    case .levels(let codes, let names):
      let told = profile.attributes?.first { $0.name == attribute.name }?.everybody.levels ?? []
      if codes[row] >= 0, told.contains(where: { $0.level == names[Int(codes[row])] }) {
        value.level = names[Int(codes[row])]
      }
    case .mix: break
    }
    return value
  }
}
