import Segue
import SegueTestSupport
import Testing

@Suite("Same data, same bytes")
struct StudyDeterminismTests {
  @Test("one thread and two give the same files, and so does running twice")
  func threads() throws {
    let first = try Studies.lumen.get()
    Study.useThreads(1)
    defer { Study.useThreads(0) }
    let one = try Study(Studies.settings(["ingest.onBadRow": "skip"])).run(Studies.lumenInputs)
    #expect(try Studies.differing(first, one).isEmpty)
    Study.useThreads(2)
    let two = try Study().run([Input(path: Studies.dataset("cdnow/orders.csv"))])
    #expect(try Studies.differing(Studies.cdnow.get(), two).isEmpty)
  }

  @Test("the order of rows does not show in the segments", arguments: [Seed(1), Seed(2)])
  func shuffled(seed: Seed) throws {
    let planted = try PlantedShop()
    let path = planted.path("orders.csv")
    let bytes = try ByteStore(path: path).bytes(0..<Int.max)
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let header = lines.removeFirst()
    let text = ([header] + lines.shuffled(seed)).joined(separator: "\n") + "\n"
    let settings = try Studies.settings(["ingest.onBadRow": "skip", "clustering.k": "5"])
    let sorted = try Study(settings).run([Input(path: path, bytes: bytes)])
    let mixed = try Study(settings).run([Input(path: path, bytes: Array(text.utf8))])
    #expect(try file("segments.csv", of: mixed) == file("segments.csv", of: sorted))
    #expect(try file("personas.json", of: mixed) == file("personas.json", of: sorted))
    #expect(try file("segments.json", of: mixed) == file("segments.json", of: sorted))
    #expect(try file("journeys.json", of: mixed) == file("journeys.json", of: sorted))
  }

  @Test("the seed moves no island: another one finds the same segments")
  func seeds() throws {
    let other = try Study(Studies.settings(["ingest.onBadRow": "skip", "seed": "99"])).run([
      Studies.lumenInputs[0]
    ])
    #expect(try adjustedRandIndex(other.labels, Studies.lumen.get().labels) > 0.99)
  }

  @Test("the folder holds the same files in the same order, each of them written")
  func files() throws {
    let files = try Studies.cdnow.get().folder().files
    #expect(Set(files.map(\.name)).count == files.count)
    #expect(
      files.map(\.name).starts(with: ["manifest.json", "segments.csv", "segments.json", "personas.json"]))
    #expect(files.allSatisfy { !$0.bytes.isEmpty })
  }
}
