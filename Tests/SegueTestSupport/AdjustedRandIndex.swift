/// Agreement of two labellings, corrected for chance: 1 if equal up to names, about 0 if unrelated
/// (Hubert & Arabie 1985, doi:10.1007/BF01908075).
package func adjustedRandIndex(_ a: [Int32], _ b: [Int32]) -> Double {
  precondition(a.count == b.count, "both labellings are of the same rows")
  func pairs(_ counts: some Sequence<Int>) -> Double {
    counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
  }
  var cells: [[Int32]: Int] = [:]
  for (x, y) in zip(a, b) { cells[[x, y], default: 0] += 1 }
  let both = pairs(cells.values)
  let inA = pairs(Dictionary(grouping: a) { $0 }.values.map(\.count))
  let inB = pairs(Dictionary(grouping: b) { $0 }.values.map(\.count))
  let expected = inA * inB / pairs([a.count])
  let largest = (inA + inB) / 2
  return largest == expected ? 1 : (both - expected) / (largest - expected)
}
