import HTTPTransport
import Testing

/// A client that sent half a request; every test would never end if the server waited for the other half.
@Suite struct ShutdownTests {
    /// Far longer than an answer from next door takes, or the server would be right to close before it.
    private static let silence = Duration.seconds(3)

    @Test func `half a request is closed when it has been silent for too long`() async throws {
        try await RunningServer.run(idleTimeout: Self.silence) { server in
            let half = try await HalfRequest.begin(port: server.port)
            await half.readToEnd()
            half.close()
            #expect(try await server.send("GET", "/healthz").status == 200)
        }
    }

    @Test(arguments: [
        (idle: silence, drain: Duration.seconds(3600)),
        (idle: .seconds(3600), drain: .milliseconds(50)),
    ])
    func `half a request does not keep the server from ending`(idle: Duration, drain: Duration) async throws {
        let half = try await RunningServer.run(idleTimeout: idle, drainTime: drain) { server in
            try await HalfRequest.begin(port: server.port)
        }
        half.close()
    }
}
