internal import CKernels

/// A Gaussian mixture as kernels read it: k components in d columns.
package struct MixtureDensity: Sendable {
  package var columnCount: Int
  /// Whether factors are triangular or the inverses of standard deviations.
  package var isFull: Bool
  /// k×d.
  package var means: [Double]
  /// k × d(d + 1)/2, the packed inverse of each Cholesky factor; k × d if not full.
  package var factors: [Double]
  /// ln(weight) − d/2·ln(2π) − ln(det covariance)/2, k.
  package var constants: [Double]

  package init(
    columnCount: Int, isFull: Bool, means: [Double], factors: [Double], constants: [Double]
  ) {
    self.columnCount = columnCount
    self.isFull = isFull
    self.means = means
    self.factors = factors
    self.constants = constants
  }

  package var componentCount: Int { constants.count }

  /// Numbers in a component's moments: Σr, Σr(x − μ) and Σr(x − μ)(x − μ)ᵀ, packed; its diagonal if not full.
  package var momentCount: Int { segue_mixture_moments(columnCount, isFull ? 1 : 0) }

  fileprivate func withKernel<Result>(_ body: (UnsafePointer<segue_mixture>) -> Result) -> Result {
    unsafe means.withUnsafeBufferPointer { means in
      unsafe factors.withUnsafeBufferPointer { factors in
        unsafe constants.withUnsafeBufferPointer { constants in
          var mixture = unsafe segue_mixture(
            columns: columnCount, components: componentCount, full: isFull ? 1 : 0,
            means: means.baseAddress!, factors: factors.baseAddress!, constants: constants.baseAddress!)
          return unsafe body(&mixture)
        }
      }
    }
  }

  fileprivate var scratch: [Double] {
    [Double](repeating: 0, count: segue_mixture_scratch(columnCount, componentCount))
  }
}

/// What a chunk of rows contributes to an iteration: its log-likelihood and k × `momentCount` moments.
package func mixtureStep(
  _ rows: Range<Int>, of points: BlockedRows, under density: MixtureDensity
) -> (logLikelihood: Double, moments: [Double]) {
  let blocks = points.blocks(of: rows)
  var moments = [Double](repeating: 0, count: density.componentCount * density.momentCount)
  var scratch = density.scratch
  let size = BlockedRows.blockSize
  let logLikelihood = unsafe points.elements.withUnsafeBufferPointer { x in
    unsafe points.weights.withUnsafeBufferPointer { weights in
      unsafe density.withKernel { mixture in
        unsafe segue_mixture_step(
          x.baseAddress! + blocks.lowerBound * size * points.columnCount,
          weights.baseAddress! + blocks.lowerBound * size, blocks.count, mixture, &moments, &scratch)
      }
    }
  }
  return (logLikelihood, moments)
}

/// Responsibilities of the components for each row of a chunk: |rows|×k, rows summing to one.
package func mixtureResponsibilities(
  _ rows: Range<Int>, of points: BlockedRows, under density: MixtureDensity
) -> Matrix {
  let (blocks, size, k) = (points.blocks(of: rows), BlockedRows.blockSize, density.componentCount)
  var blocked = [Double](repeating: 0, count: blocks.count * size * k)
  var scratch = density.scratch
  unsafe points.elements.withUnsafeBufferPointer { x in
    unsafe density.withKernel { mixture in
      unsafe segue_mixture_responsibilities(
        x.baseAddress! + blocks.lowerBound * size * points.columnCount, blocks.count, mixture, &blocked,
        &scratch)
    }
  }
  var result = Matrix(rowCount: rows.count, columnCount: k)
  for row in 0..<rows.count {
    let base = row / size * size * k + row % size
    for j in 0..<k { result.elements[row * k + j] = blocked[base + j * size] }
  }
  return result
}
