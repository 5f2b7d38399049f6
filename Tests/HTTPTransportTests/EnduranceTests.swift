import FoundationEssentials
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct EnduranceTests {
    /// In a process of its own: descriptors and memory are counted for the whole process.
    @Test func `ten thousand requests, with every kind of failure among them, leak nothing`() async {
        await #expect(processExitsWith: .success) {
            let descriptors = try Process.openDescriptors()
            try await ScriptedServer.run { request in
                switch request.target {
                case "/silent": .hold(head("200 OK", ["Content-Length: 10"]))
                case "/reset": .reset
                case "/close": .close(answer("x"))
                default: .send(answer(String(repeating: "x", count: 10_000)))
                }
            } _: { server in
                let client = CurlClient(HTTPClientConfiguration(authorization: .bearer(token: "t"), proxy: .direct))
                let url = server.url
                try await Workload(client: client, url: url, requests: 2000).run()
                let warm = try Process.residentBytes()
                try await Workload(client: client, url: url, requests: 10_000).run()
                let growth = try Process.residentBytes() - warm
                #expect(client.statistics.running == 0)
                #expect(client.statistics.finished == 12_000)
                // A response that were kept each time would be 100 MB; the allocator alone moves by a few.
                #expect(growth < 16 << 20, "grew by \(growth) bytes")
                await client.shutdown()
            }
            // Some nine hundred connections were opened; the test's own machinery opens and closes one now and then.
            let kept = try Process.openDescriptors() - descriptors
            #expect(kept < 10, "kept \(kept) descriptors")
        }
    }
}

/// Requests, forty at a time, of which one in twenty goes wrong on purpose.
private struct Workload: Sendable {
    let client: CurlClient
    let url: String
    let requests: Int

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<requests {
                if number >= 40 { try await group.next() }
                group.addTask { try await send(number) }
            }
            try await group.waitForAll()
        }
    }

    private func send(_ number: Int) async throws {
        switch number % 100 {
        case 0:
            try await expect("/silent", deadline: .milliseconds(20)) {
                if case .deadlineExceeded = $0 { true } else { false }
            }
        case 20: try await expect("/big", maximumSize: 100) { if case .responseTooLarge = $0 { true } else { false } }
        case 40: try await expect("/reset") { if case .connectionFailed = $0 { true } else { false } }
        case 60:
            let task = Task { try await client.send(HTTPRequest(url: url + "/silent")) }
            await Task.yield()
            task.cancel()
            guard case .failure = await task.result else { throw Unexpected(outcome: "an answer") }
        case 80: _ = try await client.send(HTTPRequest(method: "POST", url: url + "/close", body: [1, 2, 3]))
        default:
            let response = try await client.send(HTTPRequest(url: url))
            guard response.body.count == 10_000 else { throw Unexpected(outcome: "\(response.body.count) bytes") }
        }
    }

    private struct Unexpected: Error { let outcome: String }

    private func expect(
        _ path: String, deadline: Duration = .seconds(30), maximumSize: Int = 1 << 20, _ isExpected: (HTTPError) -> Bool
    ) async throws {
        do throws(HTTPError) {
            _ = try await client.send(
                HTTPRequest(url: url + path, deadline: deadline, maximumResponseSize: maximumSize))
        } catch {
            guard isExpected(error) else { throw error }
            return
        }
        throw Unexpected(outcome: "an answer to \(path)")
    }
}

/// What the kernel counts for this process.
private enum Process {
    static func openDescriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    static func residentBytes() throws -> Int {
        let fields = try String(decoding: Data(contentsOf: URL(filePath: "/proc/self/statm")), as: UTF8.self)
            .split(separator: " ")
        return try #require(fields.dropFirst().first.flatMap { Int($0) }) * 4096
    }
}
