import SegueValue

extension OrderModel {
  /// Those that let customers order at any time, and so can be fitted to times of any length.
  static let continuous: [OrderModel] = [.bgnbd, .paretonbd]
}
