internal import SegueCore
internal import SegueNumerics

/// A leap along the path of EM: squared extrapolation, SQUAREM with step S3 (Varadhan & Roland 2008,
/// doi:10.1111/j.1467-9469.2007.00585.x). Where components overlap, it saves most of the iterations.
struct MixtureLeap {
  /// Longer leaps seldom land higher.
  private static let longest = 64.0

  /// Where the path seems to lead; nil if no mixture lies there. It need not be higher: the caller looks.
  let target: MixtureParameters?
  /// By which factor the steps of EM shrink from one to the next.
  let rate: Double

  /// - Parameters:
  ///   - path: three parameters, each the step of EM from the one before.
  ///   - floor: least variance of a component in any direction.
  init(_ path: (MixtureParameters, MixtureParameters, MixtureParameters), floor: Double) {
    let (a, b, c) = (path.0.coordinates, path.1.coordinates, path.2.coordinates)
    let first = zip(a, b).map { $1 - $0 }
    let second = zip(b, c).map { $1 - $0 }
    let change = zip(first, second).map { $1 - $0 }
    let (length, bend) = (MixtureLeap.norm(first), MixtureLeap.norm(change))
    rate = length > 0 ? MixtureLeap.norm(second) / length : 0
    let step = min(MixtureLeap.longest, bend > 0 ? length / bend : 1)
    guard step > 1, !path.2.isFloored.contains(true) else {
      target = nil
      return
    }
    let landing = a.indices.map { a[$0] + 2 * step * first[$0] + step * step * change[$0] }
    target = path.2.moved(to: landing, floor: floor)
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

extension MixtureParameters {
  /// ln of the weights, the means, and the covariances.
  fileprivate var coordinates: [Double] {
    weights.map { Elementary.log(max($0, 1e-12)) } + means.elements + covariances.flatMap(\.elements)
  }

  /// Nil unless every covariance keeps above the floor.
  fileprivate func moved(to coordinates: [Double], floor: Double) -> MixtureParameters? {
    let d = columnCount
    var result = self
    let highest = coordinates[..<k].max()!
    let shares = coordinates[..<k].map { Elementary.exp($0 - highest) }
    let total = shares.reduce(0, +)
    result.weights = shares.map { $0 / total }
    result.means.elements = Array(coordinates[k..<k + k * d])
    for j in 0..<k {
      let start = k + k * d + j * d * d
      result.covariances[j].elements = Array(coordinates[start..<start + d * d])
      guard Cholesky(result.covariances[j], minus: floor) != nil else { return nil }
    }
    return coordinates.allSatisfy(\.isFinite) ? result : nil
  }
}
