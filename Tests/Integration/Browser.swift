import TestSupport

/// Chromium without a window: it opens one page, says what it found, and ends.
struct Browser: Sendable {
    private let profile: TemporaryFolder

    init() throws { profile = try TemporaryFolder() }

    /// The document after it was loaded, and before it what the browser complained of.
    func load(_ url: String, width: Int, dark: Bool = false, picture: String? = nil) async throws -> String {
        let process = try ChildProcess(
            "chromium",
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-extensions", "--hide-scrollbars",
                "--enable-logging=stderr", "--user-data-dir=\(profile.path("profile"))",
                "--window-size=\(width),\(Self.height)",
            ] + (dark ? ["--blink-settings=preferredColorScheme=0"] : [])
                + (picture.map { ["--screenshot=\($0)"] } ?? ["--dump-dom"]) + [url])
        let code = await process.exitCode()
        guard code == 0 else { throw TestFailure("chromium ended with \(code): \(process.text)") }
        return process.text
    }

    private static let height = 2000
}
