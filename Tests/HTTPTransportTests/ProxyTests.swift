import Glibc
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private func client(_ proxy: HTTPProxy, _ authorization: HTTPAuthorization = .none) -> HTTPClientConfiguration {
        HTTPClientConfiguration(authorization: authorization, proxy: proxy)
    }

    @Test func `a proxy gets the whole URL, and its own password`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("by proxy"))
        } _: { proxy in
            let way = HTTPProxy.url("http://me:s3cret@\(proxy.authority)")
            try await withClient(client(way, .bearer(token: "t"))) { client in
                let response = try await client.send(HTTPRequest(url: "http://loki.invalid:3100/ready?a=b"))
                #expect(response.text == "by proxy")
            }
            let request = try #require(proxy.requests.first)
            #expect(request.target == "http://loki.invalid:3100/ready?a=b")
            #expect(request.header("Proxy-Authorization") == "Basic bWU6czNjcmV0")
            #expect(request.header("Authorization") == "Bearer t")
        }
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.0/8", "*", "other.example"])
    func `hosts in the bypass list are reached directly`(bypass: String) async throws {
        try await ScriptedServer.run { _ in
            .send(answer("by proxy"))
        } _: { proxy in
            try await ScriptedServer.run { _ in
                .send(answer("directly"))
            } _: { server in
                let list = ["a.example", bypass]
                try await withClient(client(.url(proxy.url, bypass: list))) { client in
                    let response = try await client.send(HTTPRequest(url: server.url))
                    #expect(response.text == (bypass == "other.example" ? "by proxy" : "directly"))
                }
            }
        }
    }

    /// Through a tunnel, so that the proxy sees neither URL nor token.
    @Test func `https asks the proxy for a tunnel, and a refusal shows no secret`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("403 Forbidden", [], []))
        } _: { proxy in
            let way = HTTPProxy.url("http://me:s3cret@\(proxy.authority)")
            try await withClient(client(way, .bearer(token: "s3cret"))) { client in
                let request = HTTPRequest(url: "https://hooks.invalid/T0/s3cret", headers: [HTTPHeader("X-Own", "1")])
                let reason = try await connectionFailure(of: request, to: "hooks.invalid:443", by: client)
                #expect(reason == "CONNECT tunnel failed, response 403")
            }
            let request = try #require(proxy.requests.first)
            #expect(request.method == "CONNECT")
            #expect(request.target == "hooks.invalid:443")
            #expect(request.header("Authorization") == nil)
            #expect(request.header("X-Own") == nil)
        }
    }

    @Test(arguments: [
        "http://me:s3cret@proxy.invalid:99999", "http://me:s3cret@", "nonsense://me:s3cret@proxy:1",
        "me:s3cret@proxy.invalid:1",
    ])
    func `a proxy that cannot be used is told without its password`(url: String) async throws {
        try await withClient(client(.url(url))) { client in
            let request = HTTPRequest(url: "http://loki.invalid:3100/")
            let reason = try await connectionFailure(of: request, to: "loki.invalid:3100", by: client)
            #expect(reason.contains("proxy"), "\(reason)")
            #expect(!reason.contains("s3cret"))
        }
    }

    /// In a process of its own, whose environment is its own.
    @Test func `the environment's proxy and its exceptions are used, unless they are not wanted`() async {
        await #expect(processExitsWith: .success) {
            try await ScriptedServer.run { _ in
                .send(answer("by proxy"))
            } _: { proxy in
                try await ScriptedServer.run { _ in
                    .send(answer("directly"))
                } _: { server in
                    for name in ["NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"] { unsafe unsetenv(name) }
                    unsafe setenv("http_proxy", proxy.url, 1)
                    unsafe setenv("NO_PROXY", "a.example,localhost", 1)
                    let url = "http://localhost:\(server.port)"
                    try await withClient(HTTPClientConfiguration()) { client in
                        let throughProxy = try await client.send(HTTPRequest(url: server.url))
                        #expect(throughProxy.text == "by proxy")
                        let excepted = try await client.send(HTTPRequest(url: url))
                        #expect(excepted.text == "directly")
                    }
                    try await withClient(HTTPClientConfiguration(proxy: .direct)) { client in
                        let direct = try await client.send(HTTPRequest(url: server.url))
                        #expect(direct.text == "directly")
                    }
                    // Another proxy than the environment's is not subject to the environment's exceptions.
                    try await withClient(HTTPClientConfiguration(proxy: .url(proxy.url))) { client in
                        let configured = try await client.send(HTTPRequest(url: url))
                        #expect(configured.text == "by proxy")
                    }
                }
            }
        }
    }
}
