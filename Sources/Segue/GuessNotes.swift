public import SegueIngest

extension SourceInspection {
  /// What rests on less than certainty, in a sentence each, with the flag that would change it.
  public var guessNotes: [String] {
    let name = Study.baseName(path)
    var notes: [String] = []
    if certainty != .certain {
      notes.append("\(name) is taken for \(kind.rawValue) (\(certainty.rawValue)); to change it: \(flag)")
    }
    for column in columns {
      guard let flag = column.flag, let certainty = column.certainty else { continue }
      let header = String(column.header.map { $0.isNewline ? " " : $0 })
      let rivals = column.rivals.isEmpty ? "" : ", or \(column.rivals.joined(separator: ", "))"
      notes.append(
        "\(name): \(column.role.rawValue) is taken from \"\(header)\" (\(certainty.rawValue)\(rivals)); "
          + "to change it: \(flag)")
    }
    return notes
  }
}
