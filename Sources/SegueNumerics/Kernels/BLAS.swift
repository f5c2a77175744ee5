internal import COpenBLAS

/// OpenBLAS as this package uses it: one thread per call, because the callers are parallel already.
package enum BLAS {
  /// Touch before the first call of any BLAS or LAPACK routine; costs nothing afterwards.
  static let isSetUp: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  package static var threadCount: Int {
    _ = isSetUp
    return Int(openblas_get_num_threads())
  }

  /// The instruction set OpenBLAS picked, for the manifest: `Zen`, `SkylakeX`, `Haswell`.
  package static var coreName: String {
    unsafe openblas_get_corename().map { unsafe String(cString: $0) } ?? "unknown"
  }
}
