import Languages
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct LogCollectorTests: CollectorExample {
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
            evidence.gaps.first { $0.source == .logs }?.inEnglish
                == Gap.saying(
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
            evidence.gaps.contains {
                $0.source == .logs && $0.reason.english.hasPrefix("1400 of 1500 log lines were left out")
            }
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
        #expect(evidence.gaps.contains { $0.source == .logs && $0.reason.english.contains("names a service") })
    }
}
