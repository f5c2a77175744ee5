import Foundation
import SegueSources

/// One run of one part of Segue, for scripts/bench to time; prints one line of JSON.
///
///     SegueBenchmarks ingest orders.csv --threads 2 --checksum
///     SegueBenchmarks scan orders.csv --threads 1
///     SegueBenchmarks cluster fit --points points.f64 …, see ``ClusterCommand``
///     SegueBenchmarks value fit --purchases purchases-1m …, see ``ValueCommand``
@main
struct SegueBenchmarks {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ given: [String]) throws {
    if given.first == "cluster" {
      return print(try ClusterCommand(Array(given.dropFirst())).report())
    }
    if given.first == "value" {
      return print(try ValueCommand(Array(given.dropFirst())).report())
    }
    var arguments = given
    let wantsChecksum = arguments.contains("--checksum")
    arguments.removeAll { $0 == "--checksum" }
    guard arguments.count == 4, arguments[2] == "--threads", let threads = Int(arguments[3]), threads > 0
    else { throw Usage() }
    let path = arguments[1]
    switch arguments[0] {
    case "ingest": try ingest(path, threads, wantsChecksum)
    case "scan": try scan(path, threads)
    case "inflate": try inflate(path)
    default: throw Usage()
    }
  }

  private static func ingest(_ path: String, _ threads: Int, _ wantsChecksum: Bool) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let sums = try CustomerSums(path: path, threads: threads)
    let seconds = (clock.now - start) / .seconds(1)
    let size = try URL(filePath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    let checksum = wantsChecksum ? ",\"checksum\":\"\(sums.checksum)\"" : ""
    print(
      "{\"seconds\":\(seconds),\"rows\":\(sums.rowCount),\"customers\":\(sums.customerCount),"
        + "\"sum\":\"\(sums.total)\",\"bytes\":\(size)\(checksum)}")
  }

  private static func scan(_ path: String, _ threads: Int) throws {
    let scan = try StructuralScan(path: path, threads: threads)
    print("{\"seconds\":\(scan.seconds),\"rows\":\(scan.records),\"bytes\":\(scan.bytes)}")
  }

  /// Unpacks and forgets.
  private static func inflate(_ path: String) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let bytes = try Sources.discard(path)
    print("{\"seconds\":\((clock.now - start) / .seconds(1)),\"rows\":0,\"bytes\":\(bytes)}")
  }

  private struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: SegueBenchmarks (ingest|scan|inflate) FILE --threads N [--checksum]" }
  }
}
