import Delivery
import HTTPTransport
import Lab
import Telemetry

@testable import Responder

/// One channel of the lab's Slack, with its rules and its pace, on a clock that the test moves, and no socket in between.
struct LabChannel: Sendable {
    let platform: ChatReceiver.Platform
    let clock: ManualClock
    let lab: Lab

    init(_ platform: ChatReceiver.Platform, at now: Timestamp = Timestamp(seconds: 1_795_361_500)) {
        self.platform = platform
        clock = ManualClock(now)
        let window = TimeWindow(start: now, end: now)
        var configuration = LabConfiguration()
        configuration.now = now
        lab = Lab(
            evidence: Evidence(scope: Scope(), window: window, baseline: window), configuration: configuration,
            clock: SteppedClock(time: clock))
    }

    /// The service's own sender, paced as in service; it waits for no turn, but comes back for it.
    func sender() throws -> any ChatSender {
        let address = LabAddress(port: 80)
        let pacing = Pacer(policy: .slack, clock: SteppedClock(time: clock), longestWait: .zero)
        let client = LabClient(lab: lab)
        guard platform == .slackBot else {
            return SlackWebhookSender(url: try WebhookURL(address.slackWebhook), client: client, pacing: pacing)
        }
        return SlackBotSender(
            api: SlackAPI(address: address.slackAPI, token: SlackSettings.standardToken, client: client),
            channel: SlackSettings.standardChannel, pacing: pacing)
    }
}

/// Asks the lab without a socket.
private struct LabClient: HTTPClient {
    let lab: Lab

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let headers = request.headers.map { ($0.name.lowercased(), $0.value) }
        let target = request.url.dropFirst("http://".count).drop { $0 != "/" }
        let answer = await lab.answer(
            LabRequest(
                request.method, String(target), headers: Dictionary(headers) { first, _ in first },
                body: request.body ?? []))
        return HTTPResponse(
            status: answer.status, headers: answer.headers.map { HTTPHeader($0.name, $0.value) }, body: answer.body)
    }
}

/// The manual clock, for those who want Swift's kind of clock.
private struct SteppedClock: Clock {
    struct Instant: InstantProtocol {
        let time: Timestamp

        func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
        func duration(to other: Instant) -> Duration { other.time - time }
        static func < (left: Instant, right: Instant) -> Bool { left.time < right.time }
    }

    let time: ManualClock

    var now: Instant { Instant(time: time.wall.now()) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await time.wall.sleep(deadline.time - time.wall.now())
    }
}
