import Languages
import Telemetry
import Testing

@testable import RootCause

/// Traces that are large in every direction. The times they take are measured elsewhere: here they must end, and what was
/// left out must be said.
struct ManySpansTests {
    private static let trace = TraceID(high: 3, low: 3)

    private func diagnosis(_ count: Int, _ make: (Int) -> Span) -> Diagnosis {
        var story = Story()
        story.spans = (1...count).map(make)
        // A quiet one of the time before, to compare with.
        let first = story.spans[0]
        story.spans.append(
            Span(
                traceID: TraceID(high: 2, low: 2), id: first.id, name: first.name, start: Story.at(-300),
                end: Story.at(-299), resource: first.resource))
        return story.diagnosis()
    }

    private func span(_ id: Int, under parent: Int?, _ name: String, _ service: String, fails: Bool = false) -> Span {
        Span(
            traceID: Self.trace, id: SpanID(UInt64(id)), parentID: parent.map { SpanID(UInt64($0)) }, name: name,
            kind: id % 2 == 0 ? .server : .client, start: Story.at(10) + .microseconds(id),
            end: Story.at(100) - .microseconds(id), status: fails ? .error(message: "boom") : .unset,
            resource: ["service.name": .string(service)])
    }

    @Test func `a chain of a hundred thousand calls overflows no stack`() {
        let depth = 100_000
        let diagnosis = diagnosis(depth) { id in
            span(id, under: id > 1 ? id - 1 : nil, "op\(id % 3)", "svc-\(id % 5)", fails: id == depth)
        }
        #expect(diagnosis.impact.failedTraces == 1)
        #expect(diagnosis.gaps.isEmpty)
    }

    @Test func `recursion without an end names no more sites than fit`() {
        let depth = 60_000
        let diagnosis = diagnosis(depth) { id in span(id, under: id > 1 ? id - 1 : nil, "op", "svc") }
        #expect(
            diagnosis.gaps.map(\.reason.english) == [
                "calls are nested in more than 50000 ways: the rest is told apart by its names alone"
            ])
        #expect(diagnosis.gaps.allSatisfy { $0.source == .traces && !$0.isTotal && !$0.isStanding })
    }

    @Test func `where every span has a name of its own, the rest share one`() {
        let count = 25_000
        let diagnosis = diagnosis(count) { id in
            span(id, under: id > 1 ? 1 : nil, "GET /orders/\(id)", "svc", fails: id == count)
        }
        #expect(diagnosis.gaps.count == 1)
        #expect(diagnosis.gaps[0].reason.english == "there are more than 20000 span names: 5001 spans share one name")
        #expect(diagnosis.impact.failedTraces == 1)
    }

    @Test func `a fan of a hundred thousand calls is one trace`() {
        let diagnosis = diagnosis(100_000) { id in
            span(id, under: id > 1 ? 1 : nil, "op\(id % 40)", "svc-\(id % 8)", fails: id % 3 == 0)
        }
        #expect(diagnosis.impact.traces == 1 && diagnosis.impact.failedTraces == 1)
        #expect(diagnosis.gaps.isEmpty)
    }

    @Test func `a ring of forty thousand spans is cut once`() {
        let count = 40_000
        let diagnosis = diagnosis(count) { id in span(id, under: id > 1 ? id - 1 : count, "op", "svc") }
        #expect(
            diagnosis.gaps.map(\.reason.english) == ["spans that name each other as parents were cut apart in 1 place"])
    }

    @Test func `too many services to note who takes part in what is said`() {
        let diagnosis = diagnosis(19_000) { id in span(id, under: id > 1 ? 1 : nil, "op", "svc-\(id)") }
        #expect(
            diagnosis.gaps.map(\.reason.english) == [
                "there are too many services and operations to note which takes part in which: symptoms may be taken for causes"
            ])
    }

    @Test func `thousands of attributes of one span are kept in order, the last of a name`() {
        let pairs = (0..<50_000).map { ("key.\($0 % 20_000)", AttributeValue.int(Int64($0))) }
        let attributes = Attributes(pairs)
        #expect(Array(attributes).count == 20_000)
        #expect(attributes["key.7"] == .int(40_007))
        #expect(attributes["key.19999"] == .int(39_999))
        let names = attributes.map(\.name)
        #expect(names == names.sorted())
        #expect(Attributes(Array(pairs.prefix(100))) == Attributes(Array(pairs.prefix(100).reversed())))
    }
}
