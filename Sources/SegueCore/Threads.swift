internal import Glibc
internal import Synchronization

/// How many threads kernels use. Set once at start; results do not depend on it, only time does.
package enum Threads {
  private static let chosen = Atomic<Int>(0)

  /// All cores unless set; values below 1 mean all cores again.
  package static var count: Int {
    get {
      let count = chosen.load(ordering: .relaxed)
      return count > 0 ? count : coreCount
    }
    set { chosen.store(max(0, newValue), ordering: .relaxed) }
  }

  package static let coreCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
