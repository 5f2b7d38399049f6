import FoundationEssentials
import Languages
import RootCause
import Telemetry
import TestSupport
import Testing

@testable import Reporting

@Suite struct WordingTests {
    @Test(arguments: [
        (0.99, "very likely"), (0.9, "very likely"), (0.899, "likely"), (0.7, "likely"), (0.699, "possible"),
        (0.4, "possible"), (0.399, "only a lead"), (0, "only a lead"), (.nan, "only a lead"), (7, "very likely"),
    ])
    func `the word for a confidence never says more than its number`(_ confidence: Double, _ word: String) {
        #expect(Certainty(confidence: confidence).word.english == word)
    }

    @Test(arguments: [
        (0.943, "94 %"), (0.947, "95 %"), (0.899, "89 %"), (0.29, "29 %"), (0.286, "29 %"), (0.397, "39 %"),
        (0.9, "90 %"), (0.996, "99 %"), (1, "99 %"), (0, "0 %"), (-1, "0 %"),
    ])
    func `a confidence is rounded, and never to a word that it has not earned`(_ confidence: Double, _ text: String) {
        #expect(Certainty.text(confidence: confidence) == text)
    }

    @Test(arguments: [
        (Duration.milliseconds(80), "80 ms"), (.milliseconds(2480), "2.5 s"), (.milliseconds(1960), "2 s"),
        (.milliseconds(44_600), "45 s"), (.seconds(45), "45 s"), (.seconds(99), "99 s"), (.seconds(100), "2 min"),
        (.seconds(369), "6 min"), (.seconds(5939), "99 min"), (.seconds(7200), "2 h"), (.seconds(7500), "2 h 5 min"),
        (.seconds(3 * 86_400), "3 days"), (.seconds(-5), "0 ms"),
    ])
    func `a duration is told as a person would`(_ duration: Duration, _ text: String) {
        #expect(Quantities.duration(duration).english == text)
    }

    @Test(arguments: [
        (0.9268, "92.7 %"), (0.5, "50 %"), (0.9999, "99.9 %"), (0.0001, "0.1 %"), (0, "0 %"), (1, "100 %"),
        (.nan, "0 %"), (7, "100 %"),
    ])
    func `a share is rounded; all and nothing are only said of all and nothing`(_ share: Double, _ text: String) {
        #expect(Quantities.percent(share).english == text)
    }

    @Test(
        arguments: [
            (29, nil), (30, "1 build minute"), (2281, "38 build minutes"), (34_000, "567 build minutes"),
            (43_000, "12 build hours"),
        ] as [(Int, String?)])
    func `lost time is told in build minutes, much of it in hours`(_ seconds: Int, _ text: String?) {
        #expect(BuildTime(.seconds(seconds))?.phrase.english == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4200, "-4,200")])
    func `thousands are set apart`(_ number: Int, _ text: String) {
        #expect(Quantities.count(number).english == text)
    }

    @Test func `lists end with and, long ones with how many more`() {
        #expect(Quantities.list([]).english == "")
        #expect(Quantities.list(["a"]).english == "a")
        #expect(Quantities.list(["a", "b"]).english == "a and b")
        #expect(Quantities.list(["a", "b", "c"]).english == "a, b and c")
        #expect(Quantities.list(["a", "b", "c", "d"]).english == "a, b and 2 more")
        #expect(Quantities.count(1, .build).english == "1 build")
        #expect(Quantities.count(2, .metricSeries).english == "2 metric series")
    }

    @Test func `clock times are those of the reader's zone, summer time included`() {
        let zone = ClockZone { instant in
            instant < Instant.at("12:00:00")
                ? .init(abbreviation: "CEST", secondsEastOfUTC: 7200)
                : .init(abbreviation: "CET", secondsEastOfUTC: 3600)
        }
        #expect(zone.time(Instant.at("11:59:59")) == "13:59:59")
        #expect(zone.time(Instant.at("12:00:00")) == "13:00:00")
        #expect(zone.abbreviation(at: Instant.at("11:00:00")) == "CEST")
        #expect(ClockZone.cet.day(Instant.at("23:30:00")) == "2026-11-23")
        let west = ClockZone { _ in .init(abbreviation: "NST", secondsEastOfUTC: -12_600) }
        #expect(west.time(Instant.at("02:00:00")) == "22:30:00")
        #expect(west.day(Instant.at("02:00:00")) == "2026-11-21")
    }

    @Test(arguments: [
        ("Spot node aks-spot-3 was preempted; 3 builds lost their agents.", true),
        ("aks-spot-3 was preempted.", true),
        ("Spot node aks-spot-4 was preempted; 3 builds lost their agents.", false),
        ("Two more evictions like this happened on the same day.", false),
    ])
    func `a sentence that only repeats the headline is recognised`(_ sentence: String, _ isSaid: Bool) {
        let headline = "Spot node aks-spot-3 was preempted: 3 builds lost their agents"
        #expect(Repetition.isSaid(sentence, by: [headline]) == isSaid)
    }
}

/// A figure is of all traces, or says of what it is.
@Suite struct FigureWordingTests {
    private func figures(_ basis: Impact.Basis, estimated: Int? = nil) -> [String: String] {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.impact.basis = basis
        diagnosis.impact.estimatedFailedTraces = estimated
        return Dictionary(FigureWording(diagnosis, in: .english).figures.map { ($0.name, $0.value) }) { first, _ in
            first
        }
    }

    @Test func `where all traces were looked at, or all failing ones of a known number, nothing is about`() {
        for value in figures(.all).values { #expect(!value.contains("about")) }
        #expect(figures(.estimated(of: 41), estimated: 3)["Trace success rate"] == "92.7 % (38 of 41)")
    }

    @Test func `what is estimated is told as about so many`() throws {
        let told = figures(.estimated(of: 41), estimated: 5)
        #expect(told["Trace success rate"] == "87.8 % (about 36 of 41)")
        #expect(try #require(told["Average trace duration"]).hasPrefix("about 7 min"))
        #expect(try #require(told["Failed builds"]).hasPrefix("25 % on spot agents (about 3 of 12)"))
        #expect(told["With matching logs or events"] == "100 % (3 of 3 failing traces looked at)")
    }

    @Test func `a part is told as a part`() throws {
        let told = figures(.estimatedOfPart(500), estimated: 25)
        #expect(told["Trace success rate"] == "95 % (about 475 of 500 counted, there are more)")
        #expect(try #require(told["Average trace duration"]).hasSuffix("of 500 counted, there are more)"))
        #expect(try #require(told["Failed builds"]).hasSuffix("traces: of 500 counted, there are more"))
    }

    @Test func `a sample that is weighted to failures says so beside each share and average of it`() throws {
        let told = figures(.failuresFirst)
        #expect(told["Trace success rate"] == "92.7 % (38 of 41 looked at, the failing ones first)")
        for name in ["Average trace duration", "Failed builds"] {
            #expect(try #require(told[name]).contains("of 41 looked at, the failing ones first"))
        }
    }

    @Test func `failing traces that nobody looked at are told in the line of who is affected`() {
        var diagnosis = DependencyFailureIncident.diagnosis
        (diagnosis.impact.basis, diagnosis.impact.estimatedFailedTraces) = (.estimated(of: 412), 150)
        #expect(ImpactWording(diagnosis).line?.english.contains("about 150 of 412 traces (36.4 %)") == true)
    }
}

/// What the lost builds cost and whom, wherever it is read.
@Suite struct CostEverywhereTests {
    @Test(arguments: ["txt", "md", "slack.json", "teams.json"])
    func `minutes lost, who waits and every build with its link are in each message`(_ format: String) throws {
        let name = "Tests/Fixtures/Golden/Reporting/spot-eviction.\(format)"
        let text = String(decoding: try Repository.bytes(name), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing("\\", with: "")
        #expect(words.contains("38 build minutes lost"))
        #expect(words.contains("dev@example.com waits"))
        for path in ["payments/job/main/418", "shop/job/PR-17/6", "shop/job/main/77"] {
            #expect(words.contains("https://ci.example.com/job/\(path)/"))
        }
    }

    @Test func `many people are told as a few and how many more, and nobody is not told`() {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.impact.people = (1...5).map { "dev-\($0)@example.com" }
        let line = ImpactWording(diagnosis).line?.english ?? ""
        #expect(line.hasSuffix("; dev-1@example.com, dev-2@example.com and 3 more wait"))
        diagnosis.impact.people = []
        #expect(ImpactWording(diagnosis).line?.english.contains("wait") == false)
    }

    @Test func `JSON has seconds lost, links and people`() throws {
        let text = DiagnosisJSON().text(SpotEvictionIncident.diagnosis)
        let json = try JSONDecoder().decode(Stored.self, from: Data(text.utf8)).impact
        #expect(json.builds.lostSeconds == 2281 && json.people == ["dev@example.com"])
        #expect(json.affected.map(\.lostSeconds) == [1204, 395, 682])
        #expect(json.affected.allSatisfy { $0.url?.hasPrefix("https://ci.example.com/job/") == true })
        #expect(json.affected.compactMap(\.startedBy) == ["dev@example.com"])
    }

    private struct Stored: Decodable {
        struct Impact: Decodable {
            let builds: Builds
            let people: [String]
            let affected: [Affected]
        }
        struct Builds: Decodable { let lostSeconds: Double }
        struct Affected: Decodable {
            let url: String?
            let startedBy: String?
            let lostSeconds: Double
        }
        let impact: Impact
    }
}

@Suite struct GapWordingTests {
    private func hypothesis(_ cause: Cause, _ confidence: Double) -> Hypothesis {
        Hypothesis(
            cause: cause, subject: .init(.service, "x"), confidence: confidence, statement: "", evidence: [],
            recommendations: [])
    }

    @Test func `gaps of one reason are told once, with all that is missing`() {
        let gaps = [EvidenceSource.events, .pods, .nodes].map {
            Gap($0, "The Kubernetes API timed out.", isTotal: true)
        }
        #expect(
            GapWording.lines(gaps, under: nil, in: .english)
                == ["The Kubernetes API timed out: no cluster events, pod states or node states"])
    }

    @Test func `a reason that names what is missing is left alone`() {
        #expect(
            GapWording.lines(
                [Gap(.logs, "logs are not configured", isTotal: true, isStanding: true)], under: nil, in: .english)
                == ["logs are not configured"])
        #expect(
            GapWording.lines([Gap(.traces, "Tempo answered 503: timeout", isTotal: true)], under: nil, in: .english)
                == ["Tempo answered 503: timeout; no traces"])
        #expect(
            GapWording.lines(
                [Gap(.logs, "Loki cut the answer at 5,000 lines", isTotal: false)], under: nil, in: .english)
                == ["Loki cut the answer at 5,000 lines"])
    }

    @Test func `what nobody set up is told where the cause is not very likely, or would have been decided by it`() {
        let events = [Gap(.events, "Kubernetes is not configured", isTotal: true, isStanding: true)]
        #expect(!GapWording.lines(events, under: hypothesis(.spotEviction, 0.98), in: .english).isEmpty)
        #expect(GapWording.lines(events, under: hypothesis(.badDeploy, 0.95), in: .english).isEmpty)
        #expect(!GapWording.lines(events, under: hypothesis(.dependencyFailure, 0.75), in: .english).isEmpty)
        #expect(!GapWording.lines(events, under: hypothesis(.dependencyFailure, 0.3), in: .english).isEmpty)
        #expect(!GapWording.lines(events, under: hypothesis(.unknown, 0.9), in: .english).isEmpty)
        let metrics = [Gap(.metrics, "Prometheus is not configured", isTotal: true, isStanding: true)]
        #expect(!GapWording.lines(metrics, under: nil, in: .english).isEmpty)
        #expect(!GapWording.lines(metrics, under: hypothesis(.latencyRegression, 0.7), in: .english).isEmpty)
        #expect(GapWording.lines(metrics, under: hypothesis(.spotEviction, 0.98), in: .english).isEmpty)
    }

    @Test func `what settles a cause is missed only where nothing of its kind was there`() {
        let gaps = [Gap(.events, "Kubernetes is not configured", isTotal: true, isStanding: true)]
        func lines(_ evidence: [Finding]) -> [String] {
            let cause = Hypothesis(
                cause: .agentOOMKilled, subject: .init(.pod, "x"), confidence: 0.95, statement: "", evidence: evidence,
                recommendations: [])
            return GapWording.lines(gaps, under: cause, in: .english)
        }
        #expect(lines([Finding(.pods, text: "OOMKilled", weight: 4)]).isEmpty)
        #expect(!lines([Finding(.logs, text: "OOMKilled", weight: 4)]).isEmpty)
    }

    @Test func `under a very likely cause the quiet line says what did not answer in full, and nothing else does`() {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.gaps = [
            Gap(.logs, "Loki did not answer within 2.5 s (missing: a)", isTotal: false, isUnanswered: true),
            Gap(.traces, "there are more slow traces than the 20 that were looked at", isTotal: false),
        ]
        let builder = SummaryBuilder()
        let summary = builder.summary(of: diagnosis)
        #expect(summary.missing.isEmpty)
        let layout = SummaryLayout(summary: summary)
        #expect(layout.footer.contains(" · incomplete: logs"))
        #expect(!SlackRenderer().message(summary).indented.contains("Loki did not answer"))
        let complete = SummaryLayout(summary: summary, isComplete: true)
        #expect(!complete.footer.contains("incomplete"), "the reason itself is among what is missing")
        let spanish = SummaryLayout(summary: SummaryBuilder(language: .spanish).summary(of: diagnosis))
        #expect(spanish.footer.contains(" · incompleto: logs"))
        // What could change the conclusion has a line of its own.
        diagnosis.gaps = [Gap(.events, "Kubernetes answered 500", isTotal: true, isUnanswered: true)]
        #expect(!SummaryLayout(summary: builder.summary(of: diagnosis)).footer.contains("answer"))
    }

    @Test(arguments: [
        ([(EvidenceSource.logs, false)], "incomplete: logs"), ([(.metrics, true)], "no answer: metrics"),
        ([(.metrics, true), (.metrics, false)], "no answer: metrics"),
        ([(.metrics, true), (.logs, false), (.traces, false)], "incomplete: traces, logs · no answer: metrics"),
        // The lines would have settled it, and are missed in a line of their own.
        ([(.logs, true)], ""), ([], ""),
    ])
    func `what did not answer is told by its kind, each once`(gaps: [(EvidenceSource, Bool)], text: String) {
        let gaps = gaps.map { Gap($0.0, "the server answered 500", isTotal: $0.1, isUnanswered: true) }
        #expect(GapWording.unanswered(gaps, under: hypothesis(.credentialFailure, 0.95)).english == text)
    }

    @Test func `a report names every gap, a message only what could change the conclusion`() {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.gaps = [
            Gap(.events, "Kubernetes was asked too late", isTotal: true),
            Gap(.metrics, "Prometheus is not configured", isTotal: true, isStanding: true),
        ]
        let summary = SummaryBuilder().summary(of: diagnosis)
        #expect(summary.missing == ["Kubernetes was asked too late: no cluster events"])
        #expect(summary.alsoMissing == ["Prometheus is not configured: no metrics"])
        for text in [TerminalRenderer(usesColours: false).text(summary), MarkdownRenderer().text(summary)] {
            #expect(text.contains("Kubernetes was asked too late") && text.contains("Prometheus is not configured"))
        }
        #expect(!SlackRenderer().message(summary).indented.contains("Prometheus is not configured"))
    }

    @Test(arguments: [
        (Cause.unknown, 0.95, true, true), (.unknown, 0.95, false, true), (.spotEviction, 0.94, true, true),
        (.spotEviction, 0.94, false, false), (.spotEviction, 0.89, false, true),
        (.credentialFailure, 0.95, true, false),
        (.credentialFailure, 0.6, true, true), (.imagePullFailure, 0.95, true, false),
    ])
    func `missing metrics are told only where they could change the conclusion`(
        _ cause: Cause, _ confidence: Double, _ isTotal: Bool, _ isTold: Bool
    ) {
        let lines = GapWording.lines(
            [Gap(.metrics, "Prometheus is down", isTotal: isTotal)], under: hypothesis(cause, confidence), in: .english)
        #expect(lines.isEmpty != isTold)
    }
}
