@main
struct SegueCommand {
  static func main() {}
}
