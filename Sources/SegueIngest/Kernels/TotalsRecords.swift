internal import CKernels

/// One sale or refund on its way to its customer.
struct TotalsRecord: Sendable {
  /// The customer's id if it is short; else a fingerprint of it, with a top byte that no short key has.
  var key: ShortKey
  /// Ten-thousandths; negative for refunds.
  var amount: Int64
  var day: Int32
  /// Top bit: a refund. The rest: where a long id stands in the worker's texts.
  var note: UInt32

  static let refundBit: UInt32 = 1 << 31
  static let longMark: UInt64 = 0xFF << 56

  @inline(__always)
  var isLong: Bool { key.high >= TotalsRecord.longMark }
}

/// The records one worker has parsed, by partition of their customers' hash: blocks that are filled one after the
/// other and used again after each flush.
@safe final class TotalsRecords: @unchecked Sendable {
  static let partitions = 256
  private static let blockBytes = 1 << 14
  private static let slabBytes = 1 << 22
  static let blockSize = blockBytes / MemoryLayout<TotalsRecord>.stride

  /// The next free place of each partition; at a block's end the next block is not there yet.
  private let heads: UnsafeMutablePointer<UnsafeMutablePointer<TotalsRecord>?>
  /// A cache line for each partition.
  private let lines: UnsafeMutablePointer<TotalsRecord>
  private var blocks: [[UnsafeMutablePointer<TotalsRecord>]]
  private var free: [UnsafeMutablePointer<TotalsRecord>]
  private var slabs: [UnsafeMutableRawPointer]
  /// Ids longer than a short key: four bytes of length, then the text.
  private(set) var texts: [UInt8] = []

  init() {
    unsafe heads = .allocate(capacity: TotalsRecords.partitions)
    unsafe heads.initialize(repeating: nil, count: TotalsRecords.partitions)
    let size = TotalsRecords.partitions * 64
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    unsafe lines = memory.bindMemory(to: TotalsRecord.self, capacity: TotalsRecords.partitions * 2)
    unsafe blocks = .init(repeating: [], count: TotalsRecords.partitions)
    unsafe free = []
    unsafe slabs = []
  }

  deinit {
    unsafe heads.deallocate()
    unsafe lines.deallocate()
    unsafe slabs.forEach { unsafe $0.deallocate() }
  }

  /// Records go through a cache line of their partition and leave it two at a time, so that none of the lines they
  /// are written to has to be fetched first.
  ///
  /// Field by field: a record that is put together first and then copied waits for its own bytes to arrive.
  @inline(__always)
  func append(_ key: ShortKey, _ amount: Int64, _ day: Int32, _ note: UInt32) {
    let partition = Int(key.hash &>> 56)
    var head = unsafe heads[partition]
    if UInt(bitPattern: head) & UInt(TotalsRecords.blockBytes - 1) == 0 {
      unsafe head = newBlock(partition)
    }
    let place = unsafe head.unsafelyUnwrapped
    let half = Int(bitPattern: place) &>> 5 & 1
    let line = unsafe lines + partition &* 2
    unsafe line[half].key.low = key.low
    unsafe line[half].key.high = key.high
    unsafe line[half].amount = amount
    unsafe line[half].day = day
    unsafe line[half].note = note
    if half == 1 { unsafe segue_stream_line(place - 1, line) }
    unsafe heads[partition] = place + 1
  }

  /// Writes the records that wait for a second one; call it before others read.
  func settle() {
    for partition in 0..<TotalsRecords.partitions {
      if let head = unsafe heads[partition], Int(bitPattern: head) &>> 5 & 1 == 1 {
        unsafe (head - 1).pointee = lines[partition * 2]
      }
    }
    segue_finish_streams()
  }

  /// - Returns: where the text stands.
  func appendText(_ text: Span<UInt8>) -> UInt32 {
    let place = UInt32(texts.count)
    unsafe withUnsafeBytes(of: UInt32(text.count).littleEndian) { unsafe texts.append(contentsOf: $0) }
    for index in text.indices { texts.append(text[index]) }
    return place
  }

  private func newBlock(_ partition: Int) -> UnsafeMutablePointer<TotalsRecord> {
    if unsafe free.isEmpty {
      let slab = unsafe LargePages.allocate(TotalsRecords.slabBytes)
      unsafe slabs.append(slab)
      for block in 0..<(TotalsRecords.slabBytes / TotalsRecords.blockBytes) {
        unsafe free.append(
          (slab + block * TotalsRecords.blockBytes).bindMemory(
            to: TotalsRecord.self, capacity: TotalsRecords.blockSize))
      }
    }
    let block = unsafe free.removeLast()
    unsafe blocks[partition].append(block)
    return unsafe block
  }

  /// Calls `body` with every run of records of a partition.
  @inline(__always)
  func forEachRun(_ partition: Int, _ body: (UnsafeBufferPointer<TotalsRecord>) -> Void) {
    let mine = unsafe blocks[partition]
    for place in unsafe mine.indices {
      let block = unsafe mine[place]
      let isLast = unsafe place == mine.count - 1
      let filled = unsafe isLast ? heads[partition].unsafelyUnwrapped - block : TotalsRecords.blockSize
      unsafe body(UnsafeBufferPointer(start: block, count: filled))
    }
  }

  func removeAll() {
    for partition in 0..<TotalsRecords.partitions {
      unsafe free.append(contentsOf: blocks[partition])
      unsafe blocks[partition].removeAll(keepingCapacity: true)
      unsafe heads[partition] = nil
    }
    texts.removeAll(keepingCapacity: true)
  }
}
