import SegueCore
import SegueIngest

/// The form in which placed customers come out.
public enum AssignedFormat: String, Sendable, CaseIterable {
  case csv
  /// An object a line.
  case json
}

/// Rows of `segue assign`: what stands in every row of a segment is prepared once.
struct AssignedText: Sendable {
  let format: AssignedFormat
  /// Whether rows have an id of their own; else they are called by their line.
  let hasID: Bool
  /// Under which ids are written; nil writes them as they are.
  let redaction: Redaction?
  private let segments: [[UInt8]]
  private let novelty: Novelty

  init(_ model: StudyModel, _ format: AssignedFormat, hasID: Bool, _ redaction: Redaction?) {
    (self.format, self.hasID, self.redaction) = (format, hasID, redaction)
    novelty = Novelty(model)
    segments = model.segments.map { segment in
      var text: [UInt8] = []
      switch format {
      case .csv:
        text += ",\(segment.id),".utf8
        CSVWriter.append(segment.name, to: &text)
        text += ",".utf8
      case .json:
        text += ",\"segmentId\":\(segment.id),\"segment\":".utf8
        TableText.appendQuoted(segment.name, to: &text)
        text += ",\"distance\":".utf8
      }
      return text
    }
  }

  /// - Parameter further: names of columns that follow.
  func header(_ further: [String] = []) -> [UInt8] {
    guard format == .csv else { return [] }
    let first = hasID ? "customer_id" : "line"
    return Array(
      (([first, "segment_id", "segment", "distance", "novelty", "times_beyond"] + further)
        .joined(separator: ",") + "\r\n").utf8)
  }

  /// A row up to what may follow; ``end(_:)`` closes it.
  @inline(__always)
  func append(
    id: Span<UInt8>, line: Int, segment: Int, distance: Double, to output: inout [UInt8]
  ) {
    let share = novelty.share(distance, of: segment)
    let beyond = novelty.timesBeyond(distance, of: segment)
    switch format {
    case .csv:
      if !hasID {
        output.append(decimal: line)
      } else if let redaction {
        output += redaction.pseudonym(of: AssignedText.text(id)).utf8
      } else {
        CSVWriter.append(id, to: &output)
      }
      output += segments[segment]
      AssignedText.append(distance, to: &output)
      output.append(44)
      AssignedText.append(share, to: &output)
      output.append(44)
      if let beyond { AssignedText.append(beyond, to: &output) }
    case .json:
      if hasID {
        output += AssignedText.customerKey
        if let redaction {
          TableText.appendQuoted(redaction.pseudonym(of: AssignedText.text(id)), to: &output)
        } else {
          TableText.appendQuoted(id, to: &output)
        }
      } else {
        output += AssignedText.lineKey
        output.append(decimal: line)
      }
      output += segments[segment]
      AssignedText.append(distance, to: &output)
      output += AssignedText.noveltyKey
      AssignedText.append(share, to: &output)
      if let beyond {
        output += AssignedText.beyondKey
        AssignedText.append(beyond, to: &output)
      }
    }
  }

  func end(_ output: inout [UInt8]) {
    if format == .json { output.append(UInt8(ascii: "}")) } else { output.append(13) }
    output.append(10)
  }

  private static func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }

  private static let customerKey = Array("{\"customerId\":".utf8)
  private static let lineKey = Array("{\"line\":".utf8)
  private static let noveltyKey = Array(",\"novelty\":".utf8)
  private static let beyondKey = Array(",\"timesBeyond\":".utf8)

  /// Four decimals, as `segments.csv` has them.
  @inline(__always)
  static func append(_ value: Double, to output: inout [UInt8]) {
    let scaled = (value * 10_000).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e18, scaled >= 0 else {
      output += NumberText.fixed(value, 4, grouped: false).utf8
      return
    }
    output.append(Amount(tenThousandths: Int64(scaled)), places: 4)
  }
}

extension AssignedText {
  /// Further cells of a row; an empty one is left out of JSON, where counts of days are numbers.
  static func append(
    _ cells: [String], keys: [String], _ format: AssignedFormat, to output: inout [UInt8]
  ) {
    for (key, cell) in zip(keys, cells) {
      switch format {
      case .csv:
        output.append(44)
        CSVWriter.append(cell, to: &output)
      case .json where !cell.isEmpty:
        output += ",\"\(key)\":".utf8
        if key.hasSuffix("Days") { output += cell.utf8 } else { TableText.appendQuoted(cell, to: &output) }
      case .json: break
      }
    }
  }
}
