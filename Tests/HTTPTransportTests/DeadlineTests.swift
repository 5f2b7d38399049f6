import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeadlineTests {
    private static let short = Duration.milliseconds(50)

    /// Where a server may get stuck; it never goes on, so that only the deadline ends the request.
    @Test(arguments: [
        [], Array("HTTP/1.1 200".utf8), head("200 OK", ["Content-Length: 10"]),
        head("200 OK", ["Content-Length: 10"]) + [1],
        head("100 Continue", []),
    ])
    func `a server that stops answering meets the deadline`(start: [UInt8]) async throws {
        try await ScriptedServer.run { _ in
            .hold(start)
        } _: { server in
            try await withClient { client in
                await #expect(throws: HTTPError.deadlineExceeded(host: server.authority, after: Self.short)) {
                    try await client.send(HTTPRequest(url: server.url + "/?s3cret", deadline: Self.short))
                }
                await server.disconnected.reached(1)
                #expect(client.statistics.running == 0)
            }
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .nanoseconds(1)])
    func `a deadline that has passed sends nothing`(deadline: Duration) async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            try await withClient { client in
                await #expect(throws: HTTPError.deadlineExceeded(host: server.authority, after: deadline)) {
                    try await client.send(HTTPRequest(url: server.url, deadline: deadline))
                }
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `an endless deadline is taken for the longest one`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            try await withClient { client in
                let response = try await client.send(HTTPRequest(url: server.url, deadline: .seconds(Int64.max)))
                #expect(response.text == "x")
            }
        }
    }

    /// The port listens, but nobody takes part in the TLS handshake.
    @Test func `a connection that is not made in time is told as such`() async throws {
        let (socket, port) = try Loopback.listen()
        let configuration = HTTPClientConfiguration(proxy: .direct, connectTimeout: Self.short)
        try await withClient(configuration) { client in
            let request = HTTPRequest(url: "https://127.0.0.1:\(port)/")
            let reason = try await connectionFailure(of: request, to: "127.0.0.1:\(port)", by: client)
            #expect(reason.lowercased().contains("timeout"), "\(reason)")
        }
        Loopback.close(socket)
    }
}
