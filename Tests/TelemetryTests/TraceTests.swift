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

    private func step(on computer: String) throws -> Span {
        Span(
            traceID: try #require(TraceID(hex: "1")), id: SpanID(7), name: "a", start: Timestamp(seconds: 1),
            end: Timestamp(seconds: 2), attributes: Attributes([("jenkins.computer.name", .string(computer))]),
            resource: Attributes([("k8s.pod.name", .string("jenkins-0")), ("k8s.node.name", .string("node-1"))]))
    }

    @Test func `what a collector knows of the controller is not told of its agents`() throws {
        let span = try step(on: "maven-x7k2p")
        #expect(span.pod == "maven-x7k2p")
        #expect(span.node == nil)
    }

    @Test(arguments: ["#controller", "(built-in)", "", "jenkins-0"])
    func `what a collector knows of the controller is told of its own steps`(_ computer: String) throws {
        let span = try step(on: computer)
        #expect(span.pod == "jenkins-0")
        #expect(span.node == "node-1")
    }

    @Test func `attributes keep the order of their names and the last value of each`() {
        let attributes = Attributes([("b", .int(1)), ("a", .string("x")), ("b", .int(2))])
        #expect(attributes.map(\.name) == ["a", "b"])
        #expect(attributes["b"] == .int(2))
        #expect(attributes.text("missing") == nil)
    }
}
