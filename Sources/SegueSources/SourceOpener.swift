internal import Glibc
internal import SegueCore
internal import SegueIngest

/// From one name to its tables.
struct SourceOpener {
  let name: InputName
  let options: SourceOptions
  let monitor: Monitor

  private var scratch: Scratch {
    Scratch(name: name.displayName, folder: options.scratchFolder, monitor: monitor)
  }

  func open() throws -> [OpenTable] {
    switch name.place {
    case .standardInput: try tables(in: standardInput(), path: "-", isStream: true)
    case .file(let path): try file(path)
    case .server(let address):
      try PostgresSource(address: address, name: name, options: options, monitor: monitor).tables()
    }
  }

  /// A file that standard input was redirected from is read where it lies, unless somebody read its beginning.
  private func standardInput() throws -> ByteStore {
    var status = stat()
    let descriptor = options.standardInput
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      lseek(descriptor, 0, SEEK_CUR) == 0
    else { return try ByteStream.spooled(descriptor, scratch) }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return try ByteStream.spooled(descriptor, scratch) }
    return ByteStore(descriptor: copy, count: Int(status.st_size), name: name.displayName)
  }

  private func file(_ path: String) throws -> [OpenTable] {
    // A regular file is opened as one; whatever else can be read as a stream is.
    var status = stat()
    guard unsafe stat(path, &status) == 0, isStream(status.st_mode) else {
      return try tables(in: ByteStore(path: path), path: path, isStream: false)
    }
    // Without O_NONBLOCK, opening a FIFO that nobody writes to would hang beyond the reach of Ctrl-C.
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return try tables(in: ByteStore(path: path), path: path, isStream: true) }
    defer { close(descriptor) }
    return try tables(in: ByteStream.spooled(descriptor, scratch), path: path, isStream: true)
  }

  private func isStream(_ mode: mode_t) -> Bool {
    mode & S_IFMT == S_IFIFO || mode & S_IFMT == S_IFCHR || mode & S_IFMT == S_IFSOCK
  }

  private func tables(in arrived: ByteStore, path: String, isStream: Bool) throws -> [OpenTable] {
    var store = arrived
    var kind = try SourceKind(store.bytes(0..<4_096))
    switch kind {
    case .gzip, .zstd:
      let unpacking = Unpacking(store: arrived, name: name.displayName, monitor: monitor)
      let isLarge = arrived.count > 1 << 22
      store = try isLarge ? unpacking.growing(kind, scratch) : unpacking.spooled(kind, scratch)
      kind = try SourceKind(store.bytes(0..<4_096))
      // Text may be read while it comes; all else has to be there.
      if case .text = kind {} else { try store.settle() }
    default: break
    }
    if case .zip = kind {
      let archive = try ZipArchive(store, name: name.displayName)
      if let workbook = try Workbook(archive, monitor) {
        return try WorkbookSource(
          workbook: workbook, name: name, path: path, original: arrived, scratch: scratch
        )
        .tables()
      }
      store = try archive.onlyTable(scratch)
      kind = try SourceKind(store.bytes(0..<4_096))
    }
    switch kind {
    case .sqlite:
      guard !isStream, store === arrived else { throw notStreamed("an SQLite database") }
      return try SQLiteSource(path: path, name: name, original: arrived, scratch: scratch).tables()
    case .parquet:
      try failOnSelection("a Parquet file")
      guard !isStream, store === arrived else { throw notStreamed("a Parquet file") }
      store = try ParquetSource(path: path, duckdb: options.duckdb, scratch: scratch).table()
    case .json:
      try failOnSelection("a JSON file")
      store = try JSONTable(store, scratch).table()
    case .compoundFile: throw try CompoundFile.problem(store, name: name.displayName)
    case .bzip2: throw packed("bzip2", "bzip2 -dc")
    case .xz: throw packed("xz", "xz -dc")
    case .text, .gzip, .zstd, .zip:
      try failOnSelection("a text file")
      try failOnMisnamed(path, store)
    }
    let input = Input(
      path: path, displayName: name.displayName, store: store, original: arrived,
      scratchFolder: options.scratchFolder)
    return [OpenTable(input: input, identity: name.identity)]
  }

  private func failOnSelection(_ what: String) throws {
    guard name.selection != nil else { return }
    throw SegueError.usage(
      Diagnostic(
        "source.selection", "this is \(what), in which there is nothing to select",
        at: .init(file: name.displayName),
        hint: "name it without # and what follows"))
  }

  /// Binary bytes under the name of a database or workbook: it is damaged or encrypted.
  private func failOnMisnamed(_ path: String, _ store: ByteStore) throws {
    let endings = [
      "sqlite": "SQLite database", "sqlite3": "SQLite database", "db": "SQLite database",
      "xlsx": "XLSX workbook", "xlsm": "XLSX workbook", "parquet": "Parquet file",
    ]
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let what = endings[ending], try store.bytes(0..<4_096).contains(where: { $0 < 9 }) else { return }
    throw SegueError.data(
      Diagnostic(
        "source.damaged", "this is no \(what), though it is called so: its first bytes are others",
        at: .init(file: name.displayName),
        hint: "it may be encrypted or damaged; export it again, without a password"))
  }

  private func notStreamed(_ what: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "source.stream", "\(what) cannot be read from a pipe or out of an archive",
        at: .init(file: name.displayName), hint: "save it to a file and name that"))
  }

  private func packed(_ what: String, _ command: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "source.packed", "this is packed with \(what)", at: .init(file: name.displayName),
        hint: "unpack it: \(command) FILE | segue … -"))
  }
}

/// Picks tables by name from those a workbook or database has.
struct TableChoice {
  let name: InputName
  /// `workbook`, `database`.
  let holder: String
  /// One table: `sheet`, `table`.
  let noun: String
  let tables: [String]

  /// The tables that are meant.
  ///
  /// - Parameter isEmpty: asked only where nothing was selected and there are several.
  /// - Throws: ``SegueCore/SegueError`` `source.noTable`, `source.severalTables`.
  func chosen(isEmpty: (String) throws -> Bool) throws -> [String] {
    switch name.selection {
    case .table(let wanted):
      if let table = tables.first(where: { $0 == wanted }) { return [table] }
      let alike = tables.filter { $0.lowercased() == wanted.lowercased() }
      if alike.count == 1 { return alike }
      throw failure(
        "source.noTable", "there is no \(noun) \"\(wanted)\" in this \(holder)",
        hint: "it has: \(listed(tables))")
    case .all, .query, nil:
      let filled = tables.count == 1 ? tables : try tables.filter { try !isEmpty($0) }
      guard let first = filled.first else {
        throw failure(
          "source.noTable", "this \(holder) has no \(noun) with anything in it",
          hint: "check that it is the right one")
      }
      if name.selection == .all || filled.count == 1 { return filled }
      let file = name.displayName
      throw failure(
        "source.severalTables", "this \(holder) has several \(noun)s: \(listed(filled))",
        hint: "say which: '\(file)#\(first)'; each as an input of its own: '\(file)#*'")
    }
  }

  private func listed(_ tables: [String]) -> String {
    let shown = tables.prefix(20).joined(separator: ", ")
    return tables.count > 20 ? "\(shown) and \(tables.count - 20) more" : shown
  }

  private func failure(_ code: String, _ message: String, hint: String) -> SegueError {
    SegueError.usage(Diagnostic(code, message, at: .init(file: name.displayName), hint: hint))
  }
}
