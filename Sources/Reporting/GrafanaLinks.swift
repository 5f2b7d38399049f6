package import RootCause
package import Telemetry

/// Links that open Grafana at the evidence: a trace at its failing span, a search, the logs of a trace or pod.
///
/// Explore reads its panes from one JSON object in the URL. A pane's name has three characters that are not all digits,
/// else Grafana renames it; `range` holds strings of 13-digit milliseconds, else it becomes the default range; a query's
/// data source must be its pane's, else it is dropped. The older `left=` form opens an empty query.
///
/// A link that would be too long gets a shorter query; one that cannot be made short enough is nil.
package struct GrafanaLinks: Hashable, Sendable {
    /// What Loki calls the things that queries select by.
    package struct LogLabels: Hashable, Sendable {
        /// How lines carry the id of their trace.
        package enum TracePlace: Hashable, Sendable {
            /// Structured metadata (Loki 3 with OTLP): `{…} | trace_id="…"`
            case metadata(String)
            /// A field of JSON lines: `{…} | json | traceid="…"`
            case json(String)
            /// Somewhere in the text: `{…} |= "…"`
            case line
        }

        package var service: String
        package var namespace: String
        package var pod: String
        package var trace: TracePlace

        package init(
            service: String = "service_name", namespace: String = "namespace", pod: String = "pod",
            trace: TracePlace = .metadata("trace_id")
        ) {
            self.service = service
            self.namespace = namespace
            self.pod = pod
            self.trace = trace
        }
    }

    /// A dashboard to offer beside the evidence.
    package struct Dashboard: Hashable, Sendable {
        package var uid: String
        /// The variable by which it selects services, without `var-`.
        package var serviceVariable: String?
        /// Opens this panel alone.
        package var panel: Int?

        package init(uid: String, serviceVariable: String? = nil, panel: Int? = nil) {
            self.uid = uid
            self.serviceVariable = serviceVariable
            self.panel = panel
        }
    }

    private let root: String
    private let organisation: Int
    private let tempo: String?
    private let loki: String?
    private let dashboard: Dashboard?
    private let labels: LogLabels

    /// - Parameters:
    ///   - root: Grafana's address, a path below the host included; with or without a slash at its end.
    ///   - tempo: the UID of the Tempo data source; without it there are no links to traces.
    ///   - loki: the UID of the Loki data source; without it there are no links to logs.
    package init(
        root: String, organisation: Int = 1, tempo: String? = nil, loki: String? = nil, dashboard: Dashboard? = nil,
        labels: LogLabels = LogLabels()
    ) {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
        self.organisation = organisation
        self.tempo = tempo
        self.loki = loki
        self.dashboard = dashboard
        self.labels = labels
    }

    /// One trace, opened at a span.
    package func trace(_ trace: TraceID, span: SpanID? = nil, in window: TimeWindow) -> String? {
        explore([tracePane(trace, span: span, in: window)])
    }

    /// The failing traces of these services; of all when the list is empty.
    package func search(services: [String], in window: TimeWindow) -> String? {
        longest(of: services) { services in explore([searchPane(services, in: window)]) }
            ?? explore([searchPane([], in: window)])
    }

    /// The lines that carry the id of this trace.
    package func logs(of trace: TraceID, in window: TimeWindow) -> String? {
        explore([logPane(logQuery(trace), in: window)])
    }

    package func logs(ofServices services: [String], in window: TimeWindow) -> String? {
        longest(of: services) { services in
            explore([logPane("{\(labels.service)\(QuotedText.matcher(anyOf: services))}", in: window)])
        }
    }

    /// - Parameter namespace: narrows the query down; nil when it is not known.
    package func logs(ofPods pods: [String], namespace: String?, in window: TimeWindow) -> String? {
        longest(of: pods) { pods in explore([logPane(logQuery(pods, namespace), in: window)]) }
    }

    /// Side by side: the trace on the left, its logs on the right.
    package func tracesAndLogs(_ trace: TraceID, span: SpanID? = nil, in window: TimeWindow) -> String? {
        explore([tracePane(trace, span: span, in: window), logPane(logQuery(trace), in: window)])
    }

    /// Side by side: the failing traces of these services on the left, their logs on the right.
    package func tracesAndLogs(services: [String], in window: TimeWindow) -> String? {
        longest(of: services) { services in
            explore([
                searchPane(services, in: window),
                logPane("{\(labels.service)\(QuotedText.matcher(anyOf: services))}", in: window),
            ])
        }
    }

    /// The configured dashboard at that time.
    ///
    /// - Parameter services: the values of the dashboard's service variable, when it has one.
    package func dashboard(services: [String] = [], in window: TimeWindow) -> String? {
        guard let dashboard else { return nil }
        let range = Self.range(of: window)
        var url = "\(root)/d/\(dashboard.uid.percentEncoded)?orgId=\(organisation)&from=\(range.from)&to=\(range.to)"
        let end = dashboard.panel.map { "&viewPanel=\($0)" } ?? ""
        if let variable = dashboard.serviceVariable {
            for service in services {
                let more = "&var-\(variable.percentEncoded)=\(service.percentEncoded)"
                // With fewer services a dashboard still opens; with a cut name it would show nothing.
                if url.utf8.count + more.utf8.count + end.utf8.count <= WebAddress.maximumLength { url += more }
            }
        }
        return WebAddress.checked(url + end)
    }

    /// Where a finding can be seen.
    package func link(to reference: Reference, in window: TimeWindow) -> String? {
        switch reference {
        case .trace(let trace, let span): self.trace(trace, span: span, in: window)
        case .logsOfTrace(let trace): logs(of: trace, in: window)
        case .logsOfPod(let namespace, let pod): logs(ofPods: [pod], namespace: namespace, in: window)
        case .logsOfService(let service): logs(ofServices: [service], in: window)
        }
    }

    private func logQuery(_ trace: TraceID) -> String {
        // A trace has lines of many services; Loki refuses a selector that would match everything by being empty.
        let everything = "{\(labels.service)=~\".+\"}"
        let id = QuotedText.doubleQuoted(trace.description)
        return switch labels.trace {
        case .metadata(let name): "\(everything) | \(name)=\(id)"
        case .json(let field): "\(everything) | json | \(field)=\(id)"
        case .line: "\(everything) |= \(id)"
        }
    }

    private func logQuery(_ pods: [String], _ namespace: String?) -> String {
        let pod = labels.pod + QuotedText.matcher(anyOf: pods)
        guard let namespace, !namespace.isEmpty else { return "{\(pod)}" }
        return "{\(labels.namespace)=\(QuotedText.doubleQuoted(namespace)), \(pod)}"
    }

    /// The link for all of these names, or for as many of the first ones as a link has room for.
    private func longest(of names: [String], link: ([String]) -> String?) -> String? {
        if let all = names.isEmpty ? nil : link(names) { return all }
        // More names never make a shorter link: halve the range in which the limit lies.
        var (fitting, tooMany) = (0, names.count)
        var best: String?
        while tooMany - fitting > 1 {
            let count = (fitting + tooMany) / 2
            if let url = link(Array(names.prefix(count))) {
                (best, fitting) = (url, count)
            } else {
                tooMany = count
            }
        }
        return best
    }
}

// MARK: - Explore's panes

extension GrafanaLinks {
    /// One half of Explore; nil where a data source is not configured.
    private typealias Pane = JSONValue.Field

    private func tracePane(_ trace: TraceID, span: SpanID?, in window: TimeWindow) -> Pane? {
        tracePane(
            query: trace.description, in: window,
            state: span.map { .fields(["trace": .fields(["spanId": .string($0.description)])]) })
    }

    private func searchPane(_ services: [String], in window: TimeWindow) -> Pane? {
        let service = services.isEmpty ? "" : "resource.service.name\(QuotedText.matcher(anyOf: services)) && "
        return tracePane(query: "{\(service)status=error}", in: window, state: nil)
    }

    private func tracePane(query: String, in window: TimeWindow, state: JSONValue?) -> Pane? {
        tempo.map { uid in
            let query = JSONValue.fields([
                "refId": .string("A"), "datasource": .fields(["type": .string("tempo"), "uid": .string(uid)]),
                "queryType": .string("traceql"), "query": .string(query),
            ])
            return pane("tra", datasource: uid, query, in: window, state: state)
        }
    }

    private func logPane(_ expression: String, in window: TimeWindow) -> Pane? {
        loki.map { uid in
            let query = JSONValue.fields([
                "refId": .string("A"), "expr": .string(expression), "queryType": .string("range"),
                "editorMode": .string("code"),
                "datasource": .fields(["type": .string("loki"), "uid": .string(uid)]),
            ])
            return pane("log", datasource: uid, query, in: window, state: nil)
        }
    }

    private func pane(
        _ name: String, datasource uid: String, _ query: JSONValue, in window: TimeWindow, state: JSONValue?
    ) -> Pane {
        let range = Self.range(of: window)
        var fields: [JSONValue.Field] = [
            .init(name: "datasource", value: .string(uid)),
            .init(name: "queries", value: .array([query])),
            .init(name: "range", value: .fields(["from": .string(range.from), "to": .string(range.to)])),
        ]
        if let state { fields.append(.init(name: "panelsState", value: state)) }
        return Pane(name: name, value: .object(fields))
    }

    /// - Returns: nil when a pane is missing or the link would be too long.
    private func explore(_ panes: [Pane?]) -> String? {
        let present = panes.compactMap { $0 }
        guard present.count == panes.count else { return nil }
        let json = JSONValue.object(present).compact
        return WebAddress.checked(
            "\(root)/explore?schemaVersion=1&orgId=\(organisation)&panes=\(json.percentEncoded)")
    }

    /// Both ends rounded outwards to whole milliseconds of 13 digits.
    private static func range(of window: TimeWindow) -> (from: String, to: String) {
        let from = max(window.start.milliseconds, firstOfThirteenDigits)
        let to = max((window.end + .nanoseconds(999_999)).milliseconds, from + 1)
        return (String(from), String(to))
    }

    /// 2001-09-09; the last one is in 2286, after the last `Timestamp`.
    private static let firstOfThirteenDigits: Int64 = 1_000_000_000_000
}
