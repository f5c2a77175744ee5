import Foundation
import SegueCore
import SegueFeatures
import SegueValue

/// RFM scores, a fit or a forecast of customers in memory, run some times; `report` is a line of JSON.
///
///     SegueBenchmarks value predict --purchases DATA/purchases-1m --customers 1000000 --model bgnbd \
///       --threads 2 --runs 3 --budget 10 --result out.f64
///
/// The clock runs over the call alone, which finds out by itself which customers are alike.
struct ValueCommand {
  private let task: String
  private let arguments: NamedArguments

  init(_ given: [String]) throws {
    guard let task = given.first else { throw NamedArguments.Usage() }
    self.task = task
    arguments = try NamedArguments(given.dropFirst())
  }

  func report() throws -> String {
    Threads.count = try arguments.number("threads")
    let report =
      switch task {
      case "scores": try scores()
      case "fit": try fit()
      case "predict": try predict()
      default: throw NamedArguments.Usage()
      }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  private struct Report: Encodable {
    var seconds: [Double]
    /// Customers by code: `555`.
    var codes: [String: Int]?
    var parameters: [Double]?
    var logLikelihood: Double?
  }

  private func scores() throws -> Report {
    let (days, spent) = (try days(), try spent())
    let table = RFMTable(
      asOf: CalendarDay(daysSinceEpoch: 0),
      recencyDays: stride(from: 0, to: days.count, by: 3).map { Double(days[$0 + 2] - days[$0 + 1]) },
      frequency: stride(from: 0, to: days.count, by: 3).map { Double(days[$0] + 1) }, monetary: spent)
    let (seconds, scores) = try arguments.timed { try RFMScores(table, RFMOptions()) }
    var codes: [String: Int] = [:]
    for row in scores.recency.indices { codes[scores.code(row), default: 0] += 1 }
    return Report(seconds: seconds, codes: codes)
  }

  private func fit() throws -> Report {
    let (model, purchases) = (try model(), try purchases())
    let (seconds, fit) = try arguments.timed { try model.fit(purchases) }
    return Report(
      seconds: seconds, parameters: fit.parameters.map(\.value), logLikelihood: fit.logLikelihood)
  }

  /// For a year, with intervals and the range of orders.
  private func predict() throws -> Report {
    let (model, purchases) = (try model(), try purchases())
    let fit = try model.fit(purchases)
    let (seconds, forecast) = try arguments.timed {
      try OrderForecast(model: model, fit: fit, purchases: purchases, horizon: 365 / 7, discount: 0.1)
    }
    try RawNumbers.write(
      forecast.pAlive.values + forecast.expectedOrders.values, to: arguments.text("result"))
    return Report(seconds: seconds, parameters: fit.parameters.map(\.value))
  }

  private func model() throws -> OrderModel {
    guard let model = OrderModel(rawValue: try arguments.text("model")) else { throw NamedArguments.Usage() }
    return model
  }

  private func purchases() throws -> RepeatPurchases {
    let days = try days()
    let rows = stride(from: 0, to: days.count, by: 3)
    return RepeatPurchases(
      frequency: rows.map { days[$0] }, btydRecency: rows.map { Double(days[$0 + 1]) / 7 },
      age: rows.map { Double(days[$0 + 2]) / 7 })
  }

  /// Three a customer: order days after the first, from the first to the last, from the first to the end.
  private func days() throws -> [Int32] {
    try RawNumbers.read(arguments.text("purchases") + ".i32", count: arguments.number("customers") * 3)
  }

  private func spent() throws -> [Double] {
    try RawNumbers.read(arguments.text("purchases") + ".f64", count: arguments.number("customers"))
  }
}
