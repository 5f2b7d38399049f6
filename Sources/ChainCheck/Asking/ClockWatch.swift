import HTTPTransport
import Synchronization
import Telemetry

/// Remembers what time the servers' answers were made, for ``Clocks``.
final class ClockWatch: Sendable {
    private let now: @Sendable () -> Timestamp
    private let taken = Mutex<[Clocks.Sample]>([])

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    var samples: [Clocks.Sample] { taken.withLock { $0 } }

    /// A client whose answers are watched.
    func watching(_ server: String, _ client: any HTTPClient) -> any HTTPClient {
        WatchedClient(server: server, client: client, watch: self)
    }

    private struct WatchedClient: HTTPClient {
        let server: String
        let client: any HTTPClient
        let watch: ClockWatch

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            let sent = watch.now()
            let response = try await client.send(request)
            if let date = response.header("Date").flatMap(HTTPDate.parse) {
                let sample = Clocks.Sample(server: server, date: date, sent: sent, received: watch.now())
                watch.taken.withLock { $0.append(sample) }
            }
            return response
        }
    }
}
