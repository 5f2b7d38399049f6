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
            for width in Self.widths {
                let numbers = try await Browser().measure(page, width: width, Self.measuring)
                try #require(numbers.count == 5, "\(numbers)")
                #expect(numbers[0] == width, "the frame")
                #expect(numbers[1] <= width, "\(name) scrolls sideways at \(width): \(numbers[1])")
                #expect(numbers[2] >= 12, "messages of both chats")
                #expect(numbers[3] == 0, "headlines that are cut or out of sight at \(width)")
                #expect(numbers[4] == (width < 960 ? 0 : 1), "beside each other only where there is room")
            }
        }
    }

    private static let measuring = """
        const chats = [...page.querySelectorAll(".chat")];
        const hidden = chats.filter(chat => {
          const line = chat.querySelector(".text"), box = line.getBoundingClientRect();
          return box.height < 10 || box.left < 0 || box.right > frame.clientWidth || !line.textContent.trim()
            || line.scrollWidth > line.clientWidth + 1;
        });
        const [first, second] = page.querySelectorAll("#diagnosis + .chats .side");
        const beside = first.getBoundingClientRect().top === second.getBoundingClientRect().top ? 1 : 0;
        return [chats.length, hidden.length, beside];
        """
}
