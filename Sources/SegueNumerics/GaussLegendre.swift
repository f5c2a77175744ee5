internal import SegueCore

/// The rule of Gauss and Legendre for integrals from 0 to 1: Σ weight · f(node), exact to degree 2n − 1.
package struct GaussLegendre: Sendable {
  /// Ascending, inside 0…1.
  package let nodes: [Double]
  package let weights: [Double]

  /// - Parameter count: of nodes, 1 or more.
  package init(_ count: Int) {
    var (nodes, weights) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for index in 0..<count {
      // Newton's iteration on the Legendre polynomial from a point that is close already (DLMF 18.16.3).
      var x = cosine((Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        var (below, value) = (1.0, x)
        for degree in 1..<max(2, count) where count > 1 {
          let k = Double(degree)
          (below, value) = (value, ((2 * k + 1) * x * value - k * below) / (k + 1))
        }
        slope = count == 1 ? 1 : Double(count) * (below - x * value) / (1 - x * x)
        x -= value / slope
      }
      nodes[count - 1 - index] = 0.5 + 0.5 * x
      weights[count - 1 - index] = 1 / ((1 - x * x) * slope * slope)
    }
    self.nodes = nodes
    self.weights = weights
  }
}

/// cos πx for x in 0…1, to the few digits a start needs.
private func cosine(_ x: Double) -> Double {
  let angle = Double.pi * (0.5 - x)
  let square = angle * angle
  return angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
}
