/// `--name value` pairs of a task that scripts/bench times.
struct NamedArguments {
  private var values: [String: String] = [:]

  init(_ given: ArraySlice<String>) throws {
    guard given.count % 2 == 0 else { throw Usage() }
    for index in stride(from: given.startIndex, to: given.endIndex, by: 2) {
      guard given[index].hasPrefix("--") else { throw Usage() }
      values[String(given[index].dropFirst(2))] = given[index + 1]
    }
  }

  subscript(_ name: String) -> String? { values[name] }

  func text(_ name: String) throws -> String {
    guard let value = values[name] else { throw Usage() }
    return value
  }

  func number<Number: LosslessStringConvertible>(_ name: String) throws -> Number {
    guard let value = Number(try text(name)) else { throw Usage() }
    return value
  }

  /// Seconds of each of `--runs` runs, and what the last one found. Runs end early when `--budget` seconds are
  /// spent, but there is always one.
  func timed<Result>(_ work: () throws -> Result) throws -> (seconds: [Double], result: Result) {
    let (runs, budget): (Int, Double) = (try number("runs"), try number("budget"))
    let clock = ContinuousClock()
    var seconds: [Double] = []
    var result: Result?
    repeat {
      result = nil  // what the last run held is free again
      let start = clock.now
      result = try work()
      seconds.append((clock.now - start) / .seconds(1))
    } while seconds.count < runs && seconds.reduce(0, +) < budget
    return (seconds, result!)
  }

  struct Usage: Error, CustomStringConvertible {
    var description: String {
      """
      usage: SegueBenchmarks cluster (lloyd|fit|scan|scan-all|silhouette) --points FILE --rows N --columns N
               --precision (float|double) --threads N --runs N --budget SECONDS [--k N] [--start FILE]
               [--iterations N] [--labels FILE]
             SegueBenchmarks value (scores|fit|predict) --purchases FILE --customers N --threads N --runs N
               --budget SECONDS [--model (bgnbd|paretonbd)] [--result FILE]
      """
    }
  }
}
