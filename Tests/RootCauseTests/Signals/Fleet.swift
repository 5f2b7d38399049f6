import Telemetry

@testable import RootCause

/// Traffic to a service with several pods, for tests about what the failing calls have in common.
///
/// Time as in `Story`: the window is from 0 to 120 s, the baseline from -600 s to 0.
struct Fleet {
    /// A process of a service.
    struct Instance: Hashable {
        var service = "checkout"
        let pod: String
        var node = "node-0"
        var version = "1.0"

        var resource: Attributes {
            [
                "service.name": .string(service), "k8s.pod.name": .string(pod), "k8s.node.name": .string(node),
                "service.version": .string(version), "host.name": .string(pod),
            ]
        }
    }

    var story = Story()
    private var lastID: UInt64 = 1_000_000

    /// Four pods on two nodes.
    static let four = (0..<4).map { Instance(pod: "checkout-\($0)", node: "node-\($0 % 2)") }
    static let web = Instance(service: "web", pod: "web-0", node: "node-9")

    /// One call from `web`, in a trace of its own unless it has one.
    ///
    /// - Returns: its trace.
    @discardableResult
    mutating func call(
        _ instance: Instance, from caller: Instance = Fleet.web, _ name: String = "POST /pay", at: Double,
        takes: Double = 0.05, fails: Bool = false, in trace: TraceID? = nil,
        _ attributes: [String: AttributeValue] = [:]
    ) -> TraceID {
        let trace = trace ?? TraceID(high: 7, low: lastID + 1)
        let status = fails ? Span.Status.error(message: "500") : .unset
        let root = next()
        let client = next()
        let server = next()
        func span(
            _ id: SpanID, _ parent: SpanID?, _ name: String, _ kind: Span.Kind, _ margin: Double, _ from: Instance,
            _ attributes: Attributes = [:]
        ) -> Span {
            Span(
                traceID: trace, id: id, parentID: parent, name: name, kind: kind, start: Story.at(at - margin),
                end: Story.at(at + takes + margin), status: status, attributes: attributes, resource: from.resource)
        }
        story.spans += [
            span(root, nil, "GET /", .server, 0.002, caller), span(client, root, "POST", .client, 0.001, caller),
            span(server, client, name, .server, 0, instance, Attributes(attributes.map { ($0, $1) })),
        ]
        return trace
    }

    private mutating func next() -> SpanID {
        lastID += 1
        return SpanID(lastID)
    }

    /// A call every two seconds, from -600 to 120.
    ///
    /// - Parameter call: gets the number of the call, and its time.
    static func traffic(every seconds: Double = 2, _ call: (inout Fleet, Int, Double) -> Void) -> Fleet {
        var fleet = Fleet()
        var number = 0
        for at in stride(from: -600.0, to: 119, by: seconds) {
            call(&fleet, number, at)
            number += 1
        }
        return fleet
    }

    var scene: Scene { Scene(story.evidence, alert: nil) }
    var found: [Overrepresentation] { scene.overrepresented }
    /// `failing checkout k8s.pod.name=checkout-2`
    var names: [String] { found.map { "\($0.kind) \($0.service) \($0.name)=\($0.value)" } }
}
