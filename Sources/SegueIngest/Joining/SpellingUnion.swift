/// Finds the ids that are one customer in several spellings.
///
/// Ids that are evened alike are one customer, unless one customers file lists both. Ids that differ in
/// case or leading zeros are one customer if the most authoritative table that holds any of them
/// (customers, then orders, feedback, events) has no file with two of them. Leading zeros that any one
/// file writes both ways, and the case of tokens such as `0015000000abcDE` likewise, always count as meant.
/// Which spelling stands for the customer: that of the orders, else customers, feedback, events; the first
/// by bytes of several. Neither the order of rows nor that of files plays a part.
struct SpellingUnion {
  /// Rows of one file in a table.
  struct Part {
    var kind: TableKind
    var customers: ArraySlice<Int32>
  }

  /// The id that stands for each id.
  private(set) var standsFor: [Int32]
  private(set) var spellings = Joining.Spellings()

  private struct Member {
    var id: Int32
    var text: String
    var spelling: CustomerSpelling
    /// Parts it occurs in, ascending.
    var parts: [Int]
  }

  /// - Complexity: O(bytes of all ids + rows).
  init(_ ids: InternedStrings, _ parts: [Part]) {
    standsFor = (0..<Int32(ids.count)).map { $0 }
    var forms = InternedStrings()
    var formOf = [Int32](repeating: -1, count: ids.count)
    var sizes: [Int32] = []
    var buffer: [UInt8] = []
    for id in standsFor {
      buffer.removeAll(keepingCapacity: true)
      let isPlain = ids.withText(id) { CustomerSpelling.foldPlain($0, into: &buffer) }
      if !isPlain {
        let spelling = ids.withText(id) { CustomerSpelling($0) }
        if spelling.isShortened { spellings.shortened += 1 }
        buffer = spelling.folded
        if buffer.isEmpty { continue }
      }
      let form = forms.intern(buffer.span)
      if Int(form) == sizes.count { sizes.append(0) }
      sizes[Int(form)] += 1
      formOf[Int(id)] = form
    }
    guard forms.count < ids.count else { return }
    let contested = standsFor.filter { formOf[Int($0)] >= 0 && sizes[Int(formOf[Int($0)])] > 1 }
    let occurrences = SpellingUnion.occurrences(of: contested, outOf: ids.count, parts)
    var groups: [Int32: [Member]] = [:]
    for (id, places) in zip(contested, occurrences) where !places.isEmpty {
      groups[formOf[Int(id)], default: []].append(
        Member(
          id: id, text: ids[id], spelling: ids.withText(id) { CustomerSpelling($0) }, parts: places))
    }
    // Groups know nothing of each other: the order of the dictionary leaves no trace.
    for members in groups.values where members.count > 1 { resolve(members, parts) }
  }

  /// The parts in which each id occurs.
  private static func occurrences(of ids: [Int32], outOf count: Int, _ parts: [Part]) -> [[Int]] {
    var slot = [Int32](repeating: -1, count: count)
    for (place, id) in ids.enumerated() { slot[Int(id)] = Int32(place) }
    var found = [[Int]](repeating: [], count: ids.count)
    for (part, rows) in parts.enumerated() {
      for customer in rows.customers {
        let place = Int(slot[Int(customer)])
        if place >= 0, found[place].last != part { found[place].append(part) }
      }
    }
    return found
  }

  private mutating func resolve(_ members: [Member], _ parts: [Part]) {
    var classes = [members]
    if isKeptApart(members, parts) {
      let byForm = Dictionary(grouping: members, by: \.spelling.evened).values
      classes = byForm.flatMap { alike in
        SpellingUnion.listsTwo(of: alike, parts) ? alike.map { [$0] } : [alike]
      }
      spellings.leftApart += classes.count
    }
    for members in classes where members.count > 1 { unite(members, parts) }
  }

  private static func listsTwo(of members: [Member], _ parts: [Part]) -> Bool {
    parts.indices.contains { part in
      parts[part].kind == .customers && members.count { $0.parts.contains(part) } > 1
    }
  }

  private func isKeptApart(_ members: [Member], _ parts: [Part]) -> Bool {
    let involved = Set(members.flatMap(\.parts))
    let authority = involved.map { parts[$0].kind.authority }.min()
    return involved.contains { part in
      let inside = members.filter { $0.parts.contains(part) }
      guard inside.count > 1 else { return false }
      if parts[part].kind == .customers { return true }
      let forms = Set(inside.map(\.spelling.evened))
      guard forms.count > 1 else { return false }
      return parts[part].kind.authority == authority
        || inside.contains { $0.spelling.isWholeNumber || $0.spelling.isCaseSensitive }
    }
  }

  private mutating func unite(_ members: [Member], _ parts: [Part]) {
    func rank(_ member: Member) -> Int { member.parts.map { parts[$0].kind.seniority }.min() ?? .max }
    let chosen = members.min { a, b in
      let (left, right) = (rank(a), rank(b))
      return left == right ? a.text.utf8.lexicographicallyPrecedes(b.text.utf8) : left < right
    }!
    spellings.customers += 1
    for member in members where member.id != chosen.id {
      standsFor[Int(member.id)] = chosen.id
      spellings.ids += 1
      if member.spelling.evened == chosen.spelling.evened {
        spellings.notation += 1
      } else if member.spelling.isWholeNumber {
        spellings.leadingZeros += 1
      } else {
        spellings.letterCase += 1
      }
    }
  }
}

extension TableKind {
  /// Who decides whether two ids are two customers; the least first.
  fileprivate var authority: Int {
    switch self {
    case .customers: 0
    case .orders: 1
    case .feedback: 2
    case .events: 3
    }
  }

  /// Whose spelling is kept; the least first.
  fileprivate var seniority: Int {
    switch self {
    case .orders: 0
    case .customers: 1
    case .feedback: 2
    case .events: 3
    }
  }
}
