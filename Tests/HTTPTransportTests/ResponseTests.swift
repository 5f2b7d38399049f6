import FoundationEssentials
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ResponseTests {
    @Test func `an answer's status, headers and body come back`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("418 I'm a teapot", ["X-One: a", "x-two:  b ", "X-One: c"], [0, 255, 10]))
        } _: { server in
            try await withClient { client in
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.status == 418)
                #expect(response.body == [0, 255, 10])
                #expect(response.headers.filter { $0.name == "X-One" }.map(\.value) == ["a", "c"])
                #expect(response.header("X-TWO") == "b")
            }
        }
    }

    @Test func `a chunked body is put together`() async throws {
        let body = "4\r\nSabu\r\n3\r\neso\r\n0\r\n\r\n"
        try await ScriptedServer.run { _ in
            .send(head("200 OK", ["Transfer-Encoding: chunked"]) + Array(body.utf8))
        } _: { server in
            try await withClient { client in
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.text == "Sabueso")
            }
        }
    }

    @Test func `a body without a length ends with the connection`() async throws {
        try await ScriptedServer.run { _ in
            .close(head("200 OK", []) + Array("Sabueso".utf8))
        } _: { server in
            try await withClient { client in
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.text == "Sabueso")
            }
        }
    }

    @Test func `an interim answer is not the answer`() async throws {
        try await ScriptedServer.run { _ in
            .send(head("103 Early Hints", ["Link: </style.css>"]) + answer("Sabueso"))
        } _: { server in
            try await withClient { client in
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.status == 200)
                #expect(response.header("Link") == nil)
            }
        }
    }

    @Test(arguments: [
        ("gzip", "H4sIAAAAAAACAwtOTCpNLc5XSMvPyckvL1YoyUhVKE5OzSvRAwBM/i3mGgAAAA=="),
        ("deflate", "eNoLTkwqTS3OV0jLz8nJLy9WKMlIVShOTs0r0QMAhioJxQ=="),
        ("br", "iwyAU2FidWVzbyBmb2xsb3dzIHRoZSBzY2VudC4D"),
        ("zstd", "KLUv/SQa0QAAU2FidWVzbyBmb2xsb3dzIHRoZSBzY2VudC7XtCJ3"),
    ])
    func `a compressed body is asked for and unpacked`(encoding: String, packed: String) async throws {
        let body = try [UInt8](#require(Data(base64Encoded: packed)))
        try await ScriptedServer.run { _ in
            .send(answer("200 OK", ["Content-Encoding: \(encoding)"], body))
        } _: { server in
            try await withClient { client in
                #expect(try await client.send(HTTPRequest(url: server.url)).text == "Sabueso follows the scent.")
                let accepted = try #require(server.requests.first?.header("Accept-Encoding"))
                #expect(accepted.split(separator: ", ").contains { $0 == encoding })
            }
        }
    }

    @Test func `a body of another encoding than its header says is an error`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("200 OK", ["Content-Encoding: gzip"], [1, 2, 3]))
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(url: server.url)
                let reason = try await connectionFailure(of: request, to: server.authority, by: client)
                #expect(reason.contains("content unencoding"))
            }
        }
    }

    @Test func `an answer that breaks off is an error`() async throws {
        try await ScriptedServer.run { _ in
            .close(head("200 OK", ["Content-Length: 100"]) + Array("half".utf8))
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(url: server.url)
                let reason = try await connectionFailure(of: request, to: server.authority, by: client)
                #expect(reason.contains("96 bytes remaining"))
            }
        }
    }

    @Test(arguments: [
        ("301 Moved Permanently", 301), ("302 Found", 302), ("307 Temporary Redirect", 307),
        ("308 Permanent Redirect", 308),
    ])
    func `a redirect is an answer and is not followed`(line: String, status: Int) async throws {
        try await ScriptedServer.run { _ in
            .send(answer(line, ["Location: /elsewhere"], []))
        } _: { server in
            try await withClient { client in
                let response = try await client.send(HTTPRequest(url: server.url + "/here"))
                #expect(response.status == status)
                #expect(response.header("location") == "/elsewhere")
                #expect(server.requests.map(\.target) == ["/here"])
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ResponseSizeTests {
    @Test func `a body of just the allowed size is taken`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer(String(repeating: "x", count: 100_000)))
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(url: server.url, maximumResponseSize: 100_000)
                let response = try await client.send(request)
                #expect(response.body.count == 100_000)
            }
        }
    }

    @Test func `a body one byte too long is refused`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer(String(repeating: "x", count: 100_001)))
        } _: { server in
            try await withClient { client in
                await #expect(throws: HTTPError.responseTooLarge(host: server.authority, limit: 100_000)) {
                    try await client.send(HTTPRequest(url: server.url, maximumResponseSize: 100_000))
                }
            }
        }
    }

    /// The server sends no end: whoever waited for it would wait until the deadline.
    @Test func `the size is enforced while the body comes, and the connection dropped`() async throws {
        let start = head("200 OK", ["Content-Length: 1000000000"]) + [UInt8](repeating: 120, count: 2000)
        try await ScriptedServer.run { _ in
            .hold(start)
        } _: { server in
            try await withClient { client in
                await #expect(throws: HTTPError.responseTooLarge(host: server.authority, limit: 1000)) {
                    try await client.send(HTTPRequest(url: server.url, maximumResponseSize: 1000))
                }
                await server.disconnected.reached(1)
            }
        }
    }

    /// A mebibyte of zeros, packed.
    @Test(arguments: [
        ("br", "W///j38CIB4LBHLvHwA="),
        ("zstd", "KLUv/QRoTAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAwAQAPE+FuE="),
    ])
    func `the size counts after unpacking`(encoding: String, packed: String) async throws {
        let body = try [UInt8](#require(Data(base64Encoded: packed)))
        try await ScriptedServer.run { _ in
            .send(answer("200 OK", ["Content-Encoding: \(encoding)"], body))
        } _: { server in
            try await withClient { client in
                let whole = try await client.send(HTTPRequest(url: server.url, maximumResponseSize: 1 << 20))
                #expect(whole.body.count == 1 << 20)
                await #expect(throws: HTTPError.responseTooLarge(host: server.authority, limit: (1 << 20) - 1)) {
                    try await client.send(HTTPRequest(url: server.url, maximumResponseSize: (1 << 20) - 1))
                }
            }
        }
    }
}
