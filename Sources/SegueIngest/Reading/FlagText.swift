/// Flags as a person would type them into a shell.
struct FlagText {
  /// The file as `--kind` and `--column` know it.
  private let file: String

  init(_ path: String) { file = ColumnOverrides.lastComponent(path) }

  /// - Parameter kind: nil stands for one yet to be chosen.
  func kind(_ kind: TableKind?) -> String { "--kind " + quoted("\(file)=\(kind?.rawValue ?? "KIND")") }

  /// - Parameter header: nil stands for one yet to be chosen.
  func column(_ role: ColumnRole, _ header: String?) -> String {
    "--column " + quoted("\(file):\(role.rawValue)=\(header ?? "HEADER")")
  }

  private func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.,:=/@+%".unicodeScalars.contains($0)
    }
    return isPlain
      ? text
      : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}

extension SourceFile {
  /// A header by which options find the column: as written, or `#3` where an earlier column has the same.
  func name(of column: Int) -> String {
    headers.firstIndex(of: headers[column]) == column ? headers[column] : "#\(column + 1)"
  }
}
