import Languages
import Telemetry
import TestSupport
import Testing

@testable import Backends

/// Lines as the three programs write them.
struct ShippedEventTests: CollectorExample {
    static let object =
        #""involvedObject":{"kind":"Pod","namespace":"ci","name":"maven-x7k2p","uid":"1","apiVersion":"v1","fieldPath":"spec.containers{maven}""#
    static let pulling = #""Back-off pulling image \"maven:3\"""#

    /// The event as the API server would list it.
    private func event(count: Int = 7) -> String {
        """
        {"metadata":{"name":"maven-x7k2p.17a","namespace":"ci","uid":"e1","creationTimestamp":"1970-01-01T01:30:00Z"},\
        "reason":"BackOff","message":\(Self.pulling),"source":{"component":"kubelet","host":"aks-1"},\
        "firstTimestamp":"1970-01-01T01:30:00Z","lastTimestamp":"1970-01-01T01:32:00Z","count":\(count),\
        "type":"Warning","eventTime":null,"reportingComponent":"kubelet","reportingInstance":"aks-1",
        """
    }

    private func expected(at first: Int64 = 5400, last: Int64 = 5520, count: Int = 7) -> ClusterEvent {
        ClusterEvent(
            at: Timestamp(seconds: first), lastSeen: Timestamp(seconds: last), reason: "BackOff",
            message: #"Back-off pulling image "maven:3""#, type: "Warning",
            object: .init(kind: "Pod", namespace: "ci", name: "maven-x7k2p"), count: count, reporter: "kubelet")
    }

    private func entry(_ line: String, at second: Int64 = 5521, labels: [String: String] = [:]) -> LogEntry {
        LogEntry(at: Timestamp(seconds: second), line: line, labels: labels)
    }

    private func alloy(_ count: Int) -> String {
        "name=maven-x7k2p kind=Pod objectAPIversion=v1 objectRV=10 eventRV=12 reportinginstance=aks-1 "
            + "reportingcontroller=kubelet sourcecomponent=kubelet sourcehost=aks-1 reason=BackOff type=Warning "
            + "count=\(count) msg=\(Self.pulling) "
    }

    @Test func `the exporter's line is the event with more about its object`() throws {
        let line = event() + #""clusterName":"aks",\#(Self.object),"labels":{"jenkins":"agent"},"deleted":false}}"#
        let shipped = try #require(ShippedEvent(entry(line), .exporter))
        #expect(shipped.event == expected())
        #expect(!shipped.isContinued)
    }

    @Test func `Fluent Bit's line is the event as the server tells it`() throws {
        #expect(try #require(ShippedEvent(entry(event() + Self.object + "}}"), .fluentBit)).event == expected())
    }

    @Test func `Alloy's line has the namespace in a label and the time of the line`() throws {
        let labels = ["namespace": "ci", "job": "loki.source.kubernetes_events"]
        let shipped = try #require(ShippedEvent(entry(alloy(7), at: 5520, labels: labels), .alloy))
        #expect(shipped.event == expected(at: 5520))
        #expect(shipped.isContinued)
        let json =
            #"{"name":"maven-x7k2p","kind":"Pod","sourcecomponent":"kubelet","reason":"BackOff","type":"Warning","count":7,"msg":\#(Self.pulling)}"#
        #expect(ShippedEvent(entry(json, at: 5520, labels: labels), .alloy) == shipped)
    }

    @Test(arguments: [
        (#"a\tb\\c"#, "a\tb\\c"), (#"caf\u00e9 \U0001f433"#, "café 🐳"), (#"\x41\a"#, "A\u{7}"),
        (#"key=value"#, "key=value"),
    ])
    func `what Go writes with escapes is read without them`(written: String, text: String) throws {
        let line = #"name=p kind=Pod reason=R count=1 msg="\#(written)""#
        #expect(try #require(ShippedEvent(entry(line), .alloy)).event.message == text)
    }

    @Test(arguments: [
        ("level=info msg=hello", ShippedEvents.Format.alloy), (#"name=p kind=Pod msg="cut of"#, .alloy), ("{}", .alloy),
        ("", .alloy), (#"{"reason":"BackOff"}"#, .exporter), ("plain text", .fluentBit),
        (#"{"metadata":{"name":"e"},"eventTime":"1970-01-01T01:30:00Z","reason":"R"}"#, .fluentBit),
    ])
    func `what is no event is not taken for one`(line: String, format: ShippedEvents.Format) {
        #expect(ShippedEvent(entry(line), format) == nil)
    }

    // MARK: One of several tellings

    @Test func `an event that is listed and was sent is one event`() throws {
        let listed = expected()
        let sent = try #require(ShippedEvent(entry(alloy(3), at: 5450, labels: [:]), .alloy))
        let merged = EventMerger.merged(listed: [listed, listed], shipped: [sent, sent])
        #expect(merged == [listed])
    }

    @Test func `an event that was sent each time it came again is one event, from its first time to its last`() throws {
        let labels = ["namespace": "ci"]
        let lines = try [(1, 5400), (2, 5430), (7, 5520)].map { count, second in
            try #require(ShippedEvent(entry(alloy(count), at: Int64(second), labels: labels), .alloy))
        }
        for order in [lines, lines.reversed()] {
            #expect(EventMerger.merged(listed: [], shipped: order) == [expected()])
        }
    }

    @Test func `the same thing at another time, or about another object, stays another event`() throws {
        let labels = ["namespace": "ci"]
        let first = try #require(ShippedEvent(entry(alloy(1), at: 5400, labels: labels), .alloy))
        let again = try #require(ShippedEvent(entry(alloy(1), at: 5700, labels: labels), .alloy))
        let elsewhere = try #require(ShippedEvent(entry(alloy(1), at: 5400, labels: ["namespace": "x"]), .alloy))
        #expect(EventMerger.merged(listed: [], shipped: [first, again, elsewhere]).count == 3)
    }

    // MARK: Through the collector

    private func collect(
        _ lines: [LogEntry], _ format: ShippedEvents.Format = .exporter, cluster: ScriptedCluster? = nil,
        namespaces: [String] = ["ci"], queries: Notebook<String> = Notebook(), isTruncated: Bool = false,
        now: Timestamp? = nil
    ) async -> Evidence {
        let logs = ScriptedLogs { (logQL, _, _, _) throws(BackendError) in
            queries.note(logQL)
            return LogPage(
                entries: logQL.hasPrefix("{job=") ? lines : [], isTruncated: isTruncated && !logQL.contains("Warning"))
        }
        return await Collector(
            traces: nil, logs: logs, cluster: cluster,
            shippedEvents: ShippedEvents(selector: #"{job="events"}"#, format: format)
        ).collect(request(Scope(namespaces: namespaces), wanted: [.events, .pods], now: now))
    }

    @Test func `without access to the cluster the events are Loki's, and that is no gap`() async {
        let queries = Notebook<String>()
        let other =
            event().replacing("maven-x7k2p", with: "cart-1")
            + Self.object.replacing(#""ci""#, with: #""shop""#) + "}}"
        let evidence = await collect([entry(event() + Self.object + "}}"), entry(other)], queries: queries)
        #expect(evidence.events == [expected()])
        #expect(evidence.wasFetched(.events))
        #expect(!evidence.wasFetched(.pods))
        #expect(
            queries.all.contains(
                #"{job="events"} |~ "\"namespace\": ?\"(ci|default)\"|\"kind\": ?\"Node\"""#), "\(queries.all)")
    }

    @Test func `Alloy's streams are chosen by their namespace, those without one included`() async {
        let queries = Notebook<String>()
        _ = await collect([], .alloy, namespaces: ["ci"], queries: queries)
        #expect(queries.all.contains(#"{job="events"} | namespace=~"|ci|default""#), "\(queries.all)")
    }

    @Test func `what the cluster refuses Loki may have`() async {
        let cluster = ScriptedCluster(onEvents: { (_, _) throws(BackendError) in
            throw .refused(.init("Kubernetes", "list events"), status: 403, reason: "forbidden", retryAfter: nil)
        })
        let evidence = await collect([entry(event() + Self.object + "}}")], cluster: cluster)
        #expect(evidence.events.count == 1)
        #expect(evidence.wasFetched(.events))
        #expect(
            evidence.gaps.contains { $0.source == .events && !$0.isTotal && $0.reason.english.contains("forbidden") })
    }

    @Test func `a window that the cluster has forgotten is no gap when Loki remembers it`() async {
        let later = window.end + .seconds(7200)
        let evidence = await collect(
            [entry(event() + Self.object + "}}")], cluster: ScriptedCluster(), now: later)
        #expect(evidence.events.count == 1)
        #expect(!evidence.gaps.contains { $0.source == .events })
    }

    @Test(arguments: [true, false])
    func `no event in Loki is no evidence that there was none`(hasCluster: Bool) async {
        let words =
            "no event of this time is in Loki: check kubernetes.events_from_loki.selector if there should be any"
        let later = window.end + .seconds(hasCluster ? 7200 : 60)
        let evidence = await collect([], cluster: hasCluster ? ScriptedCluster() : nil, now: later)
        #expect(evidence.gaps.map(\.inEnglish).contains(Gap.saying(.events, words, isTotal: false)))
        let soon = await collect([], cluster: ScriptedCluster(), now: window.end + .seconds(60))
        #expect(!soon.gaps.contains { $0.source == .events })
    }

    @Test func `lines that are all no events name the setting that is wrong`() async {
        let evidence = await collect([entry("hello"), entry("world")])
        #expect(!evidence.wasFetched(.events))
        #expect(
            evidence.gaps.first { $0.source == .events }?.reason.english
                == "no line in Loki is an event in the form of exporter: check selector and format of "
                + "kubernetes.events_from_loki")
    }

    @Test func `more events than fit are told, and the older warnings asked for`() async {
        let queries = Notebook<String>()
        let evidence = await collect(
            [entry(event() + Self.object + "}}"), entry("x")], queries: queries, isTruncated: true)
        #expect(evidence.events.count == 1)
        #expect(queries.all.contains { $0.hasSuffix(#" |= "Warning""#) })
        let words = evidence.gaps.filter { $0.source == .events }.map(\.reason.english)
        #expect(
            words == [
                "there are more events in Loki than were fetched: of the older ones, warnings only",
                "2 of 4 lines in Loki are no events in the form of exporter",
            ])
    }
}
