import Languages
import Telemetry
import Testing

@testable import Backends

struct TraceCollectorTests: CollectorExample {
    @Test func `failing and reference traces are both within a small budget`() async {
        let some = traces(
            failing: (1...10).map { hit($0) }, reference: (11...20).map { hit($0, at: 3000) }
        ) { (id) throws(BackendError) in trace(id, spans: 5) }
        let evidence = await Collector(traces: some, logs: nil, cluster: nil, budget: Budget(spans: 20)).collect(
            request())
        #expect(evidence.traces.map(\.id.low) == [1, 2, 11, 12])
        #expect(
            evidence.gaps.first?.reason.english
                == "16 of 20 traces were left out: the budget of 20 spans and 64 MiB was used up")
        #expect(evidence.samplings == [Sampling(.traces, taken: 4, total: 20)])
    }

    @Test func `the same evidence comes out whatever comes in first`() async {
        var results: Set<Evidence> = []
        for isReversed in [false, true] {
            let some = traces(
                failing: (1...6).map { hit($0) }, sample: (5...9).map { hit($0) },
                reference: (11...20).map { hit($0, at: 3000) }
            ) { (id) throws(BackendError) in
                for _ in 0..<(isReversed ? 50 - id.low * 2 : id.low * 2) { await Task.yield() }
                return trace(id, spans: 5, isError: id.low < 10)
            }
            let logs = ScriptedLogs { (query, asked, _, _) throws(BackendError) in
                for _ in 0..<(query.utf8.count % 7) * (isReversed ? 1 : 9) { await Task.yield() }
                return LogPage(
                    entries: query.contains("|~") ? [line("c"), line("a")] : [line("b"), line("a")], isTruncated: false)
            }
            results.insert(
                await Collector(
                    traces: some, logs: logs, cluster: nil, budget: Budget(spans: 30), logFields: fields
                ).collect(request()))
        }
        #expect(results.count == 1)
        #expect(results.first?.logs.map(\.line) == ["a", "b", "c"])
        #expect(results.first?.traces.count == 6)
    }

    @Test func `a trace that several searches found is fetched once`() async {
        let asked = Notebook<TraceID>()
        let some = traces(failing: [hit(1)], elsewhere: [hit(1), hit(2)], sample: [hit(2), hit(1)]) {
            (id) throws(BackendError) in
            asked.note(id)
            return trace(id)
        }
        let evidence = await Collector(traces: some, logs: nil, cluster: nil).collect(request())
        #expect(asked.all.map(\.low).sorted() == [1, 2])
        #expect(evidence.traces.count == 2)
    }

    @Test func `the population is counted whole and fetched in part, spread over the window`() async throws {
        let source = traces(sample: (1...400).map { hit(UInt64($0)) }) { (id) throws(BackendError) in trace(id) }
        let evidence = await Collector(traces: source, logs: nil, cluster: nil, budget: Budget(sampledTraces: 4))
            .collect(request())
        let sample = try #require(evidence.traceSample)
        #expect(sample.counted == 400 && sample.isComplete && !sample.isEverything)
        #expect(sample.weights?.values.allSatisfy { $0 == 100 } == true)
        #expect(evidence.samplings == [Sampling(.traces, taken: 4, total: 400)])
        let ids = evidence.traces.map(\.id.low)
        #expect(Set(ids.map { ($0 - 1) / 100 }).count == 4, "\(ids)")
    }

    @Test func `failing traces count for themselves, the few that were taken of the others for all of them`()
        async throws
    {
        let source = traces(
            failing: (1...3).map { hit($0) }, sample: (1...43).map { hit($0) }, reference: [hit(50, at: 3000)]
        ) { (id) throws(BackendError) in trace(id, isError: id.low < 4) }
        let evidence = await Collector(traces: source, logs: nil, cluster: nil, budget: Budget(sampledTraces: 8))
            .collect(request())
        let weights = try #require(evidence.traceSample?.weights)
        #expect((1...3).allSatisfy { weights[TraceID(high: 0, low: $0)] == 1 })
        #expect(weights.values.reduce(0, +).rounded() == 43)
        #expect(Set(weights.values).count == 2 && weights[TraceID(high: 0, low: 50)] == nil)
    }

    @Test func `of a population that is too large, only what was counted is stood for`() async throws {
        let source = traces(failing: [hit(99)], sample: [hit(1), hit(2)], isTruncated: true) {
            (id) throws(BackendError) in trace(id)
        }
        let sample = try #require(
            await Collector(traces: source, logs: nil, cluster: nil).collect(request()).traceSample)
        #expect(!sample.isComplete && sample.counted == 2 && sample.weights?[TraceID(high: 0, low: 99)] == nil)
    }

    @Test func `more failing traces than asked for is a gap, of a sample it is not`() async {
        let many = traces(failing: [hit(1)], isTruncated: true) { (id) throws(BackendError) in trace(id) }
        let evidence = await Collector(traces: many, logs: nil, cluster: nil).collect(request())
        #expect(evidence.gaps.first?.reason.english == "there are more failing traces than the 1 that were looked at")
        #expect(evidence.samplings == [Sampling(.traces, taken: 1, total: nil)])
        let sampled = traces(sample: [hit(1)], isTruncated: true) { (id) throws(BackendError) in trace(id) }
        let second = await Collector(traces: sampled, logs: nil, cluster: nil).collect(request())
        #expect(second.gaps.allSatisfy { $0.source != .traces })
    }

    @Test func `slow traces are those that took longer than before`() async {
        let queries = Notebook<String>()
        let references = (11...20).map { hit($0, at: 3000, duration: .milliseconds(100)) }
        let inner = traces(reference: references, slow: [hit(1)]) { (id) throws(BackendError) in trace(id) }
        let noting = ScriptedTraces(
            onSearch: { (query, asked, limit) async throws(BackendError) in
                queries.note(query)
                return try await inner.onSearch(query, asked, limit)
            }, onTrace: inner.onTrace)
        let evidence = await Collector(traces: noting, logs: nil, cluster: nil).collect(request())
        #expect(queries.all.last == #"{ resource.service.name = "checkout" && trace:duration > 200ms }"#)
        #expect(evidence.traces.map(\.id.low).contains(1))
    }

    @Test func `services that a search had no room for are a gap`() async {
        let many = (0..<2000).map { "service-\($0)" }
        let evidence = await Collector(
            traces: traces(failing: [hit(1)]) { (id) throws(BackendError) in trace(id) }, logs: nil, cluster: nil
        ).collect(request(Scope(services: many)))
        #expect(evidence.traces.count == 1)
        #expect(
            evidence.gaps.contains {
                $0.source == .traces && !$0.isTotal && $0.reason.english.contains("of 2000 services")
            })
    }
}
