internal import Glibc
internal import SegueCore

/// Which table of a workbook or database is meant: what stands after `#`.
enum Selection: Hashable {
  /// `#*`: every table, each an input of its own.
  case all
  case table(String)
  case query(String)

  init(_ text: String) {
    let word = text.drop { $0.isWhitespace }.prefix { $0.isLetter }.lowercased()
    if text == "*" {
      self = .all
    } else if ["select", "with", "values"].contains(word), text.contains(where: \.isWhitespace) {
      self = .query(text)
    } else {
      self = .table(text)
    }
  }
}

/// A name as the user gave it, taken apart.
package struct InputName {
  enum Place: Hashable {
    case standardInput
    case file(String)
    /// The address of a server, with its password if it holds one.
    case server(String)
  }

  var place: Place
  var selection: Selection?

  /// What the input is called everywhere: without passwords, and queries on one line.
  package var displayName: String {
    let base =
      switch place {
      case .standardInput: "standard input"
      case .file(let path): path
      case .server(let address): ServerAddress.masked(address)
      }
    return switch selection {
    case nil: base
    case .all: base + "#*"
    case .table(let name): base + "#" + name
    case .query(let text): base + "#" + text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  /// Where the file lies, through links and detours; nil for a server. For standard input, what stands behind it.
  package var file: String? {
    switch place {
    case .standardInput: InputName.realPath("/dev/stdin")
    case .file(let path): InputName.realPath(path)
    case .server: nil
    }
  }

  /// Equal for names of the same table, through links and detours.
  var identity: String {
    let base =
      switch place {
      case .standardInput: "-"
      case .file(let path): InputName.realPath(path)
      case .server(let address): address
      }
    return switch selection {
    case nil: base
    case .all: base + "#*"
    case .table(let name): base + "#" + name
    case .query(let text): base + "#" + text
    }
  }

  /// The same for a table that was found in it, whether it was named or not.
  func identity(of table: String) -> String {
    var copy = self
    copy.selection = .table(table)
    return copy.identity
  }

  /// - Returns: one name; any number of them for a glob, sorted by bytes.
  /// - Throws: ``SegueCore/SegueError`` `input.glob` where nothing matches.
  package static func parse(_ text: String) throws -> [InputName] {
    if text == "-" { return [InputName(place: .standardInput)] }
    if ServerAddress.isOne(text) {
      let (address, selection) = ServerAddress.split(text)
      return [InputName(place: .server(address), selection: selection.map(Selection.init))]
    }
    // A file that is really called so wins over what its name could mean.
    if exists(text) { return [InputName(place: .file(text))] }
    let (path, selection) = split(text)
    guard path.contains(where: { "*?[".contains($0) }), !exists(path) else {
      return [InputName(place: .file(path), selection: selection)]
    }
    let found = matches(path)
    guard !found.isEmpty else {
      throw SegueError(
        .noInput,
        [
          Diagnostic(
            "input.glob", "no file matches", at: .init(file: text),
            hint: "check the folder and the ending; ls shows what is there")
        ])
    }
    return found.map { InputName(place: .file($0), selection: selection) }
  }

  /// At the first `#` behind which no file name goes on.
  private static func split(_ text: String) -> (path: String, selection: Selection?) {
    let marks = text.indices.filter { text[$0] == "#" && $0 != text.startIndex }
    let mark = marks.first { exists(String(text[..<$0])) } ?? marks.first
    guard let mark else { return (text, nil) }
    let rest = String(text[text.index(after: mark)...])
    return (String(text[..<mark]), rest.isEmpty ? nil : Selection(rest))
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// A path without links; the path itself where nothing is.
  package static func realPath(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else {
      // A file that is not there yet stands in a folder that may be.
      let cut = path.lastIndex(of: "/")
      let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
      let name = cut.map { path[path.index(after: $0)...] } ?? path[...]
      guard !name.isEmpty, let parent = unsafe realpath(folder, nil) else { return path }
      defer { unsafe free(parent) }
      let place = unsafe String(cString: parent)
      return place == "/" ? "/\(name)" : "\(place)/\(name)"
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  private static func matches(_ pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
    let paths = unsafe (0..<Int(found.gl_pathc)).compactMap { index in
      unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
