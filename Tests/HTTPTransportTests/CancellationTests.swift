import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    @Test(arguments: [[], head("200 OK", ["Content-Length: 10"]) + [1]])
    func `a cancelled task's transfer is aborted, which the server sees`(start: [UInt8]) async throws {
        try await ScriptedServer.run { _ in
            .hold(start)
        } _: { server in
            let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
            let url = server.url
            // Not structured: the task has to be cancelled while it runs.
            let task = Task { try await client.send(HTTPRequest(url: url)) }
            await server.asked.reached(1)
            #expect(server.disconnected.count == 0)
            task.cancel()
            let result = await task.result
            #expect(throws: HTTPError.cancelled) { try result.get() }
            await server.disconnected.reached(1)
            #expect(client.statistics.running == 0)
            await client.shutdown()
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
            let url = server.url
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                return try await client.send(HTTPRequest(url: url))
            }
            let result = await task.result
            #expect(throws: HTTPError.cancelled) { try result.get() }
            #expect(server.connected.count == 0)
            await client.shutdown()
        }
    }

    @Test func `others go on when one is cancelled`() async throws {
        try await ScriptedServer.run {
            $0.target == "/slow" ? .hold([]) : .send(answer("x"))
        } _: { server in
            let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
            let url = server.url
            let slow = (0..<10).map { _ in Task { try await client.send(HTTPRequest(url: url + "/slow")) } }
            await server.asked.reached(10)
            for task in slow.dropFirst() { task.cancel() }
            await server.disconnected.reached(9)
            let response = try await client.send(HTTPRequest(url: url))
            #expect(response.text == "x")
            #expect(client.statistics.running == 1)
            await client.shutdown()
            let last = await slow[0].result
            #expect(throws: HTTPError.cancelled) { try last.get() }
        }
    }

    @Test func `cancelling at any moment leaves nothing behind`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
            let url = server.url
            for round in 0..<300 {
                let task = Task { try await client.send(HTTPRequest(url: url)) }
                for _ in 0..<round % 30 { await Task.yield() }
                task.cancel()
                _ = await task.result
            }
            #expect(client.statistics.running == 0)
            #expect(client.statistics.finished <= 300)
            let response = try await client.send(HTTPRequest(url: url))
            #expect(response.text == "x")
            await client.shutdown()
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
    @Test func `shutting down closes connections, and later requests fail`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
            _ = try await client.send(HTTPRequest(url: server.url))
            await client.shutdown()
            await server.disconnected.reached(1)
            await #expect(throws: HTTPError.cancelled) { try await client.send(HTTPRequest(url: server.url)) }
            await client.shutdown()
        }
    }

    @Test func `a client that nobody holds any more lets go of its connections`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            do {
                let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
                _ = try await client.send(HTTPRequest(url: server.url))
            }
            await server.disconnected.reached(1)
        }
    }

    @Test func `several may shut down at once`() async {
        let client = CurlClient()
        await withTaskGroup { group in
            for _ in 0..<10 { group.addTask { await client.shutdown() } }
        }
        #expect(client.statistics.running == 0)
    }
}
