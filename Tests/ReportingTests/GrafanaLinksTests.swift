import Alerts
import RootCause
import Telemetry
import Testing

@testable import Reporting

@Suite struct GrafanaLinksTests {
    private let links = GrafanaLinks(
        root: "https://grafana.example.com/sub/", tempo: "tempo-1", loki: "loki-1",
        dashboard: .init(uid: "jenkins", serviceVariable: "service", panel: 7))
    private let window = Instant.window("09:00:00", "09:10:00")
    private let trace = TraceID(high: 0, low: 0xabc)

    /// The panes of a link as Grafana reads them.
    private func panes(_ link: String?, root: String = "https://grafana.example.com/sub") throws -> JSONDocument {
        let link = try #require(link)
        let prefix = "\(root)/explore?schemaVersion=1&orgId=1&panes="
        #expect(link.hasPrefix(prefix))
        #expect(link.utf8.count <= 3000)
        let panes = try JSONDocument(Self.decoded(link.dropFirst(prefix.count)))
        for name in panes.keys {
            #expect(name.count == 3 && !name.allSatisfy(\.isNumber), "Grafana renames other panes")
            let uid = panes[name]["datasource"]
            for query in panes[name]["queries"].items {
                #expect(query["datasource"]["uid"] == uid, "Grafana drops a query of another data source")
            }
            for end in ["from", "to"] {
                let milliseconds = try #require(panes[name]["range"][end].text, "a number is silently ignored")
                #expect(milliseconds.count == 13)
            }
        }
        return panes
    }

    private static func decoded(_ text: Substring) throws -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                bytes.append(try #require(UInt8(Substring(rest.prefix(2)), radix: 16)))
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a trace opens at its span`() throws {
        let panes = try panes(links.trace(trace, span: SpanID(0xcc), in: window))
        let pane = panes["tra"]
        #expect(panes.keys == ["tra"])
        #expect(pane["datasource"] == .string("tempo-1"))
        let query = pane["queries"][0]
        #expect(query["queryType"] == .string("traceql") && query["refId"] == .string("A"))
        #expect(query["query"] == .string("00000000000000000000000000000abc"), "leading zeros are kept")
        #expect(query["datasource"]["type"] == .string("tempo"))
        #expect(pane["panelsState"]["trace"]["spanId"] == .string("00000000000000cc"))
        #expect(pane["range"]["from"] == .string("1795338000000"))
        #expect(pane["range"]["to"] == .string("1795338600000"))
    }

    @Test func `a search asks for the failing traces of the services`() throws {
        let one = try panes(links.search(services: ["check\"out"], in: window))["tra"]["queries"][0]["query"]
        #expect(one == .string(#"{resource.service.name="check\"out" && status=error}"#))
        let two = try panes(links.search(services: ["a.b", "c"], in: window))["tra"]["queries"][0]["query"]
        #expect(two == .string(#"{resource.service.name=~"a\\.b|c" && status=error}"#))
        let all = try panes(links.search(services: [], in: window))["tra"]["queries"][0]["query"]
        #expect(all == .string("{status=error}"))
    }

    @Test(arguments: [
        (GrafanaLinks.LogLabels.TracePlace.metadata("trace_id"), #"| trace_id="00000000000000000000000000000abc""#),
        (.json("traceid"), #"| json | traceid="00000000000000000000000000000abc""#),
        (.line, #"|= "00000000000000000000000000000abc""#),
    ])
    func `the logs of a trace are found wherever its id stands`(
        _ place: GrafanaLinks.LogLabels.TracePlace, _ filter: String
    ) throws {
        let links = GrafanaLinks(root: "https://g", loki: "l", labels: .init(service: "app", trace: place))
        let query = try panes(links.logs(of: trace, in: window), root: "https://g")["log"]["queries"][0]
        #expect(query["expr"] == .string(#"{app=~".+"} "# + filter))
        #expect(query["queryType"] == .string("range") && query["editorMode"] == .string("code"))
        #expect(query["datasource"]["type"] == .string("loki"))
    }

    @Test func `the logs of pods are narrowed down to their namespace`() throws {
        let one = try panes(links.logs(ofPods: ["maven-1"], namespace: "jenkins", in: window))["log"]["queries"][0]
        #expect(one["expr"] == .string(#"{namespace="jenkins", pod="maven-1"}"#))
        let two = try panes(links.logs(ofPods: ["a", "b"], namespace: nil, in: window))["log"]["queries"][0]
        #expect(two["expr"] == .string(#"{pod=~"a|b"}"#))
        #expect(links.logs(ofPods: [], namespace: "jenkins", in: window) == nil)
    }

    @Test func `traces are on the left and logs on the right`() throws {
        let link = try #require(links.tracesAndLogs(trace, span: SpanID(1), in: window))
        let both = try panes(link)
        #expect(both.keys == ["tra", "log"])
        let left = try #require(link.firstRange(of: "%22tra%22%3A"))
        let right = try #require(link.firstRange(of: "%22log%22%3A"))
        #expect(left.lowerBound < right.lowerBound)
        #expect(try panes(links.tracesAndLogs(services: ["a"], in: window)).keys == ["tra", "log"])
    }

    @Test func `the dashboard opens at that time and service`() {
        #expect(
            links.dashboard(services: ["a b", "c"], in: window)
                == "https://grafana.example.com/sub/d/jenkins?orgId=1&from=1795338000000&to=1795338600000"
                + "&var-service=a%20b&var-service=c&viewPanel=7")
        #expect(GrafanaLinks(root: "https://g").dashboard(in: window) == nil)
    }

    @Test func `a link that would be too long gets a shorter query and is never cut`() throws {
        let names = (0..<500).map { "service-with-a-long-name-\($0)" }
        for link in [
            links.search(services: names, in: window), links.logs(ofServices: names, in: window),
            links.logs(ofPods: names, namespace: "n", in: window), links.tracesAndLogs(services: names, in: window),
        ] {
            let panes = try panes(link)
            let queries = panes.keys.map { panes[$0]["queries"][0] }
            for query in queries {
                let text = try #require(query["query"].text ?? query["expr"].text)
                #expect(text.contains("service-with-a-long-name-0") && text.hasSuffix("}"))
            }
        }
        let monster = String(repeating: "\"", count: 4000)
        #expect(
            try panes(links.search(services: [monster], in: window))["tra"]["queries"][0]["query"].text
                == "{status=error}")
        #expect(links.logs(ofPods: [monster], namespace: nil, in: window) == nil)
        let dashboard = try #require(links.dashboard(services: names, in: window))
        #expect(dashboard.utf8.count <= 3000 && dashboard.hasSuffix("&viewPanel=7"))
    }

    @Test func `a range is never empty and always has 13 digits`() throws {
        let point = TimeWindow(start: Timestamp(nanoseconds: 5), end: Timestamp(nanoseconds: 5))
        let range = try panes(links.trace(trace, in: point))["tra"]["range"]
        #expect(range["from"] == .string("1000000000000") && range["to"] == .string("1000000000001"))
        let uneven = TimeWindow(start: Instant.at("09:00:00.0009"), end: Instant.at("09:00:00.0011"))
        let outwards = try panes(links.trace(trace, in: uneven))["tra"]["range"]
        #expect(outwards["from"] == .string("1795338000000") && outwards["to"] == .string("1795338000002"))
    }

    @Test func `without a data source there is no link to it`() {
        let noLoki = GrafanaLinks(root: "https://g", tempo: "t")
        #expect(noLoki.logs(of: trace, in: window) == nil && noLoki.tracesAndLogs(trace, in: window) == nil)
        #expect(noLoki.trace(trace, in: window) != nil)
        #expect(GrafanaLinks(root: "javascript:x", tempo: "t").trace(trace, in: window) == nil)
    }

    @Test func `a finding leads to its place in the evidence`() throws {
        #expect(links.link(to: .trace(trace, span: nil), in: window) == links.trace(trace, in: window))
        #expect(links.link(to: .logsOfTrace(trace), in: window) == links.logs(of: trace, in: window))
        #expect(
            links.link(to: .logsOfPod(namespace: "n", pod: "p"), in: window)
                == links.logs(ofPods: ["p"], namespace: "n", in: window))
        #expect(links.link(to: .logsOfService("s"), in: window) == links.logs(ofServices: ["s"], in: window))
    }
}

@Suite struct SilenceLinkTests {
    private func group(
        _ group: [String: String], common: [String: String] = [:], url: String = "http://am:9093/"
    ) -> AlertGroup {
        AlertGroup(
            status: .firing, receiver: "r", groupKey: "k", groupLabels: group, commonLabels: common, externalURL: url,
            alerts: [])
    }

    @Test func `the form is filled in with the group's labels, the alert's name first`() {
        let link = SilenceLink.url(
            for: group(["cluster": "c", "alertname": "X"], common: ["service_name": "Y", "severity": "critical"]))
        #expect(
            link
                == "http://am:9093/#/silences/new?filter="
                + "%7Balertname%3D%22X%22%2C%20cluster%3D%22c%22%2C%20service_name%3D%22Y%22%7D")
    }

    @Test func `the incident is the silence's comment`() throws {
        let link = try #require(SilenceLink.url(for: group(["alertname": "X"]), incident: "i-42&x"))
        #expect(link.hasSuffix("new?filter=%7Balertname%3D%22X%22%7D&comment=i-42%26x"))
    }

    @Test func `a label cannot widen the silence`() throws {
        let link = try #require(SilenceLink.url(for: group(["alertname": "X\",y=~\".*"])))
        #expect(link.hasSuffix("%7Balertname%3D%22X%5C%22%2Cy%3D~%5C%22.%2A%22%7D"))
        #expect(SilenceLink.url(for: group(["alertname": String(repeating: "x", count: 4000)])) == nil)
    }

    @Test func `without an address or a label there is no silence to offer`() {
        #expect(SilenceLink.url(for: group(["alertname": "X"], url: "")) == nil)
        #expect(SilenceLink.url(for: group([:])) == nil)
    }
}
