/// Σ‖x − p‖ over all rows of `points`, with `position` in the same centred coordinates.
package func distanceSum(from position: [Double], to points: PackedPoints) -> Double {
  (0..<points.rowCount).reduce(0) {
    $0 + points.squaredDistance(from: $1, to: position[...]).squareRoot()
  }
}
