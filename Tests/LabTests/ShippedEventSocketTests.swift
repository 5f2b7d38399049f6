import Backends
import HTTPTransport
import Lab
import Telemetry
import Testing

/// Events that were sent to Loki, read by the service's own client over a socket.
struct ShippedEventSocketTests {
    private static let at = LabCase.now - .seconds(7200)
    private static let time = "2027-01-15T06:00:00Z"

    private static func json(_ kind: String, _ namespace: String?, _ name: String, more: String = "") -> String {
        let place = namespace.map { #","namespace":"\#($0)""# } ?? ""
        return """
            {"metadata":{"name":"\(name).1","namespace":"\(namespace ?? "default")"},"reason":"Killing",\
            "message":"m","firstTimestamp":"\(time)","lastTimestamp":"\(time)","count":1,"type":"Normal",\
            "involvedObject":{"kind":"\(kind)"\(place),"name":"\(name)"\(more)}}
            """
    }

    private static func entry(_ line: String, namespace: String? = nil) -> LogEntry {
        let labels = ["job": "events"].merging(namespace.map { ["namespace": $0] } ?? [:]) { $1 }
        return LogEntry(at: at, line: line, labels: labels)
    }

    private static let cases: [(ShippedEvents.Format, [LogEntry])] = [
        (
            .exporter,
            [
                entry(json("Pod", "ci", "p-1", more: #","labels":{"a":"b"}"#)), entry(json("Node", nil, "n-1")),
                entry(json("Pod", "shop", "p-2")),
            ]
        ),
        (
            .fluentBit,
            [
                entry(json("Pod", "ci", "p-1")), entry(json("Node", nil, "n-1")), entry(json("Pod", "shop", "p-2")),
            ]
        ),
        (
            .alloy,
            [
                entry(#"name=p-1 kind=Pod reason=Killing type=Normal count=1 msg="m" "#, namespace: "ci"),
                entry(#"name=n-1 kind=Node reason=Killing type=Normal count=1 msg="m" "#),
                entry(#"{"name":"p-2","kind":"Pod","reason":"Killing","count":1,"msg":"m"}"#, namespace: "shop"),
            ]
        ),
    ]

    @Test(arguments: 0..<3)
    func `those of the scope and of nodes are read, long after the API server forgot them`(index: Int) async throws {
        let (format, entries) = Self.cases[index]
        let lab = LabCase.lab(logs: entries + [LogEntry(at: Self.at, line: "hello", labels: ["job": "other"])])
        let http = CurlClient(HTTPClientConfiguration(proxy: .direct))
        let evidence = try await lab.whileRunning { address in
            await Collector(
                traces: nil, logs: LokiClient(http: http, baseURL: address.loki), cluster: nil,
                shippedEvents: ShippedEvents(selector: #"{job="events"}"#, format: format),
                budget: LabCase.patientBudget, clock: ContinuousClock()
            ).collect(
                CollectionRequest(
                    scope: Scope(namespaces: ["ci"]),
                    window: TimeWindow(start: Self.at - .seconds(60), end: Self.at + .seconds(60)),
                    baseline: TimeWindow(start: Self.at - .seconds(60), end: Self.at - .seconds(60)),
                    wanted: [.events], now: LabCase.now))
        }
        await http.shutdown()
        func event(_ kind: String, _ namespace: String, _ name: String) -> ClusterEvent {
            ClusterEvent(
                at: Self.at, reason: "Killing", message: "m",
                object: .init(kind: kind, namespace: namespace, name: name))
        }
        #expect(evidence.events == [event("Node", "", "n-1"), event("Pod", "ci", "p-1")])
        #expect(!evidence.gaps.contains { $0.source == .events })
    }
}
