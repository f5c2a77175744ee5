import Foundation
import SegueTestSupport
import SegueValue

/// What others computed or printed of BG/NBD and Pareto/NBD (../shared/reference).
enum BTYDReference {
  static let functions = "reference/btyd_functions_fixed_params.json"
  static let recomputed = "reference/btyd_recomputed.json"
  static var isThere: Bool { SharedFolder.has(functions) && SharedFolder.has(recomputed) }

  struct Functions: Decodable {
    struct Row: Decodable {
      var x: Int
      var t_x: Double
      var T: Double
      var loglik: Double
      var p_alive: Double
      var expected_next: [String: Double]
      var dert: [String: Double]?
    }

    struct HardRow: Decodable {
      var params_r_alpha_s_beta: [Double]
      var x: Int
      var t_x: Double
      var T: Double
      var p_alive: Double?
      var expected_next_10: Double?
    }

    struct Hard: Decodable { var rows: [HardRow] }

    struct Model: Decodable {
      var params_r_alpha_a_b: [Double]?
      var params_r_alpha_s_beta: [Double]?
      var rows: [Row]
      var expected_new_customer: [String: Double]
      var pmf_new_customer_t39: [Double]?
      var numerically_hard_rows: Hard?
    }

    var bgnbd: Model
    var pnbd: Model
  }

  struct Fit: Decodable {
    var params: [String: Double]
    var ll: Double
    var standard_errors: [String: Double]?
    var se_delta: [Double?]?
  }

  struct Fits: Decodable {
    var bgnbd: Fit
    var pnbd: Fit
  }

  struct Customer: Decodable {
    struct Model: Decodable {
      var p_alive: Double
      var cet1: Double
      var cet39: Double
      var cet52: Double
    }

    var bgnbd: Model
    var pnbd: Model
  }

  struct Recomputed: Decodable {
    struct DERT: Decodable {
      var params: [Double]
      var customers: [String: Double]
    }

    var mle_exact_log: Fits
    var mle_rounded_summary: Fits
    var customers_rounded_summary_lifetimes: [String: Customer]
    var pnbd_dert_R_BTYD_at_published_params: DERT
    var onlineRetail: Fits

    enum CodingKeys: String, CodingKey {
      case mle_exact_log, mle_rounded_summary, customers_rounded_summary_lifetimes
      case pnbd_dert_R_BTYD_at_published_params
      case onlineRetail = "online_retail_2011-12-09_weeks"
    }
  }

  static func functionValues() throws -> Functions {
    try SharedFolder.json(functions, as: Functions.self)
  }

  static func fits() throws -> Recomputed { try SharedFolder.json(recomputed, as: Recomputed.self) }

  /// The published summary, whose times are rounded to two decimals.
  static func roundedSummary() throws -> RepeatPurchases {
    let rows = try SharedFolder.table("data/cdnow_customers_summary.csv").map { $0.map { Double($0)! } }
    return RepeatPurchases(
      frequency: rows.map { Int32($0[1]) }, btydRecency: rows.map { $0[2] }, age: rows.map { $0[3] })
  }

  static func cdnow() throws -> RepeatPurchases {
    let data = try CDNOW()
    return RepeatPurchases(frequency: data.frequency, btydRecency: data.btydRecency, age: data.age)
  }
}

func isNear(_ found: Double, _ expected: Double, _ relative: Double) -> Bool {
  (found - expected).magnitude <= relative * expected.magnitude
}
