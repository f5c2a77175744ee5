/// How a figure reads.
public enum Unit: String, Sendable, Codable {
  case days
  case money
  case count
  case share
  case years
  case plain
}
