internal import Synchronization

/// Gives a value away to another thread, so that nobody else holds on to it and it can be changed in place.
final class Handover<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: Value) { self.value = Mutex(value) }

  /// - Precondition: called once.
  func take() -> Value { value.withLock { $0.take()! } }
}
