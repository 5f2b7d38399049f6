import Telemetry
import Testing

@testable import RootCause

struct FailuresTests {
    @Test func `a failure begins in the deepest span that its children do not explain`() {
        var story = Story()
        let root = story.span("shop", "POST /order", kind: .server, at: 1, takes: 1, status: .error(message: ""))
        story.call("shop", "payments", "POST /pay", under: root, at: 1.1, takes: 0.5, status: .error(message: "502"))
        #expect(origins(story) == ["payments POST /pay"])
    }

    @Test func `a retry that went well explains nothing`() {
        var story = Story()
        let root = story.span("shop", "POST /order", kind: .server, at: 1, takes: 1, status: .error(message: ""))
        story.span("shop", "charge", under: root, at: 1.1, takes: 0.1, status: .error(message: "timeout"))
        story.span("shop", "charge", under: root, at: 1.3, takes: 0.1)
        #expect(origins(story) == ["shop charge", "shop POST /order"])
    }

    @Test(arguments: [
        ("http.response.status_code", AttributeValue.int(503), true), ("http.status_code", .string("500"), true),
        ("http.response.status_code", .int(404), false), ("rpc.grpc.status_code", .int(14), true),
        ("rpc.grpc.status_code", .int(5), false), ("other", .int(500), false),
    ])
    func `protocol codes tell a failure where no status does`(name: String, value: AttributeValue, failed: Bool) {
        var story = Story()
        story.span("shop", "GET /", kind: .server, at: 1, takes: 1, attributes: Attributes([(name, value)]))
        #expect(origins(story).isEmpty == !failed)
    }

    @Test func `an explicit OK outweighs an exception that was handled`() {
        var story = Story()
        story.span(
            "shop", "GET /", at: 1, takes: 1, status: .ok, events: [Span.Event(at: Story.at(1), name: "exception")])
        #expect(origins(story).isEmpty)
    }

    @Test func `a trace whose root answered well has not failed, though something inside did`() {
        var story = Story()
        let root = story.span(
            "shop", "GET /", kind: .server, at: 1, takes: 1, attributes: ["http.response.status_code": .int(200)])
        story.call("shop", "ads", "GET /ads", under: root, at: 1.1, takes: 0.1, status: .error(message: ""))
        let failures = Failures(in: SpanTable(story.evidence))
        #expect(failures.traces.isEmpty)
        #expect(failures.origins.count == 1)
    }

    @Test func `a call that nobody answered speaks against its peer`() {
        var story = Story()
        let root = story.span("shop", "GET /", kind: .server, at: 1, takes: 1, status: .error(message: ""))
        story.span(
            "shop", "GET", under: root, kind: .client, at: 1.1, takes: 0.1, status: .error(message: "refused"),
            attributes: ["server.address": .string("redis")])
        let table = SpanTable(story.evidence)
        let failures = Failures(in: table)
        #expect(failures.origins.map { FailureTarget.service(of: $0.row, in: table) } == ["redis"])
    }

    private func origins(_ story: Story) -> [String] {
        let table = SpanTable(story.evidence)
        return Failures(in: table).origins.map { table.label(Int(table.rows[$0.row].operation)) }
    }
}
