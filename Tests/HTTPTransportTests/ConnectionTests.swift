import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `requests one after the other share a connection`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            try await withClient { client in
                for _ in 0..<20 { _ = try await client.send(HTTPRequest(url: server.url)) }
                #expect(server.connected.count == 1)
                #expect(client.statistics.finished == 20)
                #expect(client.statistics.connections == 1)
            }
        }
    }

    @Test func `clients on the same event loop share connections, but not authorizations`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            let loop = CurlEventLoop()
            for token in ["one", "two"] {
                let configuration = HTTPClientConfiguration(authorization: .bearer(token: token), proxy: .direct)
                _ = try await CurlClient(configuration, on: loop).send(HTTPRequest(url: server.url))
            }
            #expect(server.connected.count == 1)
            #expect(server.requests.map { $0.header("Authorization") } == ["Bearer one", "Bearer two"])
            await loop.shutdown()
        }
    }

    /// The server says that it keeps the connection, and closes it.
    @Test func `a connection that the server closed meanwhile is replaced`() async throws {
        try await ScriptedServer.run { _ in
            .close(answer("x"))
        } _: { server in
            try await withClient { client in
                for _ in 0..<3 {
                    let response = try await client.send(HTTPRequest(method: "POST", url: server.url, body: [1]))
                    #expect(response.status == 200)
                }
                #expect(server.requests.count == 3)
            }
        }
    }

    @Test func `a refused connection is told with host and port`() async throws {
        try await Loopback.withRefusingPort { port in
            try await withClient { client in
                let request = HTTPRequest(url: "http://127.0.0.1:\(port)/path?token=s3cret")
                let reason = try await connectionFailure(of: request, to: "127.0.0.1:\(port)", by: client)
                #expect(reason.contains("Couldn't connect") && !reason.contains("s3cret"))
            }
        }
    }

    /// `.invalid` is promised never to exist (RFC 6761).
    @Test func `an unknown name is told`() async throws {
        try await withClient { client in
            let request = HTTPRequest(url: "http://loki.invalid:3100/?token=s3cret")
            let reason = try await connectionFailure(of: request, to: "loki.invalid:3100", by: client)
            #expect(reason == "Could not resolve host: loki.invalid")
        }
    }

    @Test func `a reset connection is told`() async throws {
        try await ScriptedServer.run { _ in
            .reset
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(url: server.url + "/?token=s3cret")
                let reason = try await connectionFailure(of: request, to: server.authority, by: client)
                #expect(reason.contains("reset by peer"))
            }
        }
    }

    @Test func `an answer that is not HTTP is an error`() async throws {
        try await ScriptedServer.run { _ in
            .close(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))
        } _: { server in
            try await withClient { client in
                let reason = try await connectionFailure(
                    of: HTTPRequest(url: server.url), to: server.authority, by: client)
                #expect(reason == "Received HTTP/0.9 when not allowed")
            }
        }
    }

    /// No answer is sent before all requests have come: were they sent in turn, the test would not end.
    @Test func `a hundred requests run at once, over as many connections as are allowed`() async throws {
        let limit = 64
        try await ScriptedServer.run { _ in
            .hold([])
        } _: { server in
            let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
            await withTaskGroup(of: HTTPError?.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do throws(HTTPError) {
                            _ = try await client.send(HTTPRequest(url: "\(server.url)/\(number)"))
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                await server.asked.reached(limit)
                await client.shutdown()
                var errors: [HTTPError?] = []
                for await error in group { errors.append(error) }
                #expect(errors == [HTTPError?](repeating: .cancelled, count: 100))
            }
            #expect(server.connected.count == limit)
        }
    }

    @Test func `each of a hundred concurrent requests gets its own answer`() async throws {
        try await ScriptedServer.run {
            .send(answer($0.target))
        } _: { server in
            try await withClient { client in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<100 {
                        group.addTask {
                            try await client.send(HTTPRequest(url: "\(server.url)/\(number)")).text == "/\(number)"
                        }
                    }
                    var matches = 0
                    for try await isMatch in group where isMatch { matches += 1 }
                    #expect(matches == 100)
                }
                #expect(client.statistics.running == 0)
                #expect(client.statistics.finished == 100)
            }
        }
    }
}
