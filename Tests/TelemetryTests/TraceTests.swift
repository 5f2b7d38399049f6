import Telemetry
import Testing

@Suite struct TraceTests {
    @Test func `ids that lost their leading zeros are the same ids`() throws {
        let whole = try #require(TraceID(hex: "0000000000000abc00000000000000ff"))
        #expect(TraceID(hex: "abc00000000000000ff") == whole)
        #expect(TraceID(hex: "ABC00000000000000FF") == whole)
        #expect(whole.description == "0000000000000abc00000000000000ff")
        #expect(TraceID(bytes: [UInt8](repeating: 0, count: 6) + [0x0a, 0xbc] + [0, 0, 0, 0, 0, 0, 0, 0xff]) == whole)
    }

    @Test(arguments: ["", "0", "00000000000000000000000000000000", "g1", "1234567890123456789012345678901234"])
    func `what is no trace id is refused`(text: String) {
        #expect(TraceID(hex: text) == nil)
    }

    @Test func `a span that was stored twice counts once`() throws {
        let id = try #require(TraceID(hex: "1"))
        let span = Span(
            traceID: id, id: SpanID(7), name: "a", start: Timestamp(seconds: 2), end: Timestamp(seconds: 1))
        let trace = Trace(id: id, spans: [span, span])
        #expect(trace.spans.count == 1)
        #expect(trace.spans[0].duration == .zero)
        #expect(trace.root == span)
    }

    @Test(arguments: [
        ("maven-x7k2p", "maven-x7k2p", nil), ("#controller", "jenkins-0", "node-1"), ("", "jenkins-0", "node-1"),
        (nil, "jenkins-0", "node-1"), ("jenkins-0", "jenkins-0", "node-1"),
    ])
    func `what a collector knows of the controller is not told of its agents`(
        _ row: (computer: String?, pod: String?, node: String?)
    ) throws {
        let span = Span(
            traceID: try #require(TraceID(hex: "1")), id: SpanID(7), name: "a", start: Timestamp(seconds: 1),
            end: Timestamp(seconds: 2),
            attributes: Attributes(row.computer.map { [("jenkins.computer.name", .string($0))] } ?? []),
            resource: Attributes([("k8s.pod.name", .string("jenkins-0")), ("k8s.node.name", .string("node-1"))]))
        #expect(span.pod == row.pod)
        #expect(span.node == row.node)
    }

    @Test func `attributes keep the order of their names and the last value of each`() {
        let attributes = Attributes([("b", .int(1)), ("a", .string("x")), ("b", .int(2))])
        #expect(attributes.map(\.name) == ["a", "b"])
        #expect(attributes["b"] == .int(2))
        #expect(attributes.text("missing") == nil)
    }
}
