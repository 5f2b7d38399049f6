import Languages
import Telemetry
import Testing

@testable import RootCause

/// Many more requests than before, with and without harm.
struct TrafficSurgeTests {
    /// A request every four seconds before; from the tenth second of the window many more.
    private static func story(times: Int, slow: Bool, from harm: Double = 30) -> Story {
        var story = Story()
        func request(_ at: Double) {
            let isSlow = slow && at >= harm
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: isSlow ? 2.2 : 0.2)
            story.call("shop", "cart", "GET /cart", under: root, at: at + 0.05, takes: isSlow ? 2.0 : 0.05)
        }
        for number in 0..<150 { request(Double(number) * 4 - 600) }
        for number in 0..<(30 * times) {
            let at = Double(number) * 4 / Double(times)
            if at >= 10 || number.isMultiple(of: times) { request(at) }
        }
        return story
    }

    @Test func `many times the requests, and slow since, is a surge of the service that suffers`() {
        let diagnosis = Self.story(times: 6, slow: true).diagnosis(alert: Story.alert(service: "shop"))
        #expect(diagnosis.verdict == "traffic-surge cart")
        #expect(
            diagnosis.hypotheses[0].statement.english.hasPrefix("`cart` gets 6.0 times the requests since 22:13:20 UTC")
        )
        #expect(diagnosis.hypotheses[0].recommendations.count == 3)
    }

    @Test func `a rise that harms nobody is no cause`() {
        let diagnosis = Self.story(times: 6, slow: false).diagnosis(alert: Story.alert(service: "shop"))
        #expect(!diagnosis.hypotheses.contains { $0.cause == .trafficSurge })
    }

    @Test func `a meter at its end harms nobody where all are answered as before`() {
        var story = Self.story(times: 6, slow: false)
        story.metric(
            "pod_cpu_throttled_share", ["service": "shop", "pod": "shop-1"], before: Array(repeating: 0.01, count: 10),
            after: [0.7, 0.8])
        let diagnosis = story.diagnosis(alert: Story.alert(service: "shop"))
        #expect(!diagnosis.hypotheses.contains { $0.cause == .trafficSurge })
    }

    @Test func `requests that come past the callers are a surge though the callers send as many as before`() {
        var story = Self.story(times: 1, slow: true)
        for number in 0..<150 {
            let at = 10 + Double(number) * 0.7
            story.span("cart", "GET /cart", kind: .server, at: at, takes: at >= 30 ? 2.0 : 0.05)
        }
        let diagnosis = story.diagnosis(alert: Story.alert(service: "cart"))
        #expect(diagnosis.verdict == "traffic-surge cart")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .latencyRegression && $0.subject.name == "cart" })
    }

    @Test func `half as many again is no surge`() {
        let diagnosis = Self.story(times: 2, slow: true).diagnosis(alert: Story.alert(service: "shop"))
        #expect(!diagnosis.hypotheses.contains { $0.cause == .trafficSurge })
    }

    @Test func `how many of a sample there are says nothing of how many there were`() {
        let story = Self.story(times: 6, slow: true)
        for total in [nil, 9000] {
            var evidence = story.evidence
            evidence.samplings = [Sampling(.traces, taken: evidence.traces.count, total: total)]
            let diagnosis = RootCauseAnalyzer().diagnose(evidence, alert: Story.alert(service: "shop"))
            #expect(!diagnosis.hypotheses.contains { $0.cause == .trafficSurge })
        }
    }

    @Test func `a meter tells of the surge where the traces are a sample`() {
        var story = Self.story(times: 1, slow: true)
        for service in ["shop", "cart"] {
            story.metric(
                "service_requests_per_second", ["service": service], before: [20, 22, 19, 21, 20, 20, 23, 20, 21, 20],
                after: [160, 170])
        }
        var evidence = story.evidence
        evidence.samplings = [Sampling(.traces, taken: evidence.traces.count, total: nil)]
        let diagnosis = RootCauseAnalyzer().diagnose(evidence, alert: Story.alert(service: "shop"))
        #expect(diagnosis.verdict == "traffic-surge cart")
        #expect(diagnosis.hypotheses[0].statement.english.contains("(165 a second, before 20)"))
    }

    @Test func `a meter of the callers that stays flat says that it is they who call more often`() {
        var story = Self.story(times: 1, slow: true)
        let flat = [20.0, 22, 19, 21, 20, 20, 23, 20, 21, 20]
        story.metric("service_requests_per_second", ["service": "shop"], before: flat, after: [21, 20])
        story.metric("service_requests_per_second", ["service": "cart"], before: flat, after: [160, 170])
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .trafficSurge })
    }

    @Test func `callers that try again after failures are no surge`() {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let fails = at >= 20
            let status = fails ? Span.Status.error(message: "") : .unset
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.9, status: status)
            for attempt in 0..<(fails ? 5 : 1) {
                story.call(
                    "shop", "cart", "GET /cart", under: root, at: at + 0.05 + Double(attempt) * 0.1, takes: 0.05,
                    status: status)
            }
        }
        let diagnosis = story.diagnosis(alert: Story.alert(service: "shop"))
        #expect(diagnosis.verdict == "dependency-failure cart")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .trafficSurge })
    }

    @Test(arguments: [([160.0, 170], true), ([21, 170], false)])
    func `requests that come after the harm are no surge`(_ after: [Double], _ isSurge: Bool) {
        var story = Self.story(times: 1, slow: true)
        for service in ["shop", "cart"] {
            story.metric(
                "service_requests_per_second", ["service": service], before: [20, 22, 19, 21, 20, 20, 23, 20, 21, 20],
                after: after)
        }
        var evidence = story.evidence
        evidence.samplings = [Sampling(.traces, taken: evidence.traces.count, total: nil)]
        let diagnosis = RootCauseAnalyzer().diagnose(evidence, alert: nil)
        #expect(diagnosis.hypotheses.contains { $0.cause == .trafficSurge } == isSurge)
    }
}
