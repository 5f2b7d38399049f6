import Glibc
import TestSupport
import Testing

@testable import HTTPTransport

@Suite(.timeLimit(.minutes(1))) struct TokenFileTests {
    private func configuration(_ path: String) -> HTTPClientConfiguration {
        HTTPClientConfiguration(authorization: .bearerFile(path: path), proxy: .direct)
    }

    @Test func `the token is read again for each request, without the white space around it`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("\n first \r\n", to: "token")
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            try await withClient(configuration(path)) { client in
                _ = try await client.send(HTTPRequest(url: server.url))
                try folder.write("second\n", to: "token")
                _ = try await client.send(HTTPRequest(url: server.url))
                #expect(server.requests.map { $0.header("Authorization") } == ["Bearer first", "Bearer second"])
            }
        }
    }

    @Test(
        arguments: [
            (nil, "No such file or directory"), ("", "it is empty"), (" \n", "it is empty"),
            (String(repeating: "x", count: TokenFile.maximumSize + 1), "longer than 16384 bytes"),
        ] as [(String?, String)])
    func `without a token nothing is sent, and the file is named`(content: String?, because: String) async throws {
        let folder = try TemporaryFolder()
        if let content { try folder.write(content, to: "token") }
        let path = folder.path("token")
        try await ScriptedServer.run { _ in
            .send(answer("x"))
        } _: { server in
            try await withClient(configuration(path)) { client in
                let request = HTTPRequest(url: server.url)
                let reason = try await connectionFailure(of: request, to: server.authority, by: client)
                #expect(reason.hasPrefix("the token file \(path) cannot be used: "))
                #expect(reason.contains(because), "\(reason)")
                #expect(server.connected.count == 0)
                #expect(client.statistics.running == 0)
            }
        }
    }

    @Test func `the longest token is sent whole`() async throws {
        let folder = try TemporaryFolder()
        let token = String(repeating: "x", count: TokenFile.maximumSize)
        #expect(try TokenFile(path: folder.write(token, to: "token")).read() == token)
    }

    @Test func `a token that would begin another header is refused`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("s3cret\nX-Evil: 1", to: "token")
        try await withClient(configuration(path)) { client in
            await #expect(
                throws: HTTPError.invalidRequest("the token in \(path) is empty or holds a control character")
            ) {
                try await client.send(HTTPRequest(url: "http://127.0.0.1:1/"))
            }
        }
    }

    /// Opening it as usual would wait for somebody to write into it, and all requests would wait too.
    @Test func `a named pipe in the place of the file does not hold up the event loop`() async throws {
        let folder = try TemporaryFolder()
        let outcome = unsafe mkfifo(folder.path("token"), 0o600)
        #expect(outcome == 0)
        try await withClient(configuration(folder.path("token"))) { client in
            let request = HTTPRequest(url: "http://127.0.0.1:1/")
            let reason = try await connectionFailure(of: request, to: "127.0.0.1:1", by: client)
            #expect(reason.hasSuffix("it is empty"))
        }
    }
}
