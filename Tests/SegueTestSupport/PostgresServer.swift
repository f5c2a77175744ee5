internal import Foundation
internal import Glibc

/// A PostgreSQL server of our own on a loopback port, with its data in a temporary folder, gone with the object.
package final class PostgresServer {
  package static let password = "correct horse"
  package let port: Int
  private let folder: String
  private let process = Process()

  package init() throws {
    guard let initdb = Tools.initdb else { throw Tools.Failure(description: "there is no initdb") }
    folder = FileManager.default.temporaryDirectory.appending(path: "segue-pg-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try PostgresServer.password.write(toFile: folder + "/password", atomically: true, encoding: .utf8)
    // The server refuses to run as root.
    let prefix = try geteuid() == 0 ? PostgresServer.unprivileged(owner: folder) : []
    func command(_ words: [String]) -> (String, [String]) {
      let all = prefix + words
      return (all[0], Array(all.dropFirst()))
    }
    let make = command([
      initdb, "-D", folder + "/data", "-U", "segue", "--pwfile", folder + "/password", "-A", "scram-sha-256",
      "--no-sync", "-E", "UTF8", "--locale=C",
    ])
    try Tools.run(make.0, make.1)
    port = try LoopbackListener().port
    let server = (initdb as NSString).deletingLastPathComponent + "/postgres"
    let start = command([
      server, "-D", folder + "/data", "-p", "\(port)", "-c", "listen_addresses=127.0.0.1",
      "-c", "unix_socket_directories=\(folder)", "-c", "fsync=off", "-c", "max_connections=20",
    ])
    process.executableURL = URL(filePath: start.0)
    process.arguments = start.1
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<200 {
      if (try? query("SELECT 1")) != nil { return }
      usleep(50_000)
    }
    throw Tools.Failure(description: "the server does not start")
  }

  deinit {
    // Fast shutdown; it ends its children itself.
    if process.isRunning { kill(process.processIdentifier, SIGINT) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// With the password, as in `postgres://segue:…@127.0.0.1:5432/DATABASE`.
  package func address(_ database: String = "postgres", password: String = "correct%20horse") -> String {
    "postgres://segue:\(password)@127.0.0.1:\(port)/\(database)"
  }

  /// Runs SQL by psql; `input` is its standard input, for COPY.
  @discardableResult
  package func query(_ sql: String, database: String = "postgres", input: String? = nil) throws -> String {
    guard let psql = Tools.find("psql", also: [(Tools.initdb! as NSString).deletingLastPathComponent]) else {
      throw Tools.Failure(description: "there is no psql")
    }
    return try Tools.run(
      psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address(database), "-c", sql],
      input: input)
  }

  private static func unprivileged(owner folder: String) throws -> [String] {
    guard let setpriv = Tools.find("setpriv") else { throw Tools.Failure(description: "there is no setpriv") }
    let user = unsafe getpwnam("postgres") != nil ? "postgres" : "nobody"
    try Tools.run("/bin/chown", ["-R", user, folder])
    let group = try Tools.run("/usr/bin/id", ["-gn", user]).trimmingCharacters(in: .whitespacesAndNewlines)
    return [setpriv, "--reuid=\(user)", "--regid=\(group)", "--clear-groups"]
  }
}

/// A port on loopback that takes connections and never answers.
package final class LoopbackListener {
  package let port: Int
  private let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)

  package init() throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = unsafe withUnsafeMutablePointer(to: &address) { [descriptor] place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, length) == 0 && listen(descriptor, 4) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isListening else { throw Tools.Failure(description: "no port is free") }
  }

  deinit { close(descriptor) }
}
