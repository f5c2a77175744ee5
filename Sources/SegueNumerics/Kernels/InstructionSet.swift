internal import CKernels

/// Which variant of the compiled kernels runs.
package enum InstructionSet {
  /// Uses nothing above a level from now on: 0 what every machine has, 1 AVX2, 2 AVX-512. For tests.
  package static func limit(_ level: Int) { segue_limit_instruction_set(Int32(level)) }

  package static var name: String { unsafe String(cString: segue_instruction_set()) }
}
