import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RequestTests {
    /// What the server sees of a request.
    private func received(
        _ request: HTTPRequest, by configuration: HTTPClientConfiguration = HTTPClientConfiguration(proxy: .direct)
    ) async throws -> ReceivedRequest {
        try await ScriptedServer.run { _ in
            .send(answer(""))
        } _: { server in
            var request = request
            request.url = server.url + request.url
            try await withClient(configuration) { client in _ = try await client.send(request) }
            return try #require(server.requests.first)
        }
    }

    @Test func `a plain request says who we are and nothing that it need not`() async throws {
        let request = try await received(
            HTTPRequest(url: "/api/search?q=%7B%7D"),
            by: HTTPClientConfiguration(userAgent: "sabueso/1.2.3", proxy: .direct))
        #expect(request.method == "GET")
        #expect(request.target == "/api/search?q=%7B%7D")
        #expect(request.header("User-Agent") == "sabueso/1.2.3")
        #expect(request.headers.map(\.name) == ["Host", "User-Agent", "Accept", "Accept-Encoding"])
    }

    @Test func `a path is sent as it was given`() async throws {
        #expect(
            try await received(HTTPRequest(url: "/a/../b/./c%2F..%2Fd?x=1+2")).target == "/a/../b/./c%2F..%2Fd?x=1+2")
    }

    @Test func `a fragment stays at home`() async throws {
        #expect(try await received(HTTPRequest(url: "/a#secret")).target == "/a")
    }

    @Test func `headers are sent in order, empty and repeated ones too`() async throws {
        let request = try await received(
            HTTPRequest(
                url: "/",
                headers: [
                    HTTPHeader("X-B", "2"), HTTPHeader("X-Empty", ""), HTTPHeader("X-A", "ä; 1"),
                    HTTPHeader("X-B", "3"),
                    HTTPHeader("Accept", "application/protobuf"),
                ]))
        #expect(
            request.headers.filter { $0.name.hasPrefix("X-") } == [
                HTTPHeader("X-B", "2"), HTTPHeader("X-Empty", ""), HTTPHeader("X-A", "ä; 1"), HTTPHeader("X-B", "3"),
            ])
        #expect(request.values("Accept") == ["application/protobuf"])
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET", "REPORT"])
    func `a body goes with any method`(method: String) async throws {
        let body: [UInt8] = [0, 13, 10, 255, 0]
        let request = try await received(
            HTTPRequest(
                method: method, url: "/", headers: [HTTPHeader("Content-Type", "application/x-protobuf")], body: body))
        #expect(request.method == method)
        #expect(request.body == body)
        #expect(request.values("Content-Type") == ["application/x-protobuf"])
    }

    @Test func `a body without a type is not called a form`() async throws {
        #expect(try await received(HTTPRequest(method: "POST", url: "/", body: [1])).header("Content-Type") == nil)
    }

    /// libcurl would announce it with `Expect: 100-continue` and wait a second for leave to send.
    @Test func `a large body is sent at once`() async throws {
        let body = [UInt8](repeating: 7, count: 3 << 20)
        let request = try await received(HTTPRequest(method: "POST", url: "/", body: body))
        #expect(request.header("Expect") == nil)
        #expect(request.body == body)
    }

    @Test(arguments: [("POST", nil), ("PUT", nil), ("PATCH", nil), ("POST", [UInt8]())] as [(String, [UInt8]?)])
    func `an absent body has the length 0`(method: String, body: [UInt8]?) async throws {
        #expect(
            try await received(HTTPRequest(method: method, url: "/", body: body)).header("Content-Length") == "0")
    }

    @Test func `HEAD asks for no body and waits for none`() async throws {
        try await ScriptedServer.run { _ in
            .send(head("200 OK", ["Content-Length: 1000000"]))
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(method: "HEAD", url: server.url, maximumResponseSize: 10)
                let response = try await client.send(request)
                #expect(response.header("Content-Length") == "1000000")
                #expect(response.body == [])
            }
        }
    }

    @Test func `user name and password are sent as basic authorization`() async throws {
        let request = try await received(
            HTTPRequest(url: "/"),
            by: HTTPClientConfiguration(
                authorization: .basic(username: "alertmanager", password: "open sesame"), proxy: .direct))
        #expect(request.values("Authorization") == ["Basic YWxlcnRtYW5hZ2VyOm9wZW4gc2VzYW1l"])
    }

    @Test func `a password may hold a colon, an @ and other alphabets`() async throws {
        let request = try await received(
            HTTPRequest(url: "/"),
            by: HTTPClientConfiguration(authorization: .basic(username: "a", password: ":@/ñ"), proxy: .direct))
        #expect(request.values("Authorization") == ["Basic YTo6QC/DsQ=="])
    }

    @Test func `a bearer token and a tenant are sent`() async throws {
        let request = try await received(
            HTTPRequest(url: "/"),
            by: HTTPClientConfiguration(authorization: .bearer(token: "abc.def"), tenant: "team|other", proxy: .direct))
        #expect(request.values("Authorization") == ["Bearer abc.def"])
        #expect(request.values("X-Scope-OrgID") == ["team|other"])
    }

    @Test func `a tenant is sent under the name that the server knows`() async throws {
        let request = try await received(
            HTTPRequest(url: "/"),
            by: HTTPClientConfiguration(tenant: "team", tenantHeader: "THANOS-TENANT", proxy: .direct))
        #expect(request.values("THANOS-TENANT") == ["team"])
        #expect(request.values("X-Scope-OrgID") == [])
    }

    @Test(arguments: [HTTPAuthorization.bearer(token: "ours"), .basic(username: "ours", password: "ours")])
    func `a request's own authorization and tenant come first`(authorization: HTTPAuthorization) async throws {
        let request = try await received(
            HTTPRequest(
                url: "/", headers: [HTTPHeader("authorization", "Bearer own"), HTTPHeader("x-scope-orgid", "own")]),
            by: HTTPClientConfiguration(authorization: authorization, tenant: "ours", proxy: .direct))
        #expect(request.values("Authorization") == ["Bearer own"])
        #expect(request.values("X-Scope-OrgID") == ["own"])
    }

    @Test func `authorization is sent at once and not only when asked for`() async throws {
        try await ScriptedServer.run { _ in
            .send(answer("401 Unauthorized", ["WWW-Authenticate: Basic realm=\"x\""], []))
        } _: { server in
            let configuration = HTTPClientConfiguration(
                authorization: .basic(username: "a", password: "wrong"), proxy: .direct)
            try await withClient(configuration) { client in
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.status == 401)
                #expect(server.requests.map { $0.values("Authorization").count } == [1])
            }
        }
    }
}
