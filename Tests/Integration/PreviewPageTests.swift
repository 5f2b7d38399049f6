import FoundationEssentials
import HTTPTransport
import TestSupport
import Testing

/// The page of messages in a real browser, as a telephone and as a desk have it.
@Suite struct PreviewPageTests {
    private static let cases = ["spot-eviction", "dependency-failure", "faulty-instance", "bad-deploy", "no-traces"]
    /// CSS pixels of a common telephone and of a small desk.
    private static let widths = [390, 1280]

    /// The service alone, with nothing to look at and nobody to tell.
    private static func run(_ test: (String, CurlClient) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let port = try FreePort.pick()
        let config = try folder.write(
            """
            server: {host: 127.0.0.1, port: \(port)}
            journal: {path: \(folder.path("journal.sqlite"))}
            """, to: "sabueso.yaml")
        let serve = try ChildProcess(BuiltProgram.path(), ["serve", "--config", config])
        let http = CurlClient()
        do {
            let address = "http://127.0.0.1:\(port)"
            _ = try await eventually("sabueso serve is ready; it said:\n\(serve.text)") {
                guard serve.isRunning else { throw TestFailure("sabueso serve ended: \(serve.text)") }
                return try? await http.send(HTTPRequest(url: "\(address)/preview"))
            }
            try await test(address, http)
        } catch {
            await http.shutdown()
            await serve.stop()
            throw error
        }
        await http.shutdown()
        await serve.stop()
    }

    @Test func `the browser takes the page as its policy allows it`() async throws {
        try await Self.run { address, _ in
            let said = try await Browser().load("\(address)/preview", width: Self.widths[1])
            #expect(said.contains("<h1>Messages</h1>"))
            #expect(!said.contains("Content Security Policy") && !said.contains("CONSOLE"), "\(said.prefix(2000))")
        }
    }

    @Test(arguments: cases)
    func `nothing is wider than the screen, and each headline is seen`(name: String) async throws {
        try await Self.run { address, http in
            let page = try await http.send(HTTPRequest(url: "\(address)/preview?case=\(name)")).text
            let folder = try TemporaryFolder()
            for width in Self.widths {
                let wrapper = try folder.write(Self.measuring(page, width: width), to: "\(width).html")
                let said = try await Browser().load("file://\(wrapper)", width: width)
                let found = try #require(said.firstMatch(of: /data-found="([^"]*)"/)?.output.1)
                let numbers = found.split(separator: " ").compactMap { Int($0) }
                try #require(numbers.count == 5, "\(found)")
                #expect(numbers[0] == width, "the frame")
                #expect(numbers[1] <= width, "\(name) scrolls sideways at \(width): \(numbers[1])")
                #expect(numbers[2] >= 12, "messages of both chats")
                #expect(numbers[3] == 0, "headlines that are cut or out of sight at \(width)")
                #expect(numbers[4] == (width < 960 ? 0 : 1), "beside each other only where there is room")
            }
        }
    }

    /// The page in a frame of this width, because Chromium's own window has at least 500; the frame's document is of the
    /// same origin, so that what is around it can measure it.
    private static func measuring(_ page: String, width: Int) -> String {
        let escaped = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        return """
            <!doctype html><meta charset="utf-8"><body style="margin:0">
            <iframe style="border:0;width:\(width)px;height:1900px" srcdoc="\(escaped)"></iframe>
            <script>
            addEventListener("load", () => {
              const frame = document.querySelector("iframe"), page = frame.contentDocument;
              const chats = [...page.querySelectorAll(".chat")];
              const hidden = chats.filter(chat => {
                const line = chat.querySelector(".text"), box = line.getBoundingClientRect();
                return box.height < 10 || box.left < 0 || box.right > frame.clientWidth || !line.textContent.trim()
                  || line.scrollWidth > line.clientWidth + 1;
              });
              const [first, second] = page.querySelectorAll("#diagnosis + .chats .side");
              const beside = first.getBoundingClientRect().top === second.getBoundingClientRect().top ? 1 : 0;
              document.body.dataset.found = [frame.clientWidth, page.documentElement.scrollWidth, chats.length,
                hidden.length, beside].join(" ");
            });
            </script>
            """
    }
}
