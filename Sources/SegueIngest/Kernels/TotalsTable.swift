internal import CKernels

/// What one customer bought.
struct TotalsEntry: Sendable {
  var key: ShortKey
  /// Ten-thousandths, refunds taken off.
  var spent: Int64
  /// Rows that are no refunds.
  var orders: Int32
  /// Days since 1970-01-01 of the first and the last of them.
  var firstDay: Int32
  var lastDay: Int32
  /// Where a long id stands in the partition's texts.
  var text: UInt32
}

/// The customers of one partition: open addressing over a dense list, so that a partition of some thousand
/// customers stays in the second-level cache while its records are added.
@safe final class TotalsTable: @unchecked Sendable {
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotCount = 256
  private(set) var entries: UnsafeMutablePointer<TotalsEntry>
  private var capacity = 128
  private(set) var count = 0
  /// Long ids: four bytes of length, then the text.
  private(set) var texts: [UInt8] = []
  /// A sum has left the range.
  private(set) var overflows = false

  init() {
    unsafe slots = .allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: 0, count: slotCount)
    unsafe entries = .allocate(capacity: capacity)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe entries.deallocate()
  }

  /// Adds all records of a partition.
  ///
  /// - Complexity: O(records), expected.
  func add(_ records: TotalsRecords, partition: Int) {
    // Copies of the pointers spare a check of exclusive access for each record.
    var slots = unsafe self.slots
    var entries = unsafe self.entries
    var mask = slotCount - 1
    var hasOverflow = false
    unsafe records.forEachRun(partition) { run in
      for index in 0..<run.count {
        // What later records will look at is fetched while this one waits.
        if index + 16 < run.count {
          unsafe segue_prefetch(slots + (Int(truncatingIfNeeded: run[index + 16].key.hash) & mask))
          let next = unsafe Int(slots[Int(truncatingIfNeeded: run[index + 8].key.hash) & mask])
          unsafe segue_prefetch(entries + next)
        }
        let record = unsafe run[index]
        var slot = Int(truncatingIfNeeded: record.key.hash) & mask
        var place = unsafe Int(slots[slot])
        while unsafe place != 0 && entries[place - 1].key != record.key {
          slot = (slot + 1) & mask
          place = unsafe Int(slots[slot])
        }
        if place == 0 {
          place = insert(record, slot, records) + 1
          unsafe slots = self.slots
          unsafe entries = self.entries
          mask = slotCount - 1
        }
        let entry = unsafe entries + (place - 1)
        let (sum, overflow) = unsafe entry.pointee.spent.addingReportingOverflow(record.amount)
        hasOverflow = hasOverflow || overflow
        unsafe entry.pointee.spent = sum
        if record.note & TotalsRecord.refundBit == 0 {
          unsafe entry.pointee.orders &+= 1
          unsafe entry.pointee.firstDay = min(entry.pointee.firstDay, record.day)
          unsafe entry.pointee.lastDay = max(entry.pointee.lastDay, record.day)
        }
      }
    }
    if hasOverflow { overflows = true }
  }

  private func insert(_ record: TotalsRecord, _ slot: Int, _ records: TotalsRecords) -> Int {
    var slot = slot
    if count == capacity {
      grow()
      let mask = slotCount - 1
      slot = Int(truncatingIfNeeded: record.key.hash) & mask
      while unsafe slots[slot] != 0 { slot = (slot + 1) & mask }
    }
    let text = record.isLong ? keep(records.texts, at: Int(record.note & ~TotalsRecord.refundBit)) : 0
    unsafe (entries + count).initialize(
      to: TotalsEntry(key: record.key, spent: 0, orders: 0, firstDay: .max, lastDay: .min, text: text))
    count += 1
    unsafe slots[slot] = UInt32(count)
    return count - 1
  }

  private func keep(_ other: [UInt8], at place: Int) -> UInt32 {
    let start = UInt32(texts.count)
    texts.append(contentsOf: other[place..<(place + 4 + TotalsTable.length(other, at: place))])
    return start
  }

  private static func length(_ texts: [UInt8], at place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(texts[place + $1]) << ($1 * 8) }
  }

  /// Twice the room: half the slots are taken when the list is full.
  private func grow() {
    let larger = UnsafeMutablePointer<TotalsEntry>.allocate(capacity: capacity * 2)
    unsafe larger.moveInitialize(from: entries, count: count)
    unsafe entries.deallocate()
    unsafe entries = larger
    capacity *= 2
    unsafe slots.deallocate()
    slotCount = capacity * 2
    unsafe slots = .allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: 0, count: slotCount)
    let mask = slotCount - 1
    for place in 0..<count {
      var slot = unsafe Int(truncatingIfNeeded: entries[place].key.hash) & mask
      while unsafe slots[slot] != 0 { slot = (slot + 1) & mask }
      unsafe slots[slot] = UInt32(place + 1)
    }
  }

  /// Calls `body` with every customer.
  func forEach(_ body: (TotalsEntry) -> Void) {
    for place in 0..<count { unsafe body(entries[place]) }
  }

  /// Whether a customer's id is ASCII letters, digits, hyphens and underscores only.
  func hasPlainID(_ entry: TotalsEntry) -> Bool {
    if entry.key.high < TotalsRecord.longMark { return entry.key.isPlain }
    var id: [UInt8] = []
    appendID(entry, to: &id)
    return CustomerSpelling.isPlain(id.span)
  }

  /// Appends a customer's id.
  func appendID(_ entry: TotalsEntry, to bytes: inout [UInt8]) {
    guard entry.key.high >= TotalsRecord.longMark else { return entry.key.appendText(to: &bytes) }
    let start = Int(entry.text)
    bytes.append(contentsOf: texts[(start + 4)..<(start + 4 + TotalsTable.length(texts, at: start))])
  }
}
