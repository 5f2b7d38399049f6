import HTTPTransport
import Synchronization
import Telemetry
import Testing

@testable import Backends

struct CollectorTests {
    private let window = TimeWindow(start: Timestamp(seconds: 5000), end: Timestamp(seconds: 6000))
    private let baseline = TimeWindow(start: Timestamp(seconds: 2000), end: Timestamp(seconds: 5000))
    private let fields = LogFieldMapping(service: ["app"], namespace: ["ns"], pod: ["pod"])

    private func request(
        _ scope: Scope = Scope(services: ["checkout"]), wanted: Set<EvidenceSource> = Set(EvidenceSource.allCases),
        now: Timestamp? = nil
    ) -> CollectionRequest {
        CollectionRequest(scope: scope, window: window, baseline: baseline, wanted: wanted, now: now)
    }

    private func hit(_ number: UInt64, at second: Int64 = 5500, duration: Duration = .seconds(1)) -> TraceHit {
        TraceHit(
            traceID: TraceID(high: 0, low: number), rootService: "checkout", rootName: "GET /",
            start: Timestamp(seconds: second), duration: duration, isRootMissing: false)
    }

    private func trace(
        _ id: TraceID, spans: Int = 1, isError: Bool = false, pod: String? = nil, namespace: String? = nil
    ) -> Trace {
        Trace(
            id: id,
            spans: (1...spans).map { number in
                Span(
                    traceID: id, id: SpanID(UInt64(number)), parentID: number == 1 ? nil : SpanID(1), name: "s",
                    start: Timestamp(seconds: 5500), end: Timestamp(seconds: 5501),
                    status: isError ? .error(message: "") : .unset,
                    resource: Attributes(
                        [("service.name", .string("checkout"))] + (pod.map { [("k8s.pod.name", .string($0))] } ?? [])
                            + (namespace.map { [("k8s.namespace.name", .string($0))] } ?? [])))
            })
    }

    private func line(_ text: String, at second: Int64 = 5500) -> LogEntry {
        LogEntry(at: Timestamp(seconds: second), line: text, labels: ["app": "checkout"])
    }

    /// Answers each search by its role, told by query and window, and each id with a trace of one span.
    private func traces(
        failing: [TraceHit] = [], elsewhere: [TraceHit] = [], sample: [TraceHit] = [], reference: [TraceHit] = [],
        slow: [TraceHit] = [], isTruncated: Bool = false,
        onTrace: @escaping @Sendable (TraceID) async throws(BackendError) -> Trace?
    ) -> ScriptedTraces {
        let window = window
        return ScriptedTraces(
            onSearch: { (query, asked, _) throws(BackendError) in
                let hits =
                    if query.contains("trace:duration") {
                        slow
                    } else if query.contains("&& { status") {
                        elsewhere
                    } else if query.contains("status = error") {
                        failing
                    } else {
                        asked == window ? sample : reference
                    }
                return TraceSearch(hits: hits, isTruncated: isTruncated && !hits.isEmpty)
            }, onTrace: onTrace)
    }

    // MARK: Gaps

    @Test func `what is not configured is a gap, never an empty answer`() async {
        let evidence = await Collector(traces: nil, logs: nil, cluster: nil).collect(request())
        #expect(
            evidence.gaps == [
                Gap(.traces, "Tempo is not configured", isTotal: true),
                Gap(.logs, "Loki is not configured", isTotal: true),
                Gap(.events, "Kubernetes is not configured", isTotal: true),
                Gap(.pods, "Kubernetes is not configured", isTotal: true),
                Gap(.nodes, "Kubernetes is not configured", isTotal: true),
                Gap(.metrics, "Prometheus is not configured", isTotal: true),
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
        #expect(evidence.gaps[0].reason == "the playbook does not ask for traces")
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
        #expect(evidence.gaps.contains(Gap(.logs, "Loki did not answer within 5 s", isTotal: true)))
    }

    @Test func `one reason for several questions is one gap that says what is missing`() async {
        let busy = ScriptedTraces(onSearch: { (query, asked, _) throws(BackendError) in
            if query.contains("status = error") { return TraceSearch(hits: [], isTruncated: false) }
            throw .refused(.init("Tempo", "search"), status: 400, reason: "no", retryAfter: nil)
        })
        let evidence = await Collector(traces: busy, logs: nil, cluster: nil).collect(request())
        #expect(
            evidence.gaps.first
                == Gap(
                    .traces,
                    "Tempo answered 400: no (missing: a sample of all traces, traces from before, for comparison)",
                    isTotal: false))
        #expect(evidence.gaps.filter { $0.source == .traces }.count == 1)
    }

    @Test func `traces that are found but cannot be fetched are no evidence of absence`() async {
        let forgetful = traces(failing: [hit(1), hit(2)]) { (_) throws(BackendError) in nil }
        let evidence = await Collector(traces: forgetful, logs: nil, cluster: nil).collect(request())
        #expect(!evidence.wasFetched(.traces))
        #expect(evidence.gaps.first?.reason == "2 of 2 traces were found, but Tempo has no spans of them")
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
        #expect(gap?.reason.contains("(missing: 1 of 3 traces that were found)") == true)
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
            evidence.gaps.contains(
                Gap(.logs, "Loki was not waited for: the investigation was stopped", isTotal: true)))
    }

    // MARK: Traces

    @Test func `failing and reference traces are both within a small budget`() async {
        let some = traces(
            failing: (1...10).map { hit($0) }, reference: (11...20).map { hit($0, at: 3000) }
        ) { (id) throws(BackendError) in trace(id, spans: 5) }
        let evidence = await Collector(traces: some, logs: nil, cluster: nil, budget: Budget(spans: 20)).collect(
            request())
        #expect(evidence.traces.map(\.id.low) == [1, 2, 11, 12])
        #expect(
            evidence.gaps.first?.reason
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

    @Test func `the population is counted whole and fetched in part, spread over the window`() async {
        let source = traces(sample: (1...400).map { hit(UInt64($0)) }) { (id) throws(BackendError) in trace(id) }
        let evidence = await Collector(traces: source, logs: nil, cluster: nil, budget: Budget(sampledTraces: 4))
            .collect(request())
        #expect(evidence.tracesInWindow == 400)
        #expect(evidence.samplings == [Sampling(.traces, taken: 4, total: 400)])
        let ids = evidence.traces.map(\.id.low)
        #expect(Set(ids.map { ($0 - 1) / 100 }).count == 4, "\(ids)")
    }

    @Test func `more failing traces than asked for is a gap, of a sample it is not`() async {
        let many = traces(failing: [hit(1)], isTruncated: true) { (id) throws(BackendError) in trace(id) }
        let evidence = await Collector(traces: many, logs: nil, cluster: nil).collect(request())
        #expect(evidence.gaps.first?.reason == "there are more failing traces than the 1 that were looked at")
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

    // MARK: Logs

    @Test func `more lines than the limit are seen from both ends, and what sounds like trouble in between`() async {
        let asked = Notebook<String>()
        let busy = ScriptedLogs { (query, during, limit, direction) throws(BackendError) in
            asked.note(
                "\(query.contains("(?i)") ? "trouble" : "all") \(direction) \(during.start.seconds)-\(during.end.seconds) \(limit)"
            )
            let isFirst = direction == .backward && !query.contains("(?i)")
            return LogPage(
                entries: [line(isFirst ? "new" : direction == .forward ? "old" : "error", at: isFirst ? 5900 : 5100)],
                isTruncated: isFirst)
        }
        var asking = request()
        asking.baseline = TimeWindow(start: window.start, end: window.start)
        let evidence = await Collector(
            traces: nil, logs: busy, cluster: nil, budget: Budget(logLines: 1000), logFields: fields
        ).collect(asking)
        #expect(
            asked.all == ["all backward 5000-6000 350", "trouble backward 5000-5900 175", "all forward 5000-5900 87"])
        #expect(evidence.logs.map(\.line) == ["error", "old", "new"])
        #expect(
            evidence.gaps.first { $0.source == .logs }
                == Gap(
                    .logs, "there are more lines of checkout than were fetched: the newest were looked at",
                    isTotal: false))
        #expect(evidence.samplings == [Sampling(.logs, taken: 3, total: nil)])
    }

    @Test func `lines beyond the budget are left out evenly, and each kind keeps its share`() async {
        let much = ScriptedLogs { (query, during, _, _) throws(BackendError) in
            let start = during.start.seconds
            return LogPage(
                entries: (0..<500).map { line("\(query) \($0)", at: start + Int64($0)) }, isTruncated: false)
        }
        let evidence = await Collector(
            traces: nil, logs: much, cluster: nil, budget: Budget(logLines: 100), logFields: fields
        ).collect(request(Scope(services: ["checkout"], namespaces: ["shop"])))
        #expect(evidence.logs.count == 100)
        #expect(evidence.logs.count { baseline.contains($0.at) } == 20)
        #expect(evidence.logs.count { $0.line.contains("shop") } == 10)
        let own = evidence.logs.filter { window.contains($0.at) && !$0.line.contains("shop") }
        #expect(own.count == 70)
        #expect(own.last.map { $0.at > Timestamp(seconds: 5450) } == true)
        #expect(evidence.samplings == [Sampling(.logs, taken: 100, total: 1500)])
        #expect(
            evidence.gaps.contains { $0.source == .logs && $0.reason.hasPrefix("1400 of 1500 log lines were left out") }
        )
    }

    @Test func `bytes are a budget as well`() async {
        let long = ScriptedLogs { (_, during, _, _) throws(BackendError) in
            LogPage(
                entries: (0..<10).map {
                    line(String(repeating: "x", count: 100), at: during.start.seconds + Int64($0))
                },
                isTruncated: false)
        }
        let evidence = await Collector(
            traces: nil, logs: long, cluster: nil, budget: Budget(bytes: 1000), logFields: fields
        ).collect(request())
        #expect(evidence.logs.count == 5)
    }

    @Test func `a scope that names no place for logs is a gap with its reason`() async {
        let silent = ScriptedLogs { (query, _, _, _) throws(BackendError) in
            Issue.record("asked: \(query)")
            return LogPage(entries: [], isTruncated: false)
        }
        let evidence = await Collector(traces: nil, logs: silent, cluster: nil).collect(request(Scope()))
        #expect(!evidence.wasFetched(.logs))
        #expect(evidence.gaps.contains { $0.source == .logs && $0.reason.contains("names a service") })
    }

    // MARK: From traces to the rest

    @Test func `failing traces lead to their lines, their pods' lines and their namespaces`() async {
        let asked = Notebook<String>()
        let failing = traces(failing: [hit(0xABC)]) { (id) throws(BackendError) in
            trace(id, isError: true, pod: "checkout-7f-x", namespace: "shop")
        }
        let logs = ScriptedLogs { (query, _, _, _) throws(BackendError) in
            asked.note(query)
            return LogPage(entries: query.contains("pod=") ? [line("killed")] : [], isTruncated: false)
        }
        let lists = Notebook<String>()
        let cluster = ScriptedCluster(
            onEvents: { (namespace, during) throws(BackendError) in
                lists.note("events \(namespace ?? "*") \(during.start.seconds)-\(during.end.seconds)")
                return []
            },
            onPods: { (namespace) throws(BackendError) in
                lists.note("pods \(namespace ?? "*")")
                return [PodState(name: "p", namespace: namespace ?? "")]
            })
        let evidence = await Collector(traces: failing, logs: logs, cluster: cluster, logFields: fields)
            .collect(request(Scope(services: ["checkout"], namespaces: ["monitoring"])))
        let id = "00000000000000000000000000000abc"
        for expected in [
            #"{app="checkout"} |= "\#(id)""#, #"{ns=~"monitoring|shop"} | trace_id="\#(id)""#,
            #"{pod="checkout-7f-x"}"#, #"{app="checkout"} |= "checkout-7f-x""#,
        ] {
            #expect(asked.all.contains(expected), "\(expected) not in \(asked.all)")
        }
        #expect(evidence.logs.map(\.line) == ["killed"])
        #expect(
            Set(lists.all) == [
                "events monitoring 2000-6000", "events default 2000-6000", "events shop 2000-6000", "pods monitoring",
                "pods shop",
            ])
        #expect(evidence.pods.map(\.namespace) == ["monitoring", "shop"])
    }

    // MARK: The cluster

    @Test func `without a namespace the whole cluster is asked, once`() async {
        let lists = Notebook<String>()
        let cluster = ScriptedCluster(
            onEvents: { (namespace, _) throws(BackendError) in
                lists.note("events \(namespace ?? "*")")
                return []
            },
            onPods: { (namespace) throws(BackendError) in
                lists.note("pods \(namespace ?? "*")")
                return []
            })
        _ = await Collector(traces: nil, logs: nil, cluster: cluster).collect(request())
        #expect(lists.all.sorted() == ["events *", "pods *"])
    }

    @Test func `a missing permission for one kind leaves the others`() async {
        let cluster = ScriptedCluster(
            onNodes: { () throws(BackendError) in
                throw .refused(
                    .init("Kubernetes", "list nodes"), status: 403, reason: "nodes is forbidden", retryAfter: nil)
            })
        let evidence = await Collector(traces: nil, logs: nil, cluster: cluster).collect(request())
        #expect(evidence.wasFetched(.events))
        #expect(evidence.wasFetched(.pods))
        #expect(!evidence.wasFetched(.nodes))
        #expect(evidence.gaps.contains { $0.source == .nodes && $0.reason.contains("nodes is forbidden") })
    }

    @Test func `a cluster is not asked about the past without a word`() async {
        let later = window.end + .seconds(7200)
        let evidence = await Collector(traces: nil, logs: nil, cluster: ScriptedCluster()).collect(request(now: later))
        let words = evidence.gaps.filter { !$0.isTotal }.map(\.reason)
        #expect(
            words == [
                "Kubernetes forgets events after an hour, and the time in question is longer ago",
                "pods are as they are now, not as they were then", "nodes are as they are now, not as they were then",
            ])
        let soon = await Collector(traces: nil, logs: nil, cluster: ScriptedCluster())
            .collect(request(now: window.end + .seconds(60)))
        #expect(soon.gaps.filter { !$0.isTotal }.isEmpty)
    }

    @Test func `an event that two lists have counts once, and too many are cut to the telling ones`() async {
        func event(_ number: Int, _ type: String) -> ClusterEvent {
            ClusterEvent(
                at: Timestamp(seconds: 3000 + Int64(number)), reason: "R", message: "\(number)", type: type,
                object: .init(kind: "Pod", namespace: "a", name: "p"))
        }
        let events = (0..<10).map { event($0, $0 == 7 ? "Warning" : "Normal") }
        let cluster = ScriptedCluster(onEvents: { (_, _) in events.reversed() })
        let evidence = await Collector(traces: nil, logs: nil, cluster: cluster, budget: Budget(clusterObjects: 3))
            .collect(request(Scope(namespaces: ["a", "b"])))
        #expect(evidence.events.map(\.message) == ["0", "1", "7"])
        #expect(evidence.gaps.contains(Gap(.events, "7 of 10 events were left out: 3 are looked at", isTotal: false)))
    }
}
