internal import SegueCore

/// Makes the tables agree on who a customer is, once all of them are read.
struct CustomerJoin {
  private var data: IngestedData
  private var joining = Joining()

  private init(_ data: consuming IngestedData) { self.data = data }

  /// Unites spellings, finds (and merges, if asked) customers with one e-mail address, joins tables that name
  /// customers by another column, keeps one row per customer, and counts what matches.
  ///
  /// - Complexity: O(rows + bytes of ids).
  static func joined(_ data: consuming IngestedData, _ options: IngestOptions) -> IngestedData {
    var join = CustomerJoin(data)
    join.uniteSpellings()
    join.findDuplicates(options.mergeCustomers)
    for kind in [TableKind.orders, .events, .feedback] { join.takeDetour(kind) }
    join.keepOneRowEach()
    join.count()
    join.data.customers?.notes = CustomerRowNotes()
    join.data.joining = join.joining
    return join.data
  }

  // MARK: Steps

  private mutating func uniteSpellings() {
    let union = SpellingUnion(data.customerIDs, parts)
    joining.spellings = union.spellings
    if union.spellings.ids > 0 { rename(TableKind.allCases, union.standsFor) }
  }

  /// The rows of each file, by the accounts of what was used of it; a kind whose accounts do not fit is taken
  /// for one file, which unites less.
  private var parts: [SpellingUnion.Part] {
    TableKind.allCases.flatMap { kind -> [SpellingUnion.Part] in
      let customers = data.customers(of: kind)
      let counts = data.ledger.files.filter { $0.kind == kind }.map(\.rowsUsed)
      guard counts.reduce(0, +) == customers.count else {
        return [SpellingUnion.Part(kind: kind, customers: customers[...])]
      }
      var start = 0
      return counts.map { count in
        defer { start += count }
        return SpellingUnion.Part(kind: kind, customers: customers[start..<(start + count)])
      }
    }
  }

  private mutating func findDuplicates(_ merging: IngestOptions.MergeCustomers) {
    guard let table = data.customers,
      let addresses = table.notes.keyColumns.first(where: \.isAddress)
    else { return }
    var holders: [CellKey: [Int32]] = [:]
    for (row, key) in addresses.keys.enumerated() where key != .none {
      if holders[key]?.contains(table.customer[row]) == true { continue }
      // One more than the limit is enough to know a placeholder.
      if (holders[key]?.count ?? 0) <= Joining.Duplicates.mostSharing {
        holders[key, default: []].append(table.customer[row])
      }
    }
    var sets = DisjointSets(count: data.customerIDs.count)
    var sharing: Set<Int32> = []
    for group in holders.values where group.count > 1 {
      if group.count > Joining.Duplicates.mostSharing {
        joining.duplicates.placeholders += 1
        continue
      }
      joining.duplicates.addresses += 1
      for customer in group {
        sharing.insert(customer)
        sets.unite(group[0], customer)
      }
    }
    joining.duplicates.customers = sharing.count
    guard merging == .email, !sharing.isEmpty else { return }
    // Of merged customers the first id by bytes stays: it does not change when more orders come in.
    var standsFor = (0..<Int32(data.customerIDs.count)).map { $0 }
    var chosen: [Int32: Int32] = [:]
    for (index, _) in data.customerIDs.sorted(sharing) {
      let root = sets.root(of: index)
      standsFor[Int(index)] = chosen[root] ?? index
      if chosen[root] == nil { chosen[root] = index } else { joining.duplicates.merged += 1 }
    }
    rename(TableKind.allCases, standsFor)
  }

  /// Where no id of a table is known to the customers file, another of that file's columns may know them.
  private mutating func takeDetour(_ kind: TableKind) {
    let customers = data.customers(of: kind)
    guard let table = data.customers, !customers.isEmpty else { return }
    let known = data.customerIDs.marks(table.customer)
    guard !customers.contains(where: { known[Int($0)] }) else { return }
    let ids = Set(customers).sorted()
    var best: (detour: Joining.Detour, standsFor: [Int32])?
    for column in table.notes.keyColumns {
      var holder: [CellKey: Int32] = [:]
      for (row, key) in column.keys.enumerated() where key != .none {
        let customer = table.customer[row]
        holder[key] = (holder[key] ?? customer) == customer ? customer : -1
      }
      var detour = Joining.Detour(kind: kind, column: column.header)
      var standsFor = (0..<Int32(data.customerIDs.count)).map { $0 }
      for id in ids {
        let key = data.customerIDs.withText(id) { CellKey($0, isAddress: column.isAddress) }
        let customer = key == .none ? nil : holder[key]
        if let customer, customer >= 0 {
          standsFor[Int(id)] = customer
          detour.customersMatched += 1
        } else {
          detour.customersUnmatched += 1
          if customer != nil { detour.customersAmbiguous += 1 }
        }
      }
      if detour.customersMatched > best?.detour.customersMatched ?? 0 { best = (detour, standsFor) }
    }
    guard let best else { return }
    joining.detours.append(best.detour)
    rename([kind], best.standsFor)
  }

  /// Of several rows of a customer the fullest stays and takes from the others what it lacks.
  private mutating func keepOneRowEach() {
    guard var table = data.customers, table.notes.places.count == table.rowCount else { return }
    let places = table.notes.places
    data.customers = nil
    let merge = CustomerMerge(&table)
    data.customers = table
    for row in merge.differing {
      let place = places[row]
      data.ledger.files[accountOf(place.file)].withdraw(1, .repeatedCustomer)
      data.rejects.append(
        .init(file: place.file, reason: .repeatedCustomer, line: place.line, bytes: place.bytes))
    }
    var takenIn = [Int](repeating: 0, count: data.ledger.files.count)
    for row in merge.takenIn { takenIn[accountOf(places[row].file)] += 1 }
    for (index, rows) in takenIn.enumerated() where rows > 0 {
      data.ledger.files[index].remarks.append(
        .init(text: "rows about a customer who has a fuller one, taken into it", rows: rows))
    }
  }

  /// Accounts and rejects count the same files in the same order.
  private func accountOf(_ file: Int32) -> Int { Int(file) }

  private mutating func count() {
    let present = TableKind.allCases.filter { !data.customers(of: $0).isEmpty }
    let bound = data.customerIDs.count
    let rows = present.map { kind in
      var rows = [Int](repeating: 0, count: bound)
      for customer in data.customers(of: kind) { rows[Int(customer)] += 1 }
      return rows
    }
    for (left, right) in present.indices.flatMap({ l in present.indices.filter { $0 > l }.map { (l, $0) } }) {
      var match = Joining.Match(left: present[left], right: present[right])
      for id in 0..<bound {
        let (a, b) = (rows[left][id], rows[right][id])
        match.customersOnBoth += a > 0 && b > 0 ? 1 : 0
        match.customersOnlyLeft += a > 0 && b == 0 ? 1 : 0
        match.customersOnlyRight += a == 0 && b > 0 ? 1 : 0
        match.leftRowsMatched += b > 0 ? a : 0
        match.leftRowsUnmatched += b > 0 ? 0 : a
        match.rightRowsMatched += a > 0 ? b : 0
        match.rightRowsUnmatched += a > 0 ? 0 : b
      }
      match.isPoor = JoiningText.isPoor(match)
      joining.matches.append(match)
    }
    joining.warnings = JoiningText.warnings(joining, data)
  }

  private mutating func rename(_ kinds: [TableKind], _ standsFor: [Int32]) {
    for kind in kinds { data.rename(kind, standsFor) }
  }
}

extension IngestedData {
  /// The customer of each row of a kind of table.
  func customers(of kind: TableKind) -> [Int32] {
    switch kind {
    case .orders: orders?.customer ?? []
    case .customers: customers?.customer ?? []
    case .events: events?.customer ?? []
    case .feedback: feedback?.customer ?? []
    }
  }

  fileprivate mutating func rename(_ kind: TableKind, _ standsFor: [Int32]) {
    func rename(_ ids: inout [Int32]) { for row in ids.indices { ids[row] = standsFor[Int(ids[row])] } }
    switch kind {
    case .orders: if orders != nil { rename(&orders!.customer) }
    case .customers: if customers != nil { rename(&customers!.customer) }
    case .events: if events != nil { rename(&events!.customer) }
    case .feedback: if feedback != nil { rename(&feedback!.customer) }
    }
  }
}

extension InternedStrings {
  /// Which of the strings are among `indices`.
  fileprivate func marks(_ indices: [Int32]) -> [Bool] {
    var marks = [Bool](repeating: false, count: count)
    for index in indices { marks[Int(index)] = true }
    return marks
  }
}

/// Sets that grow together (Tarjan & van Leeuwen 1984, doi:10.1145/62.2160).
private struct DisjointSets {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

  mutating func root(of element: Int32) -> Int32 {
    var element = element
    while parents[Int(element)] != element {
      parents[Int(element)] = parents[Int(parents[Int(element)])]
      element = parents[Int(element)]
    }
    return element
  }

  mutating func unite(_ a: Int32, _ b: Int32) {
    let (a, b) = (root(of: a), root(of: b))
    parents[Int(max(a, b))] = min(a, b)
  }
}
