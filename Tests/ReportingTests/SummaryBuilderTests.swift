import Alerts
import Languages
import RootCause
import Telemetry
import Testing

@testable import Reporting

@Suite struct SummaryBuilderTests {
    private let builder = SummaryBuilder(zone: .cet)
    private let diagnosis = SpotEvictionIncident.diagnosis
    private let alert = SpotEvictionIncident.alert

    @Test func `the context says which alert, whose, since when and for how long`() {
        func context(_ now: Timestamp?, _ alert: AlertGroup?) -> String {
            builder.summary(of: diagnosis, on: .init(alert: alert, now: now)).context
        }
        #expect(
            context(Instant.at("14:35:50"), alert)
                == "JenkinsJobTraceFailure · jenkins-master · since 15:29:41 CET (6 min) · critical")
        #expect(
            context(nil, alert) == "JenkinsJobTraceFailure · jenkins-master · since 2026-11-22 15:29:41 CET · critical",
            "who reads of the past needs the day")
        #expect(
            context(Timestamp(rfc3339: "2026-11-23T14:35:50Z"), alert)
                == "JenkinsJobTraceFailure · jenkins-master · since 2026-11-22 15:29:41 CET (24 h 6 min) · critical")
        #expect(context(nil, nil) == "jenkins-master · since 2026-11-22 15:29:41 CET")
    }

    @Test func `an incident is as old as its first alert, whatever alerts joined later`() {
        func context(_ startedAt: String) -> String {
            builder.summary(
                of: diagnosis,
                on: .init(alert: alert, startedAt: Instant.at(startedAt), now: Instant.at("14:35:50"))
            ).context
        }
        #expect(context("14:20:00").contains(" · since 15:20:00 CET (16 min) · "))
        #expect(context("14:31:00").contains(" · since 15:29:41 CET (6 min) · "))
    }

    @Test func `several alerts are counted, those that were cut off as well`() {
        let many = AlertGroup(
            status: .firing, receiver: "r", groupKey: "k", truncatedAlerts: 3,
            alerts: [alert.alerts[0], alert.alerts[0]])
        let context = builder.summary(of: diagnosis, on: .init(alert: many, now: Instant.at("14:35:50"))).context
        #expect(context.contains(" · 5 alerts · "))
    }

    @Test func `numbers at the ends of their range are told, not trapped on`() {
        let endless = AlertGroup(
            status: .firing, receiver: "r", groupKey: "k", truncatedAlerts: .max, alerts: [alert.alerts[0]])
        let ends = [Int64.min, .max].map { Timestamp(nanoseconds: $0) }
        var hostile = diagnosis
        hostile.impact = Impact(
            traces: .max, failedTraces: 0, averageTraceDuration: .seconds(Int64.max), errorCorrelationRate: .nan,
            spotImpact: .infinity)
        hostile.onset = ends[0]
        let summary = builder.summary(of: hostile, on: .init(alert: endless, now: ends[1]))
        #expect(summary.context.contains(" · 1,000,001 alerts · "))
        #expect(
            summary.figures.contains { $0.value.hasPrefix("0 %") } && !summary.figures.contains { $0.value.isEmpty })
        #expect(
            builder.resolution(of: hostile, on: .init(alert: endless, now: ends[1])).headline.hasPrefix("Over after"))
    }

    @Test func `a short follow-up says that it is over and what it was`() {
        let resolved = SpotEvictionIncident.resolved
        func headline(_ diagnosis: Diagnosis?, _ alert: AlertGroup = resolved) -> String {
            builder.resolution(of: diagnosis, on: .init(alert: alert, now: Instant.at("14:39:10"))).headline
        }
        #expect(
            headline(diagnosis)
                == "Over after 9 min (15:29:41–15:38:50 CET): spot node aks-spot-3 was preempted, 3 builds lost their agents"
        )
        #expect(
            headline(nil)
                == "Over after 7 min (15:32:00–15:38:50 CET): JenkinsJobTraceFailure on jenkins-master")
        var unsure = diagnosis
        unsure.hypotheses = [
            Hypothesis(
                cause: .spotEviction, subject: .init(.node, "aks-spot-3"), confidence: 0.5, statement: "", evidence: [],
                recommendations: [])
        ]
        #expect(
            headline(unsure).hasSuffix(
                ": 3 builds lost their agents, possibly because spot node aks-spot-3 was preempted"))
    }

    @Test func `a resolution carries no buttons of a fire that is out`() {
        let summary = ExampleSummary.resolved.summary
        #expect(summary.links.map(\.target) == [.evidence])
        #expect(summary.recommendations.isEmpty && summary.timeline.isEmpty)
    }

    @Test func `a resolution keeps what it was, and how sure that is`() {
        let summary = ExampleSummary.resolved.summary
        #expect(summary.causes.map(\.name) == ["spot eviction"] && summary.causes.map(\.percent) == ["94 %"])
        #expect(ExampleSummary.resolvedUnexplained.summary.causes.isEmpty, "nothing is made up")
    }

    @Test func `links stand in the order in which they are offered`() {
        #expect(
            ExampleSummary.spotEviction.summary.links.map(\.target) == [
                .trace, .logs, .dashboard, .runbook, .silence, .evidence, .podLogs, .search, .alert, .tracesAndLogs,
            ])
        #expect(
            ExampleSummary.noTraces.summary.links.first?.target == .search, "without a trace, the search for one")
        #expect(builder.summary(of: diagnosis).links.isEmpty, "no Grafana, no runbooks, no alert: no links")
    }

    @Test func `the alert's own runbook is offered where there is no other`() {
        let summary = builder.summary(
            of: DependencyFailureIncident.diagnosis, on: .init(alert: DependencyFailureIncident.alert))
        let runbook = summary.links.first { $0.target == .runbook }
        #expect(runbook?.url == "https://runbooks.example.com/HighTraceErrorRate")
        let own = SummaryBuilder(runbooks: "https://git.example.com/Runbooks/").summary(of: diagnosis)
        #expect(own.links.first?.url == "https://git.example.com/Runbooks/spot-eviction.md")
    }

    @Test func `without a folder of runbooks the service's own page is offered, with the incident`() {
        let served = SummaryBuilder(ownPages: "https://sabueso.example.com/")
        let runbook = { (summary: Summary) in summary.links.first { $0.target == .runbook }?.url }
        #expect(
            runbook(served.summary(of: diagnosis, on: .init(incident: "i-42")))
                == "https://sabueso.example.com/runbooks/spot-eviction?incident=i-42")
        #expect(runbook(served.summary(of: diagnosis)) == "https://sabueso.example.com/runbooks/spot-eviction")
        let both = SummaryBuilder(runbooks: "https://git.example.com/Runbooks", ownPages: "https://sabueso.example.com")
        #expect(
            runbook(both.summary(of: diagnosis, on: .init(incident: "i-42")))
                == "https://git.example.com/Runbooks/spot-eviction.md")
    }

    @Test func `a runbook of its own is linked: another page in the same place, an address as it is`() {
        let runbook = { (builder: SummaryBuilder, page: String) in
            var known = diagnosis
            known.hypotheses = [
                Hypothesis(
                    cause: .diskFull, subject: .init(.node, "aks-build-1"), confidence: 0.9, statement: "",
                    evidence: [],
                    recommendations: [], runbook: page)
            ]
            return builder.summary(of: known, on: .init(incident: "i-42")).links.first { $0.target == .runbook }?.url
        }
        let served = SummaryBuilder(ownPages: "https://sabueso.example.com")
        #expect(
            runbook(served, "Runbooks/dns-failure.md")
                == "https://sabueso.example.com/runbooks/dns-failure?incident=i-42")
        let folder = SummaryBuilder(runbooks: "https://git.example.com/Runbooks")
        #expect(runbook(folder, "Runbooks/dns-failure.md") == "https://git.example.com/Runbooks/dns-failure.md")
        for builder in [served, folder, builder] {
            #expect(runbook(builder, "https://wiki.example.com/disk?a=1#x") == "https://wiki.example.com/disk?a=1#x")
            #expect(runbook(builder, "javascript:alert(1)") == nil)
        }
    }

    @Test func `a harmful address from a label never becomes a link`() {
        var hostile = diagnosis
        hostile.impact.affected = [
            .init(kind: .build, name: "x", number: 1, url: "javascript:alert(1)", outcome: "FAILURE")
        ]
        let summary = builder.summary(of: hostile)
        #expect(summary.affectedNames == [.init(name: "x #1", outcome: "failed", url: nil)])
    }

    @Test func `a log line is cut after a word at 160 characters`() throws {
        let line = try #require(ExampleSummary.dependencyFailure.summary.keyLines.first)
        #expect(line.text.utf16.count <= 160 && line.text.hasSuffix("transport…") && line.count == 118)
        var many = diagnosis
        many.keyLines = (0..<9).map { KeyLine(at: Instant.at("14:30:00"), text: "line \($0)") }
        #expect(builder.summary(of: many).keyLines.map(\.text) == ["line 0", "line 1", "line 2", "line 3", "line 4"])
    }

    @Test func `what was looked at is counted against what there was`() {
        var sampled = diagnosis
        sampled.samplings = [
            Sampling(.traces, taken: 412, total: 9300), Sampling(.logs, taken: 1, total: nil),
            Sampling(.logs, taken: 8309, total: nil), Sampling(.pods, taken: 0, total: 0),
        ]
        #expect(builder.summary(of: sampled).lookedAt == "412 of 9,300 traces, 8,310 log lines, no pods")
        sampled.samplings = []
        #expect(builder.summary(of: sampled).lookedAt == "41 traces")
    }

    @Test func `the steps that the cause rests on are the key ones, in the order of time`() {
        var long = diagnosis
        let filler = (0..<30).map {
            TimelineEntry(at: Instant.at("14:22:00") + .seconds($0), source: .logs, text: "filler \($0)")
        }
        long.timeline = Array((long.timeline + filler).reversed())
        let steps = KeySteps.of(long, zone: .cet)
        #expect(steps.count == 36)
        #expect(steps.map(\.time) == steps.map(\.time).sorted())
        #expect(
            steps.filter(\.isKey).map(\.text) == [
                "node aks-spot-3 (spot): PreemptScheduled, NotReady 15:29:58",
                "agents maven-x7k2p, maven-q4v8d and maven-9zl3c lost", "3 builds lost their agents",
            ])
    }

    @Test func `a chain of nothing but filler is short`() {
        var vague = diagnosis
        vague.timeline = (0..<9).map {
            TimelineEntry(at: Instant.at("14:29:00") + .seconds($0 * 10), source: .events, text: "something \($0)")
        }
        #expect(
            KeySteps.of(vague, zone: .cet).filter(\.isKey).map(\.text)
                == ["something 3", "something 4", "something 5"],
            "what is nearest to the onset")
    }

    @Test func `log lines stand in their own place, not in the chain`() {
        var quoting = diagnosis
        quoting.keyLines = [
            KeyLine(at: Instant.at("14:30:04"), text: "Finished: ABORTED by the node", count: 3, service: "jenkins")
        ]
        func steps(_ text: String) -> [Summary.Step] {
            quoting.timeline = [TimelineEntry(at: Instant.at("14:30:04"), source: .logs, text: Phrase(verbatim: text))]
            return KeySteps.of(quoting, zone: .cet)
        }
        let line = "jenkins: Finished: ABORTED by… (×3)"
        #expect(steps(line) == [.init(time: "15:30:04", text: line, isKey: false)])
        #expect(steps("agent a lost: Finished: ABORTED by…").map(\.text) == ["agent a lost"])
        #expect(steps("agent a lost: Finished: ABORTED by…").map(\.isKey) == [true])
        #expect(
            steps("agent a lost: Cannot contact a").map(\.text) == ["agent a lost: Cannot contact a"],
            "a line that is not shown elsewhere stays")
    }

    @Test func `a step that repeats is told once`() {
        var repeated = diagnosis
        repeated.timeline = (0..<4).map {
            TimelineEntry(at: Instant.at("14:30:00") + .seconds($0), source: .logs, text: "ping")
        }
        #expect(KeySteps.of(repeated, zone: .utc).map(\.text) == ["ping (×4)"])
        repeated.timeline.append(.init(at: Instant.at("23:30:00"), source: .logs, text: "pong"))
        #expect(
            KeySteps.of(repeated, zone: .cet).map(\.time) == ["11-22 15:30:00", "11-23 00:30:00"],
            "the day is told where there are two")
    }

    @Test func `the same input gives the same bytes`() {
        for example in ExampleSummary.allCases {
            #expect(SlackRenderer().body(example.summary) == SlackRenderer().body(example.summary))
            #expect(TeamsRenderer().body(example.summary) == TeamsRenderer().body(example.summary))
        }
    }
}

@Suite struct SummaryLayoutTests {
    private func cause(_ certainty: Certainty, isKnown: Bool = true) -> Summary.Cause {
        .init(
            name: isKnown ? "name" : "unknown", certainty: certainty, percent: "50 %", statement: "it is so.",
            runbook: "", isKnown: isKnown)
    }

    private func labels(_ causes: [Summary.Cause]) -> [String] {
        SummaryLayout(summary: Summary(headline: "h", context: "", causes: causes, lookedAt: "1 trace")).sections
            .map { $0.label?.phrase.english ?? "" }
    }

    @Test func `labels claim no more than the number beside them`() {
        #expect(labels([cause(.veryLikely)]) == ["Probable cause"])
        #expect(labels([cause(.likely)]) == ["Probable cause"])
        #expect(labels([cause(.possible)]) == ["Possible cause"])
        #expect(labels([cause(.lead)]) == ["Only a lead", "Looked at"])
        #expect(
            labels([cause(.likely), cause(.possible), cause(.lead)]) == [
                "Probable cause", "Also possible", "Only a lead",
            ])
        #expect(labels([cause(.veryLikely), cause(.lead)]) == ["Probable cause"], "a lead only distracts there")
        #expect(
            labels([cause(.veryLikely, isKnown: false), cause(.lead), cause(.lead)]) == ["", "Only leads", "Looked at"])
    }

    @Test func `a statement that only repeats the first two lines is left out`() {
        func lines(_ statement: String) -> [SummaryLayout.Line] {
            let cause = Summary.Cause(
                name: "unknown", certainty: .veryLikely, percent: "90 %", statement: statement, runbook: "",
                isKnown: false)
            let summary = Summary(
                headline: "12 of 412 traces of checkout fail; the cause is not in the evidence",
                context: "HighTraceErrorRate · checkout · since 10:42:10 UTC (6 min) · warning", causes: [cause])
            return SummaryLayout(summary: summary).sections.flatMap(\.lines)
        }
        #expect(lines("12 traces failed since 10:42:10 UTC; the cause is not in the evidence.").isEmpty)
        let new = "11 of them end in `POST /pay` of payments-gateway."
        #expect(lines(new) == [.sentence(new)])
    }

    @Test func `what headline and chain tell is told once, the rest waits where there is room`() {
        let summary = ExampleSummary.spotEviction.summary
        let short = SummaryLayout(summary: summary).sections
        let long = SummaryLayout(summary: summary, isComplete: true).sections
        let statement = SummaryLayout.Line.sentence(summary.causes[0].statement)
        #expect(!short[0].lines.contains(statement) && long[0].lines.contains(statement))
        let isFinding = { (line: SummaryLayout.Line) in if case .finding = line { true } else { false } }
        #expect(!short[0].lines.contains(where: isFinding) && long[0].lines.contains(where: isFinding))
        let isLog = { (line: SummaryLayout.Line) in if case .log = line { true } else { false } }
        #expect(short.flatMap(\.lines).count(where: isLog) == 1)
        #expect(long.flatMap(\.lines).count(where: isLog) == 2)
    }

    @Test func `a statement with something new is kept beside a chain, and so is one that is less than very likely`() {
        func hasStatement(_ statement: String, _ certainty: Certainty = .veryLikely, steps: Int = 5) -> Bool {
            var summary = ExampleSummary.spotEviction.summary
            summary.causes[0].statement = statement
            summary.causes[0].certainty = certainty
            summary.timeline = Array(summary.timeline.filter(\.isKey).prefix(steps))
            return SummaryLayout(summary: summary).sections[0].lines.contains(.sentence(statement))
        }
        let known = "Spot node `aks-spot-3` was preempted: 3 agents lost, 3 builds did not finish."
        #expect(!hasStatement(known))
        #expect(hasStatement(known, .likely))
        #expect(hasStatement(known, steps: 1))
        #expect(hasStatement("Spot node `aks-spot-3` was preempted, the 5th one today."))
    }

    @Test(arguments: ExampleSummary.allCases)
    func `a message fits on a screen and a half of a telephone`(_ example: ExampleSummary) {
        var lines = 0
        for section in SummaryLayout(summary: example.summary.bounded()).sections {
            for line in section.lines {
                let text =
                    switch line {
                    case .sentence(let text), .action(_, let text): text
                    case .step(let step): step.time + "  " + step.text
                    case .finding(let finding): finding.text
                    case .log(let line): line.text
                    case .names(let names, _, _): names.map(\.name).joined(separator: " · ")
                    }
                lines += TerminalText.wrapped(text, to: 45).count
            }
        }
        #expect(lines <= 30, "the first lines, the footer and the buttons come on top")
    }

    @Test func `without a cause the recommendations are next steps`() {
        func label(_ cause: Summary.Cause) -> [String] {
            SummaryLayout(summary: Summary(headline: "h", context: "", causes: [cause], recommendations: ["look"]))
                .sections.map { $0.label?.phrase.english ?? "" }
        }
        #expect(label(cause(.likely)).last == "Do")
        #expect(label(cause(.veryLikely, isKnown: false)).last == "Next")
    }

    @Test(arguments: ExampleSummary.allCases)
    func `there is one emoji, at the head, and none of our own words`(_ example: ExampleSummary) {
        let text = TerminalRenderer(usesColours: false).text(example.summary)
        let emoji: Set<Character> = ["🔴", "🟠", "🔵", "✅", "🔎"]
        #expect(text.first.map(emoji.contains) == true)
        #expect(text.count(where: emoji.contains) == 1)
        for word in ["hypothesis", "suspect", "template", "scope"] { #expect(!text.lowercased().contains(word)) }
    }
}
