import Telemetry
import Testing

@testable import RootCause

/// Whose pods are whose.
struct PodServicesTests {
    @Test func `without traces the streams of lines say whose pods are whose`() {
        var story = Story()
        story.log("GET / answered", at: 10, service: "shop", pod: "shop-1")
        #expect(PodServices.all(story.evidence, spans: SpanTable(story.evidence)) == ["shop-1": "shop"])
    }

    @Test func `where there are traces they alone say it`() {
        var story = Story()
        story.span("cart", "GET /cart", kind: .server, at: 10, takes: 0.1, pod: "cart-1")
        story.log("GET / answered", at: 10, service: "shop", pod: "shop-1")
        #expect(PodServices.all(story.evidence, spans: SpanTable(story.evidence)) == ["cart-1": "cart"])
    }

    @Test func `what is measured of a pod is measured of its service`() {
        var story = Story()
        story.log("GET / answered", at: 10, service: "shop", pod: "shop-1")
        story.metric("container_cpu_usage", ["pod": "shop-1"], before: [0.2, 0.2, 0.2], after: [0.9, 1])
        let table = MetricTable(story.evidence, declared: [:], spans: SpanTable(story.evidence))
        #expect(table.rows.map(\.service) == ["shop"])
    }
}
