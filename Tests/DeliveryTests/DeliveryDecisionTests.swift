import Delivery
import HTTPTransport
import Testing

/// The three ways to go on, without their words.
enum Way: Equatable { case delivered, retried, parked }

extension DeliveryDecision {
    var way: Way {
        switch self {
        case .delivered: .delivered
        case .retry: .retried
        case .park: .parked
        }
    }
}

extension ChatPlatform {
    /// A body that means success here.
    var success: String {
        switch self {
        case .slackWebhook: "ok"
        case .slackWebAPI: "{\"ok\":true,\"channel\":\"C024BE91L\",\"ts\":\"1503435956.000247\"}"
        case .teamsWorkflow: ""
        }
    }

    func decision(
        _ status: Int, _ body: String, headers: [HTTPHeader] = [], attempt: Int = 1, age: Duration = .zero,
        jitter: Double = 0.5
    ) -> DeliveryDecision {
        .decide(
            platform: self, answer: .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8))),
            attempt: attempt, age: age, jitter: jitter)
    }
}

@Suite struct DeliveryDecisionTests {
    /// What follows from every status, written down as a table and not as the code does it.
    static let table: [(platform: ChatPlatform, delivered: [ClosedRange<Int>], retried: [ClosedRange<Int>])] = [
        (.slackWebhook, delivered: [200...200], retried: [100...199, 429...429, 500...599]),
        (.slackWebAPI, delivered: [200...200], retried: [100...199, 429...429, 500...599]),
        (.teamsWorkflow, delivered: [200...299], retried: [100...199, 408...408, 429...429, 500...599]),
    ]

    @Test(arguments: table)
    func `every status code has its decision`(
        _ row: (platform: ChatPlatform, delivered: [ClosedRange<Int>], retried: [ClosedRange<Int>])
    ) {
        for status in 100...599 {
            let expected: Way =
                if row.delivered.contains(where: { $0.contains(status) }) {
                    .delivered
                } else if row.retried.contains(where: { $0.contains(status) }) { .retried } else { .parked }
            // The body of a success must not make a success of a failure.
            for body in [row.platform.success, "", "<html><h1>oops</h1></html>"] {
                if status == 200 && body != row.platform.success { continue }
                let decision = row.platform.decision(status, body)
                #expect(decision.way == expected, "\(row.platform) \(status) \(body): \(decision)")
                if decision.way != .delivered {
                    #expect(decision.detail.contains("answered \(status)"), "\(decision.detail)")
                }
            }
        }
    }

    static let slackBodies: [(Int, String, Way, String)] = [
        (200, "ok", .delivered, "accepted"),
        (200, "ok\n", .delivered, "accepted"),
        (200, "", .parked, "is the address a Slack webhook's?"),
        (200, "OK, received", .parked, "is the address a Slack webhook's?"),
        (200, "<!DOCTYPE html><title>Log in</title>", .parked, "with a page of HTML"),
        (200, "{\"ok\":false,\"error\":\"invalid_auth\"}", .parked, "invalid_auth"),
        (400, "invalid_payload", .parked, "Slack cannot read the message"),
        (400, "invalid_blocks", .parked, "does not accept the blocks"),
        (400, "no_text", .parked, "no text"),
        (400, "user_not_found", .parked, "user of the webhook is gone"),
        (403, "action_prohibited", .parked, "ask its administrator"),
        (403, "invalid_token", .parked, "put a new one into the configuration"),
        (404, "channel_not_found", .parked, "the channel is gone"),
        (404, "no_service", .parked, "removed or disabled"),
        (410, "channel_is_archived", .parked, "give the receiver another one"),
        (418, "a_new_error", .parked, "418 a_new_error: the message will not be accepted as it is"),
        (429, "rate_limited", .retried, "429 rate_limited"),
        (429, "{\"ok\":false,\"error\":\"rate_limited\"}", .retried, "429 rate_limited"),
        (500, "rollup_error", .retried, "500 rollup_error"),
        (500, "no_service", .retried, "500 no_service"),
        (502, "<html>bad gateway</html>", .retried, "502 with a page of HTML"),
        (302, "", .parked, "a redirect"),
    ]

    @Test(arguments: slackBodies)
    func `Slack's own words are read and explained`(_ row: (status: Int, body: String, way: Way, detail: String)) {
        let decision = ChatPlatform.slackWebhook.decision(row.status, row.body)
        #expect(decision.way == row.way)
        #expect(decision.detail.contains(row.detail), "\(decision.detail)")
    }

    static let slackAPIErrors: [(String, Way)] = [
        ("channel_not_found", .parked), ("not_in_channel", .parked), ("is_archived", .parked),
        ("msg_too_long", .parked), ("msg_blocks_too_long", .parked), ("no_text", .parked), ("invalid_auth", .parked),
        ("token_revoked", .parked), ("invalid_blocks", .parked), ("never_seen_before", .parked),
        ("rate_limited", .retried), ("ratelimited", .retried), ("internal_error", .retried), ("fatal_error", .retried),
    ]

    @Test(arguments: slackAPIErrors)
    func `a 200 of Slack's Web API is read by its body`(_ row: (error: String, way: Way)) {
        let decision = ChatPlatform.slackWebAPI.decision(200, "{\"ok\":false,\"error\":\"\(row.error)\"}")
        #expect(decision.way == row.way)
        #expect(decision.detail.contains(row.error))
    }

    @Test func `a message of Slack's Web API is found again by channel and time`() {
        let platform = ChatPlatform.slackWebAPI
        #expect(platform.decision(200, platform.success) == .delivered(receipt: "C024BE91L 1503435956.000247"))
        #expect(platform.decision(200, "ok").way == .parked)
        #expect(platform.decision(204, "").way == .parked)
    }

    static let teamsBodies: [(Int, String, Way, String)] = [
        (202, "", .delivered, "accepted"),
        (200, "1", .delivered, "accepted"),
        (200, "<html>anything</html>", .delivered, "accepted"),
        (
            400,
            "{\"error\":{\"code\":\"TriggerInputSchemaMismatch\",\"message\":\"Required properties are missing.\"}}",
            .parked, "400 TriggerInputSchemaMismatch: Required properties are missing."
        ),
        (
            400, "{\"error\":{\"code\":\"WorkflowTriggerIsNotEnabled\",\"message\":\"Not enabled.\"}}", .parked,
            "Teams answered 400 WorkflowTriggerIsNotEnabled"
        ),
        (
            401, "{\"error\":{\"code\":\"DirectApiAuthorizationRequired\",\"message\":\"…\"}}", .parked,
            "the address's signature is not accepted"
        ),
        (404, "{\"error\":{\"code\":\"WorkflowNotFound\",\"message\":\"Gone.\"}}", .parked, "deleted or turned off"),
        (413, "{\"error\":{\"code\":\"RequestEntityTooLarge\",\"message\":\"\"}}", .parked, "the card is too large"),
        (413, "", .parked, "Teams answered 413: the card is too large"),
        (429, "{\"error\":{\"code\":\"WorkflowRunRateExceeded\"}}", .retried, "429 WorkflowRunRateExceeded"),
        (502, "{\"error\":{\"code\":\"NoResponse\",\"message\":\"No response.\"}}", .retried, "502 NoResponse"),
        (503, "Service Unavailable", .retried, "503 Service Unavailable"),
        (307, "", .parked, "a redirect"),
    ]

    @Test(arguments: teamsBodies)
    func `the errors of a Teams flow are read and explained`(
        _ row: (status: Int, body: String, way: Way, detail: String)
    ) {
        let decision = ChatPlatform.teamsWorkflow.decision(row.status, row.body)
        #expect(decision.way == row.way)
        #expect(decision.detail.contains(row.detail), "\(decision.detail)")
    }

    @Test func `a run of a Teams flow is its receipt, unless it is something else`() {
        func receipt(_ run: String) -> DeliveryDecision {
            ChatPlatform.teamsWorkflow.decision(202, "", headers: [HTTPHeader("X-MS-Workflow-Run-Id", run)])
        }
        #expect(
            receipt("08584378210361047586231498721CU73") == .delivered(receipt: "08584378210361047586231498721CU73"))
        #expect(receipt("https://example.org/?sig=1") == .delivered(receipt: ""))
        #expect(receipt(String(repeating: "1", count: 65)) == .delivered(receipt: ""))
    }

    static let transportErrors: [(HTTPError, Way)] = [
        (.connectionFailed(host: "hooks.slack.com", reason: "Could not resolve host"), .retried),
        (.deadlineExceeded(host: "hooks.slack.com", after: .seconds(20)), .retried),
        (.cancelled, .retried),
        (.responseTooLarge(host: "hooks.slack.com", limit: 65_536), .parked),
        (.invalidRequest("the address has no host"), .parked),
    ]

    @Test(arguments: transportErrors, ChatPlatform.allCases)
    func `an answer that did not come is asked for again, unless asking cannot help`(
        _ row: (error: HTTPError, way: Way), _ platform: ChatPlatform
    ) {
        let decision = DeliveryDecision.decide(
            platform: platform, answer: .failure(row.error), attempt: 1, jitter: 0.5)
        #expect(decision.way == row.way)
        #expect(decision.detail.contains("\(row.error)"), "\(decision.detail)")
    }

    @Test func `what an answer says is shown in one short line without addresses and control characters`() {
        let body =
            "Cannot POST\r\n\u{1B}[31m https://hooks.slack.com/services/T0/B0/x \u{202E}abc "
            + String(repeating: "é ", count: 500)
        let detail = ChatPlatform.slackWebhook.decision(503, body).detail
        #expect(detail.hasPrefix("Slack answered 503 Cannot POST [31m <address> abc é é"), "\(detail)")
        #expect(detail.count < 230)
        #expect(detail.hasSuffix("…"))
        let invalid = DeliveryDecision.decide(
            platform: .teamsWorkflow, answer: .success(HTTPResponse(status: 500, body: [0xFF, 0xFE, 0])), attempt: 1,
            jitter: 0)
        #expect(invalid.way == .retried)
    }
}
