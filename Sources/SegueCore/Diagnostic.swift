/// One thing a user can act on: what is wrong, where, and what to do about it.
///
/// Lines and columns count from 1, columns in characters. `excerpt` is customer data: the
/// command line shows it, a server or a redacted report must not.
public struct Diagnostic: Error, Hashable, Sendable, Codable {
  public enum Severity: String, Sendable, Codable {
    case error
    case warning
    case note
  }

  /// A place in an input: the file as the user named it, then line and column where known.
  public struct Location: Hashable, Sendable, Codable {
    public var file: String
    public var line: Int?
    public var column: Int?

    public init(file: String, line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// The line as it stands in the input, and which of its characters the diagnostic is about.
  public struct Excerpt: Hashable, Sendable, Codable {
    public var text: String
    /// Zero-based character offsets into `text`.
    public var offset: Int
    public var length: Int
    /// What was assumed while reading: `column "amount" (3rd of 3); decimal mark "." (detected)`.
    public var context: String?

    public init(text: String, offset: Int, length: Int, context: String? = nil) {
      self.text = text
      self.offset = offset
      self.length = length
      self.context = context
    }
  }

  /// Stable, dotted, tested: `csv.amount`, `kmeans.k`.
  public var code: String
  public var severity: Severity
  public var message: String
  public var location: Location?
  public var excerpt: Excerpt?
  /// The next step, as an imperative: `choose k between 2 and 3`.
  public var hint: String?

  public init(
    _ code: String, severity: Severity = .error, _ message: String, at location: Location? = nil,
    excerpt: Excerpt? = nil, hint: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.location = location
    self.excerpt = excerpt
    self.hint = hint
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The form the command line prints, without colour.
  public var description: String {
    var head = ""
    if let location {
      head += location.file
      if let line = location.line { head += ":\(line)" }
      if let column = location.column { head += ":\(column)" }
      head += ": "
    }
    var text = "\(head)\(severity.rawValue): \(message) [\(code)]"
    if let excerpt {
      text += "\n  \(excerpt.text)\n  "
      text += String(repeating: " ", count: excerpt.offset) + "^"
      text += String(repeating: "~", count: max(0, excerpt.length - 1))
      if let context = excerpt.context { text += "  \(context)" }
    }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }
}
