import Alerts
import Languages
import RootCause
import Telemetry
import TestSupport
import Testing

@testable import Reporting

extension ListeningSpanish {
    /// What the diagnoses of these tests say, the engine does not: it has its own test for what it says.
    static var toReporting: ListeningSpanish {
        let diagnoses = [
            SpotEvictionIncident.diagnosis, DependencyFailureIncident.diagnosis, SlowBuildsIncident.slowStage,
            SlowBuildsIncident.waits, TrafficSurgeIncident.diagnosis, UnexplainedIncidents.failingTraces,
            UnexplainedIncidents.noTraces,
        ]
        return ListeningSpanish(
            ignoring: diagnoses.reduce(into: []) { said, diagnosis in
                let causes = diagnosis.hypotheses.flatMap {
                    [$0.statement] + $0.evidence.map(\.text) + $0.recommendations
                }
                let phrases = causes + diagnosis.timeline.map(\.text) + diagnosis.gaps.map(\.reason)
                for phrase in phrases { said.formUnion(phrase.templates) }
            })
    }
}

@Suite struct SpanishMessageTests {
    private static let telling: [ExampleSummary] = [
        .spotEviction, .dependencyFailure, .slowBuilds, .unexplained, .noTraces, .resolved, .digest, .begun,
    ]

    @Test(arguments: telling)
    func `the terminal shows the message in Spanish as committed`(_ example: ExampleSummary) throws {
        let text = TerminalRenderer(usesColours: false).text(example.summary(in: .spanish))
        try Golden.check(text, "Reporting/es/\(example.rawValue).txt")
    }

    @Test(arguments: telling)
    func `a telephone shows both chats' messages in Spanish as committed`(_ example: ExampleSummary) throws {
        let summary = example.summary(in: .spanish)
        var text = ""
        for (platform, body) in [
            (ShownMessage.Platform.slack, SlackRenderer().body(summary)), (.teams, TeamsRenderer().body(summary)),
        ] {
            text += TerminalPreview(columns: 40, usesColours: false).text(
                try #require(ShownMessage(body, on: platform)))
        }
        try Golden.check(text, "Reporting/es/\(example.rawValue).chats.txt")
    }

    @Test(arguments: ExampleSummary.allCases)
    func `the messages keep the platforms' limits in Spanish`(_ example: ExampleSummary) {
        let summary = example.summary(in: .spanish)
        #expect(ChatMeasure.all(of: SlackRenderer().body(summary), on: .slack).allSatisfy { !$0.isBroken })
        #expect(ChatMeasure.all(of: TeamsRenderer().body(summary), on: .teams).allSatisfy { !$0.isBroken })
    }

    @Test(arguments: ExampleSummary.allCases)
    func `what is left out because it was said is the same in both languages`(_ example: ExampleSummary) {
        func shape(_ summary: Summary) -> [[String]] {
            [false, true].flatMap { isComplete in
                SummaryLayout(summary: summary.bounded(), isComplete: isComplete).sections.map { section in
                    [section.label?.phrase.english ?? ""] + section.lines.map(Self.kind)
                }
            }
        }
        #expect(shape(example.summary(in: .spanish)) == shape(example.summary))
        #expect(example.summary(in: .spanish).timeline.map(\.isKey) == example.summary.timeline.map(\.isKey))
    }

    private static func kind(_ line: SummaryLayout.Line) -> String {
        switch line {
        case .sentence: "sentence"
        case .step: "step"
        case .finding: "finding"
        case .action: "action"
        case .names: "names"
        case .log: "log"
        }
    }

    @Test func `thousands are set apart by a space that does not break, on every surface`() {
        #expect(Quantities.count(1_234_567).said(in: .spanish) == "1\u{A0}234\u{A0}567")
        var diagnosis = UnexplainedIncidents.failingTraces
        diagnosis.samplings = [Sampling(.logs, taken: 8310, total: nil)]
        let summary = SummaryBuilder(language: .spanish).summary(of: diagnosis)
        for text in [
            String(decoding: SlackRenderer().body(summary), as: UTF8.self),
            String(decoding: TeamsRenderer().body(summary), as: UTF8.self), MarkdownRenderer().text(summary),
            TerminalRenderer(usesColours: false).text(summary),
        ] {
            #expect(text.contains("8\u{A0}310 líneas de log"))
        }
    }
}

/// Every sentence that Reporting says has its translation.
@Suite struct SpanishCompletenessTests {
    private let spanish = ListeningSpanish.toReporting

    private func say(_ phrase: Phrase?) { _ = phrase?.said(in: spanish.language) }

    @Test func `all words that stand by themselves are translated`() {
        for cause in Cause.allCases {
            say(cause.title)
            say(PictureWords.happened(cause))
        }
        for phrase in Certainty.allCases.map(\.word) + SummaryLayout.Label.allCases.map(\.phrase)
            + Summary.Mark.allCases.flatMap({ [$0.word, $0.explanation] }) + PictureWords.allCases.map(\.phrase)
            + SlackRenderer.Button.allCases.map(\.title) + Summary.Link.Target.allCases.map({ $0.title() })
        {
            say(phrase)
        }
        typealias Vote = SlackRenderer.Vote
        for phrase in [Vote.right, Vote.wrong, Vote.rightInFull, Vote.wrongInFull, Summary.open] { say(phrase) }
        for number in [0, 1, 2, 1234] {
            for noun in Noun.allCases { say(noun.phrase(number)) }
            for state in BuildState.allCases { say(state.phrase(number)) }
            for effect in BuildEffect.allCases {
                say(effect.phrase(of: number))
                say(effect.phrase(of: "job #1"))
            }
        }
        for minutes in [1, 5, 700] {
            let time = BuildTime(.seconds(minutes * 60))
            for phrase in [time?.phrase, time?.lost, time?.moreThanUsual] { say(phrase) }
            say(Quantities.duration(.seconds(minutes * 60)))
        }
        say(Quantities.duration(.seconds(9 * 86_400)))
        say(Quantities.list(["a", "b", "c", "d"]))
        for reason in ["CordonAndDrain", "Killing", "NodeNotSchedulable", "OOMKilling", "Preempted", "Rebooted"] {
            say(ClusterStep.plain(reason))
        }
        say(ClusterStep.plain("TaintManagerEviction"))
        #expect(spanish.missing.isEmpty)
    }

    private static func builds(
        _ failed: Int, slow: Int = 0, of traces: Int = 41, basis: Impact.Basis = .all, _ builds: Impact.Builds? = nil
    ) -> Impact {
        let outcomes = ["FAILURE", "ABORTED", "UNSTABLE", "NOT_BUILT", "not finished", "error"]
        return Impact(
            basis: basis, traces: traces, failedTraces: failed, builds: builds,
            people: failed == 1 ? ["dev@example.com"] : ["dev@example.com", "ops@example.com"],
            affected: (0..<failed + slow).map {
                .init(
                    kind: .build, name: "team/app", number: $0 + 1,
                    outcome: $0 < failed ? outcomes[$0 % outcomes.count] : Impact.Affected.slow)
            })
    }

    private static let bases: [Impact.Basis] = [.all, .estimated(of: 400), .estimatedOfPart(300), .failuresFirst]

    /// One for each way in which a headline tells whom it hit.
    private static let effects: [Impact] = {
        var effects = [builds(0, of: 0), builds(0, of: 9), builds(0, of: 9, basis: .failuresFirst)]
        for basis in [Impact.Basis.all, .failuresFirst] {
            effects += [(1, 0), (3, 0), (0, 1), (0, 3)].map { builds($0.0, slow: $0.1, basis: basis) }
        }
        for (failed, estimated) in [(1, nil), (12, nil), (12, 40)] as [(Int, Int?)] {
            effects.append(Impact(traces: 412, failedTraces: failed, estimatedFailedTraces: estimated))
        }
        for kind in [Impact.Affected.Kind.service, .pod] {
            for count in [1, 2] {
                effects.append(
                    Impact(
                        traces: 9, affected: (0..<count).map { .init(kind: kind, name: "a\($0)", outcome: "error") }))
            }
        }
        for stopped in [1, 2] {
            for unexplained in [0, 1] {
                effects.append(
                    builds(
                        0, of: 9, Impact.Builds(total: 9, failed: 0, stopped: stopped, stoppedUnexplained: unexplained))
                )
            }
        }
        return effects
    }()

    private func diagnosis(_ impact: Impact, gaps: [Gap] = [], _ hypothesis: Hypothesis? = nil) -> Diagnosis {
        Diagnosis(
            scope: Scope(services: ["checkout"]), window: Instant.window("09:00:00", "09:10:00"),
            baseline: Instant.window("08:00:00", "09:00:00"), hypotheses: hypothesis.map { [$0] } ?? [], impact: impact,
            gaps: gaps)
    }

    @Test(arguments: Cause.allCases)
    func `every headline is translated`(_ cause: Cause) {
        for impact in Self.effects {
            for kind in [Hypothesis.Subject.Kind.node, .pod, .host, .service, .none] {
                for (name, confidence) in [("checkout", 0.95), ("", 0.95), ("db", 0.8), ("db", 0.5), ("db", 0.2)] {
                    for isInferred in [true, false] {
                        let told = diagnosis(
                            impact,
                            Hypothesis(
                                cause: cause, subject: .init(kind, name), confidence: confidence, statement: "",
                                evidence: [], recommendations: [], isInferred: isInferred))
                        say(Headline(diagnosis: told, alert: nil).text)
                        say(Headline(diagnosis: told, alert: nil).retrospect)
                    }
                }
            }
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `every headline without a cause is translated`() {
        for impact in Self.effects {
            for gaps in [[], [Gap(.traces, "Tempo is down", isTotal: true)]] {
                for alert in [nil, UnexplainedIncidents.alert] {
                    var told = diagnosis(impact, gaps: gaps)
                    say(Headline(diagnosis: told, alert: alert).text)
                    say(Headline(diagnosis: told, alert: alert).retrospect)
                    told.scope = Scope()
                    say(Headline(diagnosis: told, alert: nil).text)
                }
            }
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `every line about whom it hit is translated`() {
        var impacts = Self.effects
        for basis in Self.bases {
            for (failed, slow) in [(1, 0), (3, 0), (6, 1), (6, 3), (0, 1), (0, 3)] {
                for (stopped, running) in [(0, 0), (1, 2), (2, 1)] {
                    for lost in [0, 60, 300, 40_000] {
                        let ended = Impact.Builds(
                            total: 41, failed: failed, stopped: stopped, running: running, slow: slow,
                            lost: .seconds(lost))
                        impacts.append(Self.builds(failed, slow: slow, basis: basis, ended))
                    }
                }
            }
            impacts.append(Self.builds(1, of: 2, basis: basis))
            impacts.append(Self.builds(1, slow: 1, of: 3, basis: basis))
        }
        for impact in impacts {
            let told = diagnosis(impact)
            say(ImpactWording(told).line)
            _ = ImpactWording(told).names(in: spanish.language)
            _ = FigureWording(told, in: spanish.language).figures
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `gaps, figures and samples are translated`() {
        var diagnosis = SpotEvictionIncident.diagnosis
        for source in EvidenceSource.allCases {
            for (taken, total) in [(0, 0), (1, 1), (9, 9000)] {
                diagnosis.samplings = [Sampling(source, taken: taken, total: total)]
                say(SamplingWording.text(diagnosis))
            }
        }
        for (reason, sources) in [
            ("Loki answered 503: busy", [EvidenceSource.logs, .traces]),
            ("The cluster is gone.", [.events, .pods, .nodes]),
            ("It is off", [.metrics]),
        ] {
            let gaps = sources.map { Gap($0, Phrase(verbatim: reason), isTotal: true) }
            _ = GapWording.lines(gaps, under: nil, in: spanish.language)
        }
        for basis in Self.bases {
            for failed in [1, 3] {
                diagnosis.impact.basis = basis
                diagnosis.impact.failedTraces = failed
                diagnosis.impact.estimatedFailedTraces = 5
                diagnosis.impact.spot?.unplacedBuilds = 4
                diagnosis.impact.durationParts.append(.init(.queue, average: .seconds(3), share: 0.1))
                _ = FigureWording(diagnosis, in: spanish.language).figures
            }
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test(arguments: ExampleSummary.allCases)
    func `every example is translated on every surface`(_ example: ExampleSummary) {
        var summary = example.summary(in: spanish.language)
        summary.offers = Set(Summary.Offer.allCases)
        for size in [1, 40] {
            // One that has to be shortened says what it left out.
            summary.timeline = Array(repeating: summary.timeline, count: size).flatMap { $0 }
            summary.missing = Array(repeating: "Loki answered 503 to a query that was asked for too often", count: size)
            summary.affectedNames = Array(repeating: summary.affectedNames, count: size).flatMap { $0 }
            _ = SlackRenderer().body(summary)
            _ = SlackRenderer().details(summary)
            _ = TeamsRenderer().body(summary)
            _ = TerminalRenderer(usesColours: false).text(summary)
            _ = MarkdownRenderer().text(summary)
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `every kind of message is translated`() {
        let builder = SummaryBuilder(
            grafana: ExampleSummary.grafana, ownPages: "https://s.example.com", language: spanish.language)
        for diagnosis in [SpotEvictionIncident.diagnosis, UnexplainedIncidents.noTraces, SlowBuildsIncident.waits] {
            for alert in [SpotEvictionIncident.alert, SpotEvictionIncident.resolved] {
                for incident in [nil, "i-1"] {
                    let occasion = SummaryBuilder.Occasion(
                        alert: alert, incident: incident, evidenceURL: "https://s.example.com/i",
                        now: Instant.at("14:40:00"), record: Self.doubted)
                    for kind in MessageKind.allCases { _ = builder.sample(of: kind, diagnosis, on: occasion) }
                }
            }
        }
        _ = builder.resolution(of: Optional<SummaryBuilder.Story>.none, on: .init())
        _ = builder.reminder(of: nil, on: .init(alert: SpotEvictionIncident.alert))
        for open in 0...3 {
            let lines = (0..<3).map { number in
                SummaryBuilder.DigestLine(
                    incident: "i-\(number)", alert: "A\(number % 2)", story: nil, startsAt: Instant.at("14:30:00"),
                    resolvedAt: number < open ? nil : Instant.at("14:40:00"))
            }
            let summary = builder.digest(of: lines, wasQuiet: open == 1, on: .init())
            _ = SlackRenderer().body(summary)
        }
        let kinds = (0..<20).map { number in
            SummaryBuilder.DigestLine(
                incident: "i-\(number)", alert: "A\(number)", story: nil, startsAt: Instant.at("14:30:00"),
                resolvedAt: nil)
        }
        _ = builder.digest(of: kinds, wasQuiet: false, on: .init())
        #expect(spanish.missing.isEmpty)
    }

    /// Votes that correct a number so far that the message says so.
    private static let doubted = TrackRecord(
        (0..<20).map { .init(incident: "i-\($0)", cause: "spot-eviction", confidence: 0.95, isRight: false) })

    @Test func `digits stand behind a comma`() {
        #expect(Quantities.duration(.milliseconds(2480)).said(in: .spanish) == "2,5 s")
        #expect(Quantities.duration(.seconds(45)).said(in: .spanish) == "45 s")
        #expect(Quantities.percent(0.9268).said(in: .spanish) == "92,7 %")
        #expect(CourseFigures.rounded(4.5).said(in: .spanish) == "4,5")
        let picture = PictureRenderer(language: .spanish).svg(of: ExamplePicture.latency.data)
        #expect(picture?.contains("hasta 3,2 s") == true)
        // What programs read is the same in every language.
        #expect(DiagnosisJSON().text(SpotEvictionIncident.diagnosis).contains("0.94"))
    }

    @Test(arguments: ExamplePicture.allCases)
    func `every picture is translated`(_ example: ExamplePicture) {
        _ = PictureRenderer(language: spanish.language).svg(of: example.data)
        for measure in [Course.Measure.failures, .duration, .volume] {
            for kind in [Course.Kind.builds, .traces, .requests] {
                for (isSample, size) in [(false, 3), (true, 3), (false, 300)] {
                    let parts = (0..<4).map { Course.Part(total: size, failed: $0, slow: .seconds($0)) }
                    let course = Course(
                        kind: kind, measure: measure, service: "cart", start: Instant.at("14:30:00"),
                        step: .seconds(60),
                        parts: parts, usual: .init(total: 3, failedShare: 0.1, slow: .seconds(1)),
                        onset: Instant.at("14:32:00"), marks: [.init(at: Instant.at("14:32:00"), cause: .spotEviction)],
                        isSample: isSample)
                    _ = PictureRenderer(language: spanish.language).svg(of: PictureData(course: course))
                    _ = CourseFigures(course: course, zone: .utc, language: spanish.language).table
                }
            }
        }
        #expect(spanish.missing.isEmpty)
    }
}

@Suite struct ListeningSpanishTests {
    @Test func `a sentence without a translation is noticed, and said in English`() {
        let spanish = ListeningSpanish()
        let phrase: Phrase = "\("a") is no sentence of ours, \(Quantities.count(2, .build))"
        #expect(phrase.said(in: spanish.language) == "a is no sentence of ours, 2 builds")
        #expect(spanish.missing == ["{} is no sentence of ours, {}"])
    }
}
