import FoundationEssentials
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

    /// Numbers of a page that is so wide: the frame's width, that of what is in it, and what the script returns.
    ///
    /// In a frame, because Chromium's own window has at least 500; the frame's document is of the same origin, so that
    /// what is around it can measure it.
    ///
    /// - Parameter script: the body of a function of `frame` and its document `page`, which returns a list.
    func measure(_ page: String, width: Int, _ script: String) async throws -> [Int] {
        let escaped = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let wrapper = """
            <!doctype html><meta charset="utf-8"><body style="margin:0">
            <iframe style="border:0;width:\(width)px;height:1900px" srcdoc="\(escaped)"></iframe>
            <script>
            addEventListener("load", () => {
              const frame = document.querySelector("iframe"), page = frame.contentDocument;
              const found = (() => { \(script) })();
              document.body.dataset.found = [frame.clientWidth, page.documentElement.scrollWidth, ...found].join(" ");
            });
            </script>
            """
        let file = try profile.write(wrapper, to: "\(width).html")
        let said = try await load("file://\(file)", width: width)
        guard let found = said.firstMatch(of: /data-found="([^"]*)"/)?.output.1 else {
            throw TestFailure("the browser found nothing: \(said.prefix(2000))")
        }
        return found.split(separator: " ").compactMap { Int($0) }
    }

    private static let height = 2000
}
