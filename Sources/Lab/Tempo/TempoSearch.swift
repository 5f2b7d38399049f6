import Scenarios
import Telemetry

/// Tempo's `/api/search`.
struct TempoSearch: Sendable {
    private let traces: [Trace]
    private let now: Timestamp
    private let cutoff: Duration

    /// `max_duration` of the shipped configuration.
    private static let maximumSeconds: Int64 = 168 * 3600
    /// What replaces a range that is missing or lies in the future.
    private static let defaultRange: Duration = .seconds(15 * 60)
    private static let defaultLimit: Int64 = 20
    private static let maximumLimit: Int64 = 262_144
    private static let defaultSpansPerSet: Int64 = 3
    private static let maximumSpansPerSet: Int64 = 100

    init(traces: [Trace], now: Timestamp, cutoff: Duration) {
        self.traces = traces
        self.now = now
        self.cutoff = cutoff
    }

    func answer(_ request: LabRequest) throws(Refusal) -> LabAnswer {
        let query = try query(request)
        let limit = try limit(request)
        let spansPerSet = try spansPerSet(request)
        let window = try window(request)
        let found = traces.compactMap { trace -> (trace: Trace, spans: [Span])? in
            guard let stretch = trace.window, stretch.start <= window.end, stretch.end >= window.start,
                stretch.end <= now - cutoff
            else { return nil }
            let spans = query?.matches(in: trace) ?? trace.spans
            return spans.isEmpty ? nil : (trace, spans)
        }
        // With the limit reached, Tempo answers what its blocks gave first, and sorts that. By the id, which is random,
        // the lab chooses as arbitrarily and gives the same answer every time.
        let chosen =
            query?.isMostRecent == true
            ? found.sorted(by: Self.isNewer) : found.sorted { $0.trace.id.low < $1.trace.id.low }
        let listed = chosen.prefix(Int(limit)).sorted(by: Self.isNewer)
        return .json([
            "traces": .array(listed.map { entry($0.trace, $0.spans, query, Int(spansPerSet)) }),
            "metrics": ["inspectedBytes": "65536", "completedJobs": 1, "totalJobs": 1],
        ])
    }

    private static func isNewer(_ left: (trace: Trace, spans: [Span]), _ right: (trace: Trace, spans: [Span])) -> Bool {
        guard let leftStart = left.trace.spans.first?.start, let rightStart = right.trace.spans.first?.start else {
            return left.trace.id < right.trace.id
        }
        return (leftStart, left.trace.id) > (rightStart, right.trace.id)
    }

    // MARK: The request

    private func query(_ request: LabRequest) throws(Refusal) -> TraceQL? {
        guard let text = request.parameter("q") else {
            guard request.parameter("tags") == nil else {
                throw Refusal("this lab answers searches by TraceQL (parameter q) only, not by tags")
            }
            return nil
        }
        guard request.parameter("tags") == nil else {
            throw Refusal("invalid request: can't specify tags and q in the same query")
        }
        do {
            return try TraceQLParser.parse(text)
        } catch {
            throw Refusal("invalid TraceQL query: \(error.text)")
        }
    }

    private func limit(_ request: LabRequest) throws(Refusal) -> Int64 {
        let limit = try number("limit", request) ?? Self.defaultLimit
        guard limit > 0 else { throw Refusal("invalid limit: must be a positive number") }
        guard limit <= Self.maximumLimit else {
            throw Refusal("limit \(limit) exceeds max limit \(Self.maximumLimit)")
        }
        return limit
    }

    private func spansPerSet(_ request: LabRequest) throws(Refusal) -> Int64 {
        let count = try number("spss", request) ?? Self.defaultSpansPerSet
        guard count <= Self.maximumSpansPerSet else {
            throw Refusal("spans per span set exceeds \(Self.maximumSpansPerSet). received \(count)")
        }
        return count == 0 ? Self.defaultSpansPerSet : count
    }

    private func number(_ name: String, _ request: LabRequest) throws(Refusal) -> Int64? {
        guard let text = request.parameter(name) else { return nil }
        do {
            return try GoNumbers.unsigned32(text)
        } catch {
            throw Refusal("invalid \(name): \(error)")
        }
    }

    private func window(_ request: LabRequest) throws(Refusal) -> (start: Timestamp, end: Timestamp) {
        let recent = (start: now - Self.defaultRange, end: now)
        guard let bounds = try TempoRange(request).bounds else { return recent }
        guard bounds.end - bounds.start <= Self.maximumSeconds else {
            throw Refusal(
                "range specified by start and end exceeds 168h0m0s. "
                    + "received start=\(bounds.start) end=\(bounds.end)")
        }
        let start = Timestamp(seconds: bounds.start)
        return start >= now ? recent : (start, Timestamp(seconds: bounds.end))
    }

    // MARK: The answer

    private func entry(_ trace: Trace, _ matched: [Span], _ query: TraceQL?, _ spansPerSet: Int) -> JSON {
        let stretch = trace.window
        let set = query.map { spanSet(trace, matched, $0, spansPerSet) }
        let milliseconds = (stretch?.duration.nanoseconds ?? 0) / 1_000_000
        return .object(leavingOut: [
            "traceID": .string(trace.id.stripped),
            "rootServiceName": .string(trace.root?.service ?? "<root span not yet received>"),
            "rootTraceName": (trace.root?.name).map { .string($0) },
            "startTimeUnixNano": stretch.map { .string(String($0.start.nanoseconds)) },
            "durationMs": milliseconds == 0 ? nil : .integer(milliseconds), "spanSet": set,
            "spanSets": set.map { .array([$0]) }, "serviceStats": query == nil ? nil : serviceStats(trace),
        ])
    }

    private func spanSet(_ trace: Trace, _ matched: [Span], _ query: TraceQL, _ limit: Int) -> JSON {
        let facts = TraceFacts(trace)
        let spans = matched.prefix(limit).map { span -> JSON in
            let nanoseconds = span.duration.nanoseconds
            let fields = query.listedFields(of: span, facts)
            let attributes = Self.attributes(span, fields)
            return .object(leavingOut: [
                "spanID": .string(span.id.description),
                "name": fields.contains(.name) ? .string(span.name) : nil,
                "startTimeUnixNano": .string(String(span.start.nanoseconds)),
                "durationNanos": nanoseconds == 0 ? nil : .string(String(nanoseconds)),
                "attributes": attributes.isEmpty ? nil : .array(attributes),
            ])
        }
        return ["spans": .array(Array(spans)), "matched": .integer(matched.count)]
    }

    /// The values that were asked for. Arrays, maps and bytes are left out, as Tempo does.
    private static func attributes(_ span: Span, _ fields: Set<TraceQL.Field>) -> [JSON] {
        fields.compactMap { field in field.key.map { (key: $0, field: field) } }.sorted { $0.key < $1.key }
            .compactMap { entry in
                let value: AttributeValue? =
                    switch entry.field {
                    case .attribute(.span, let name): span.attributes[name]
                    case .attribute(.resource, let name): span.resource[name]
                    case .attribute(nil, let name): span.attributes[name] ?? span.resource[name]
                    case .attribute(.event, let name): span.events.lazy.compactMap { $0.attributes[name] }.first
                    case .status: .string(span.status.word)
                    case .kind: .string(span.kind.rawValue)
                    case .eventName: (span.events.first?.name).map { .string($0) }
                    case .statusMessage: span.status.message.isEmpty ? nil : .string(span.status.message)
                    default: nil
                    }
                switch value {
                case nil, .array, .map, .bytes: return nil
                case let value?: return ["key": .string(entry.key), "value": OTLPForm.value(value)]
                }
            }
    }

    private func serviceStats(_ trace: Trace) -> JSON {
        let services = Dictionary(grouping: trace.spans, by: \.service).sorted { $0.key < $1.key }
        return .object(
            services.map { service, spans in
                let errors = spans.count { $0.isError }
                return JSON.Member(
                    name: service,
                    value: .object(leavingOut: [
                        "spanCount": .integer(spans.count), "errorCount": errors == 0 ? nil : .integer(errors),
                    ]))
            })
    }
}
