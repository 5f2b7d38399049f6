import Languages
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct CollectorGapTests: CollectorExample {
    @Test func `what is not configured is a gap, never an empty answer`() async {
        let evidence = await Collector(traces: nil, logs: nil, cluster: nil).collect(request())
        #expect(
            evidence.gaps.map(\.inEnglish) == [
                Gap.saying(.traces, "Tempo is not configured", isTotal: true, isStanding: true),
                Gap.saying(.logs, "Loki is not configured", isTotal: true, isStanding: true),
                Gap.saying(.events, "Kubernetes is not configured", isTotal: true, isStanding: true),
                Gap.saying(.pods, "Kubernetes is not configured", isTotal: true, isStanding: true),
                Gap.saying(.nodes, "Kubernetes is not configured", isTotal: true, isStanding: true),
                Gap.saying(.metrics, "Prometheus is not configured", isTotal: true, isStanding: true),
            ])
        #expect(EvidenceSource.allCases.allSatisfy { !evidence.wasFetched($0) })
    }

    @Test func `what a playbook does not want is not asked for, and that is a gap as well`() async {
        let failing = ScriptedLogs { (query, _, _, _) throws(BackendError) in
            Issue.record("asked: \(query)")
            return LogPage(entries: [], isTruncated: false)
        }
        let evidence = await Collector(
            traces: ScriptedTraces(), logs: failing,
            cluster: ScriptedCluster(onEvents: { (_, _) throws(BackendError) in
                Issue.record("asked")
                return []
            })
        ).collect(request(wanted: [.pods, .nodes]))
        #expect(evidence.gaps.map(\.source) == [.traces, .logs, .events, .metrics])
        #expect(evidence.gaps[0].reason.english == "the playbook does not ask for traces")
    }

    @Test func `a backend that hangs is given up, and its limit is said`() async {
        let clock = ManualClock()
        let hanging = ScriptedLogs { (_, _, _, _) throws(BackendError) in
            await hang()
            throw .cancelled(.init("Loki", "query"))
        }
        async let collected = Collector(
            traces: nil, logs: hanging, cluster: nil, budget: Budget(answerTime: .seconds(5)), logFields: fields,
            clock: clock
        ).collect(request())
        // The window's question and the baseline's.
        await clock.whenSleeping(2, for: .seconds(5))
        clock.advance(by: .seconds(5))
        let evidence = await collected
        #expect(
            evidence.gaps.map(\.inEnglish).contains(Gap.saying(.logs, "Loki did not answer within 5 s", isTotal: true)))
    }

    @Test func `one reason for several questions is one gap that says what is missing`() async {
        let busy = ScriptedTraces(onSearch: { (query, asked, _) throws(BackendError) in
            if query.contains("status = error") { return TraceSearch(hits: [], isTruncated: false) }
            throw .refused(.init("Tempo", "search"), status: 400, reason: "no", retryAfter: nil)
        })
        let evidence = await Collector(traces: busy, logs: nil, cluster: nil).collect(request())
        #expect(
            evidence.gaps.first?.inEnglish
                == Gap.saying(
                    .traces,
                    "Tempo answered 400: no (missing: a sample of all traces, traces from before, for comparison)",
                    isTotal: false))
        #expect(evidence.gaps.filter { $0.source == .traces }.count == 1)
        #expect(evidence.gaps.filter(\.isUnanswered).map(\.source) == [.traces])
    }

    @Test func `traces that are found but cannot be fetched are no evidence of absence`() async {
        let forgetful = traces(failing: [hit(1), hit(2)]) { (_) throws(BackendError) in nil }
        let evidence = await Collector(traces: forgetful, logs: nil, cluster: nil).collect(request())
        #expect(!evidence.wasFetched(.traces))
        #expect(evidence.gaps.first?.reason.english == "2 of 2 traces were found, but Tempo has no spans of them")
        #expect(evidence.gaps.first?.isUnanswered == false)
    }

    @Test func `one trace that fails is counted, the others are there`() async {
        let partly = traces(failing: [hit(1), hit(2), hit(3)]) { (id) throws(BackendError) in
            if id.low == 2 { throw .unreadable(.init("Tempo", "trace"), reason: "HTML") }
            return trace(id)
        }
        let evidence = await Collector(traces: partly, logs: nil, cluster: nil).collect(request())
        #expect(evidence.traces.map(\.id.low) == [1, 3])
        let gap = evidence.gaps.first
        #expect(gap?.isTotal == false)
        #expect(gap?.reason.english.contains("(missing: 1 of 3 traces that were found)") == true)
    }

    @Test func `a busy backend is asked once more`() async {
        let calls = Mutex(0)
        let flaky = ScriptedLogs { (query, asked, _, _) throws(BackendError) in
            guard
                calls.withLock({
                    $0 += 1; return $0
                }) > 1
            else {
                throw .refused(.init("Loki", "query"), status: 429, reason: "too many", retryAfter: nil)
            }
            return LogPage(entries: asked == window ? [line("a")] : [], isTruncated: false)
        }
        let clock = ManualClock()
        async let collected = Collector(traces: nil, logs: flaky, cluster: nil, logFields: fields, clock: clock)
            .collect(request())
        await clock.whenSleeping(for: Retry.pause)
        clock.advance(by: Retry.pause)
        let evidence = await collected
        #expect(evidence.logs.map(\.line) == ["a"])
        #expect(evidence.gaps.allSatisfy { $0.source != .logs })
    }

    @Test func `an investigation that is stopped says so and ends`() async {
        let hanging = ScriptedLogs { (_, _, _, _) throws(BackendError) in
            await hang()
            throw .cancelled(.init("Loki", "query"))
        }
        let clock = ManualClock()
        let task = Task {
            await Collector(traces: nil, logs: hanging, cluster: nil, logFields: fields, clock: clock).collect(
                request())
        }
        await clock.whenSleeping(2, for: Budget().answerTime)
        task.cancel()
        let evidence = await task.value
        #expect(
            evidence.gaps.map(\.inEnglish).contains(
                Gap.saying(.logs, "Loki was not waited for: the investigation was stopped", isTotal: true)))
    }
}
