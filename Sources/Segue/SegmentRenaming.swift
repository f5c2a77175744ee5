import SegueCore
public import SegueProfile

extension Setting {
  /// An entry is written `name=new name` or `id=new name`; the first "=" ends what it is about.
  static let segmentNames = Setting(
    key: "segments.names", flag: "rename",
    meaning: "Names of your own for segments, by the name or the id they have.",
    allowed: "NAME=NEW NAME or ID=NEW NAME, up to \(StudyProfile.longestName) characters",
    entries: { $0.segmentNames },
    read: { options in
      options.segmentNames.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    },
    write: { options, text in
      guard let mark = text.firstIndex(of: "=") else { return false }
      let name = text[..<mark].trimmingBlanks
      let new = text[text.index(after: mark)...].trimmingBlanks
      guard !name.isEmpty, !new.isEmpty, new.count <= StudyProfile.longestName,
        !new.contains(where: {
          $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        })
      else { return false }
      options.segmentNames[name] = new
      return true
    })
}

extension StudyProfile {
  /// In characters, of a name that people give.
  public static let longestName = 60

  /// Gives segments the names that people want for them; from then on they keep them.
  ///
  /// - Parameter names: by the name that a segment has, or by its id. An entry whose new name somebody gave before
  ///   is done already, so that a file of them can stay as it is from run to run.
  /// - Throws: ``SegueError`` `rename.segment` for an entry that fits no segment, `rename.twice` for two entries
  ///   about one, `rename.same` where two segments would have one name.
  public mutating func rename(_ names: [String: String]) throws {
    guard !names.isEmpty else { return }
    var new = [String?](repeating: nil, count: segments.count)
    var problems: [Diagnostic] = []
    for (key, name) in names.sorted(by: { $0.key < $1.key }) {
      guard let index = index(of: key) else {
        if segments.contains(where: { $0.segment.isNamedByUser && $0.segment.name == name }) { continue }
        problems.append(
          Diagnostic(
            "rename.segment", "no segment is called \"\(key)\" or has that id",
            hint:
              "segments are \(segments.map { "\($0.segment.id) \($0.segment.name)" }.joined(separator: "; "))"
          ))
        continue
      }
      if let other = new[index], other != name {
        problems.append(
          Diagnostic(
            "rename.twice",
            "segment \(segments[index].segment.id), \(segments[index].segment.name), is given two names: "
              + "\"\(other)\" and \"\(name)\"", hint: "keep one of them"))
      }
      new[index] = name
    }
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    for (index, name) in new.enumerated() {
      guard let name else { continue }
      segments[index].segment.name = name
      segments[index].segment.isNamedByUser = true
      segments[index].suggestedName = nil
    }
    let same = Dictionary(grouping: segments.map(\.segment)) { $0.name.lowercased() }
      .filter { $0.value.count > 1 }
    if let (_, twins) = same.min(by: { $0.key < $1.key }) {
      throw SegueError.usage(
        Diagnostic(
          "rename.same",
          "segments \(twins.map { String($0.id) }.joined(separator: " and ")) would both be called "
            + "\"\(twins[0].name)\"", hint: "choose another name for one of them"))
    }
  }

  /// By name, by name whatever its case, by id.
  private func index(of key: String) -> Int? {
    let all = segments.map(\.segment)
    return all.firstIndex { $0.name == key }
      ?? all.firstIndex { $0.name.lowercased() == key.lowercased() }
      ?? all.firstIndex { String($0.id) == key }
  }
}
