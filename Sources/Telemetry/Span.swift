/// One operation of one service in one trace, as in OpenTelemetry.
package struct Span: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case unspecified, `internal`, server, client, producer, consumer
    }

    package enum Status: Hashable, Sendable {
        case unset
        case ok
        /// - Parameter message: what the instrumentation said of it; often empty.
        case error(message: String)
    }

    /// Something that happened during the span, an exception for instance.
    package struct Event: Hashable, Sendable {
        package let at: Timestamp
        package let name: String
        package let attributes: Attributes

        package init(at: Timestamp, name: String, attributes: Attributes = [:]) {
            self.at = at
            self.name = name
            self.attributes = attributes
        }
    }

    /// Another span that this one points to, in this trace or in another.
    package struct Link: Hashable, Sendable {
        package let traceID: TraceID
        package let spanID: SpanID

        package init(traceID: TraceID, spanID: SpanID) {
            self.traceID = traceID
            self.spanID = spanID
        }
    }

    package let traceID: TraceID
    package let id: SpanID
    /// nil for a root span.
    package let parentID: SpanID?
    package let name: String
    package let kind: Kind
    package let start: Timestamp
    /// Never before `start`: a span whose clock ran backwards ends where it began.
    package let end: Timestamp
    package let status: Status
    package let attributes: Attributes
    /// Who emitted it: `service.name`, `k8s.pod.name` and so on; shared by all spans of one process.
    package internal(set) var resource: Attributes
    package let events: [Event]
    package let links: [Link]
    /// Whether its end was told to be before its start, so that its duration is not known.
    package let endedBeforeStart: Bool

    package init(
        traceID: TraceID, id: SpanID, parentID: SpanID? = nil, name: String, kind: Kind = .internal, start: Timestamp,
        end: Timestamp, status: Status = .unset, attributes: Attributes = [:], resource: Attributes = [:],
        events: [Event] = [], links: [Link] = []
    ) {
        self.traceID = traceID
        self.id = id
        self.parentID = parentID
        self.name = name
        self.kind = kind
        self.start = start
        self.end = max(start, end)
        endedBeforeStart = end < start
        self.status = status
        self.attributes = attributes
        self.resource = resource
        self.events = events
        self.links = links
    }

    package var duration: Duration { end - start }

    package var isError: Bool { if case .error = status { true } else { false } }

    /// OpenTelemetry's `service.name`; `unknown_service` when the resource has none, as the specification says.
    package var service: String { resource.text("service.name") ?? "unknown_service" }

    /// The pod: the Jenkins agent, whose name is its pod's name, or where a collector says that the span comes from.
    package var pod: String? { agent ?? placed("k8s.pod.name") }

    package var node: String? { placed("k8s.node.name") }

    package var namespace: String? { placed("k8s.namespace.name") ?? resource.text("service.namespace") }

    /// The Jenkins agent that a step ran on; nil for the controller itself: `#controller`, `(built-in)`.
    private var agent: String? {
        attributes.text("jenkins.computer.name").flatMap { name in
            name.first.map { $0.isLetter || $0.isNumber } == true ? name : nil
        }
    }

    /// Steps on agents are told by the controller: what a collector knows of the sender is not true of them.
    private func placed(_ name: String) -> String? {
        let sender = resource.text("k8s.pod.name")
        let isToldByAnother = agent.map { sender != nil && sender != $0 } ?? false
        return (isToldByAnother ? nil : resource.text(name)) ?? attributes.text(name)
    }
}
