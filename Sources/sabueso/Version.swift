/// The version that `--version`, the user agent and the start-up line show.
enum Version {
    static let text = "0.1.0"
}
