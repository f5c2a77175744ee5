import Foundation
import Testing

@Suite("Scores by a saved model", .enabled(if: Command.isBuilt, "segue was not built"))
struct SavedScoreTests {
  private let orders = Package.dataset("cdnow/orders.csv")

  /// A study's folder, `study`, and the orders of every third of its customers, `few.csv`.
  private func study(_ flags: [String] = []) throws -> Folder {
    let folder = try Folder()
    let run = try Command.run(["run", orders, "--k", "2", "--out", "study"] + flags, in: folder.url)
    #expect(run.status == 0, "\(run.remarks)")
    let lines = try String(contentsOfFile: orders, encoding: .utf8).split(separator: "\n")
    let few = lines.dropFirst().filter { line in (Int(line.prefix { $0 != "," }) ?? 0) % 3 == 0 }
    #expect(few.count > 1_000)
    try folder.write(([lines[0]] + few).joined(separator: "\n") + "\n", "few.csv")
    return folder
  }

  private func rows(_ outcome: Command.Outcome) -> [Substring: Substring] {
    #expect(outcome.status == 0, "\(outcome.remarks)")
    let lines = outcome.text.split(separator: "\r\n").dropFirst()
    return Dictionary(uniqueKeysWithValues: lines.map { ($0.prefix { $0 != "," }, $0) })
  }

  @Test("customers of a study score by its model as they did in it, whoever else is there")
  func saved() throws {
    let folder = try study()
    let all = rows(try Command.run(["rfm", orders], in: folder.url))
    let again = rows(try Command.run(["rfm", orders, "--model", "study/model.json"], in: folder.url))
    #expect(again == all)
    let day = ["--as-of", "1998-07-01"]
    let saved = try Command.run(["rfm", "few.csv", "--model", "study/model.json"] + day, in: folder.url)
    #expect(saved.remarks.contains("by the cut points of model.json, a study as of 1998-07-01"))
    let few = rows(saved)
    #expect(few.count > 500)
    for (id, row) in few { #expect(row == all[id], "\(id)") }
    // Their own cut points part them elsewhere, and that is what --rebin asks for.
    let own = rows(try Command.run(["rfm", "few.csv"] + day, in: folder.url))
    #expect(own != few)
    let rebinned = ["rfm", "few.csv", "--model", "study/model.json", "--rebin"] + day
    #expect(rows(try Command.run(rebinned, in: folder.url)) == own)
  }

  @Test("a model brings its definitions along, and its table")
  func definitions() throws {
    let folder = try Folder()
    let table = "title: Mine\nbins: 4\nothers: \"The rest\"\nsegments:\n  - {name: Top, fm: 4}\n"
    try folder.write(table, "mine.yaml")
    let flags = [
      "--bins", "4", "--segments", "mine.yaml", "--frequency", "orderDays", "--monetary", "mean", "--refunds",
      "exclude",
    ]
    let run = try Command.run(["run", orders, "--k", "2", "--out", "study"] + flags, in: folder.url)
    #expect(run.status == 0, "\(run.remarks)")
    let manifest = try String(contentsOf: folder.file("study/manifest.json"), encoding: .utf8)
    #expect(manifest.contains("mine.yaml"))
    let given = rows(try Command.run(["rfm", orders] + flags, in: folder.url))
    #expect(given.values.contains { $0.hasSuffix(",Top") })
    // The file is not needed any more.
    try FileManager.default.removeItem(at: folder.file("mine.yaml"))
    let model = ["rfm", orders, "--model", "study/model.json"]
    #expect(rows(try Command.run(model, in: folder.url)) == given)
    // What agrees may be said again; what does not is named on both sides.
    let agreeing = try Command.run(model + ["--bins", "4", "--monetary", "mean"], in: folder.url)
    #expect(rows(agreeing) == given)
    try folder.write(table.replacing("fm: 4", with: "fm: 3-4"), "mine.yaml")
    for (flag, value, words) in [
      ("--bins", "5", "--bins is 5, and study/model.json says 4"),
      ("--monetary", "total", "--monetary is total, and study/model.json says mean"),
      ("--refunds", "net", "--refunds is net, and study/model.json says exclude"),
      ("--segments", "klaviyo", "--segments is klaviyo, and study/model.json says mine.yaml"),
      ("--segments", "mine.yaml", "study/model.json holds another table of that name"),
    ] {
      let outcome = try Command.run(model + [flag, value], in: folder.url)
      #expect(outcome.status == 64, "\(flag)")
      #expect(outcome.remarks.contains(words), "\(outcome.remarks)")
      #expect(outcome.remarks.contains("leave \(flag) out"))
    }
  }

  @Test("what is no model, or a damaged one, is refused")
  func damaged() throws {
    let folder = try study()
    let model = try String(contentsOf: folder.file("study/model.json"), encoding: .utf8)
    let damages: [(String, Int32, (String) -> String)] = [
      ("model.json", 65, { _ in "{}" }), ("model.json", 65, { _ in "no model" }),
      ("model.json", 65, { $0.replacing("\"bins\" : 5", with: "\"bins\" : 12") }),
      ("model.json", 65, { $0.replacing("\"bins\" : 5", with: "\"bins\" : 4") }),
      ("model.json", 65, { $0.replacing("554,", with: "954,") }),
      ("model.json", 65, { $0.replacing("\"monetary\" : [", with: "\"monetary\" : [ 1e9,") }),
      ("model.json", 65, { _ in "{\"version\": \"0.1.0\"}" }),
      ("model.version", 65, { _ in "{\"version\": \"0.1.0\", \"algorithm\": \"kmeans\"}" }),
      ("model.version", 65, { $0.replacing("\"schema\" : 3", with: "\"schema\" : 99") }),
      ("model.json", 65, { _ in "{\"version\": \"0.1.0\", \"schema\": 3}" }),
    ]
    for (code, status, damage) in damages {
      #expect(damage(model) != model)
      try folder.write(damage(model), "damaged.json")
      let outcome = try Command.run(["rfm", orders, "--model", "damaged.json"], in: folder.url)
      #expect(outcome.status == status, "\(outcome.remarks)")
      #expect(outcome.remarks.contains("[\(code)]"), "\(outcome.remarks)")
    }
    let gone = try Command.run(["rfm", orders, "--model", "gone.json"], in: folder.url)
    #expect(gone.status == 66)
  }
}
