internal import Synchronization

/// Date readers that pieces of a file use in turn: each remembers the offsets of its zone.
final class DateReaderPool: Sendable {
  private let prototype: DateReader
  private let free = Mutex<[DateReader]>([])

  init(_ prototype: DateReader) { self.prototype = prototype }

  func take() -> DateReader { free.withLock { $0.popLast() } ?? prototype }

  func give(_ reader: DateReader) { free.withLock { $0.append(reader) } }
}
