package import Languages
package import Telemetry

/// What a person reads of a diagnosis: every sentence is final, only its dress (Slack, Teams, terminal…) is missing.
///
/// All text is plain: outside text (labels, log lines, span names) is in here unescaped and is escaped by each renderer
/// for its surface. In sentences, what stands between two backticks is shown as code. The lists are ordered, the most
/// useful first (the timeline by time), so that a renderer which must trim takes from the end.
package struct Summary: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        /// Nothing was looked at yet.
        case investigating
        case firing
        case resolved(at: Timestamp)
    }

    /// One of the ways in which this message differs from a plain live one.
    package enum Mark: Hashable, Sendable, CaseIterable { case replay, test, demo }

    package struct Cause: Hashable, Sendable {
        /// "spot eviction"
        package var name: String
        package var certainty: Certainty
        /// "94 %"
        package var percent: String
        package var statement: String
        /// What earned it its place, the strongest first.
        package var evidence: [Finding]
        /// The path of its runbook in the repository.
        package var runbook: String
        /// False when the evidence carries no cause; the statement then says what is known instead.
        package var isKnown: Bool

        package init(
            name: String, certainty: Certainty, percent: String, statement: String, evidence: [Finding] = [],
            runbook: String, isKnown: Bool
        ) {
            self.name = name
            self.certainty = certainty
            self.percent = percent
            self.statement = statement
            self.evidence = evidence
            self.runbook = runbook
            self.isKnown = isKnown
        }
    }

    /// One piece of evidence, with the place where it can be seen.
    package struct Finding: Hashable, Sendable {
        package var text: String
        package var url: String?
        /// When it was seen; nil for what has no instant.
        package var at: Timestamp?

        package init(text: String, url: String? = nil, at: Timestamp? = nil) {
            self.text = text
            self.url = url
            self.at = at
        }

        /// Those that are shown, in the order of time, and then what has no instant: chosen by what they weigh, they are
        /// read as what happened.
        static func told(_ shown: some Sequence<Finding>) -> [Finding] {
            let shown = Array(shown)
            let dated = shown.enumerated().compactMap { place, finding in
                finding.at.map { (at: $0, place: place, finding: finding) }
            }
            return dated.sorted { ($0.at, $0.place) < ($1.at, $1.place) }.map(\.finding) + shown.filter { $0.at == nil }
        }
    }

    package struct Step: Hashable, Sendable {
        /// A clock time in the reader's zone: "15:29:41".
        package var time: String
        package var text: String
        /// Whether it belongs to the chain that explains what happened; the others are shown where there is room.
        package var isKey: Bool

        package init(time: String, text: String, isKey: Bool = true) {
            self.time = time
            self.text = text
            self.isKey = isKey
        }
    }

    /// A build, service or pod that was hit.
    package struct Affected: Hashable, Sendable {
        /// "payments/main #418"
        package var name: String
        /// "aborted"
        package var outcome: String
        package var url: String?

        package init(name: String, outcome: String, url: String? = nil) {
            self.name = name
            self.outcome = outcome
            self.url = url
        }
    }

    package struct LogLine: Hashable, Sendable {
        package var text: String
        package var count: Int
        /// "ts-order-service", a pod, or empty.
        package var origin: String

        package init(text: String, count: Int, origin: String) {
            self.text = text
            self.count = count
            self.origin = origin
        }
    }

    package struct Link: Hashable, Sendable {
        /// In the order in which they are offered: traces beside logs last, for both have their own.
        package enum Target: Int, Hashable, Sendable, CaseIterable {
            case trace, logs, dashboard, runbook, silence, evidence, podLogs, search, alert, tracesAndLogs
        }

        package var target: Target
        /// "Open trace", "Logs"…: what its button says.
        package var title: String
        /// Where it leads, in words: "the failing span `POST /pay` of payments-gateway".
        package var destination: String
        package var url: String

        package init(target: Target, title: String, destination: String, url: String) {
            self.target = target
            self.title = title
            self.destination = destination
            self.url = url
        }
    }

    /// What a reader can have done by pressing a button, where the platform sends us what is pressed.
    package enum Offer: Int, Hashable, Sendable, CaseIterable {
        case acknowledge, silence, replay
        /// Whether the first cause was right.
        case vote
    }

    /// Incidents of a digest that are alike.
    package struct DigestGroup: Hashable, Sendable {
        /// What happened, or the alert's name.
        package var title: String
        package var count: Int
        /// How many of them are over.
        package var over: Int
        /// Some of them, by id.
        package var incidents: [Affected]
        /// How many are not named.
        package var more: Int

        package init(title: String, count: Int, over: Int, incidents: [Affected], more: Int) {
            self.title = title
            self.count = count
            self.over = over
            self.incidents = incidents
            self.more = more
        }
    }

    /// How it went over time, in a few lines: for surfaces that show no picture.
    package struct Course: Hashable, Sendable {
        /// "Builds per 5 min"
        package var title: String
        /// "15:30", "3 of 6 failed"; the times around the onset.
        package var rows: [Step]

        package init(title: String, rows: [Step]) {
            self.title = title
            self.rows = rows
        }
    }

    /// A figure with its name, for reports: "Trace success rate", "92.7 % (38 of 41)".
    package struct Figure: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In which it is said.
    package var language: Language
    package var mark: Mark?
    package var status: Status
    package var severity: String?
    /// The whole story in one line, and the notification's preview: what happened and to whom.
    package var headline: String
    /// "JenkinsJobTraceFailure · jenkins-master · since 15:29:41 UTC (6 min) · critical"
    package var context: String
    /// The most likely first, three at most.
    package var causes: [Cause]
    /// How it went, in the order of time.
    package var timeline: [Step]
    /// "3 of 41 builds, …"; nil when nobody is known to be affected.
    package var affected: String?
    /// The affected by name.
    package var affectedNames: [Affected]
    /// Three at most.
    package var recommendations: [String]
    /// Five at most.
    package var keyLines: [LogLine]
    /// Only what could change the conclusion.
    package var missing: [String]
    /// The rest of what is missing, for reports.
    package var alsoMissing: [String]
    /// "Same cause as i-12 (checkout)": another open incident.
    package var sameCause: String?
    /// "incomplete: logs · no answer: metrics": what did not answer in full and is in no other line; empty where all did.
    package var unanswered = ""
    /// "412 traces, 8,310 log lines, 96 events"
    package var lookedAt: String
    package var figures: [Figure]
    /// nil where nothing that can be counted changed.
    package var course: Course?
    package var links: [Link]
    /// The incident's id; nil for what is no incident.
    package var incident: String?
    /// What was done for this alert; nil when no playbook was involved.
    package var playbook: String?
    /// What the alert's own annotations say; nil when they say nothing.
    package var alertText: String?
    /// Who is called by name: as configured, never from outside text. Slack: `U…`, `S…`, `here`; Teams: sign-in names.
    package var mentions: [String] = []
    /// What its buttons do beside opening links; only of an incident, and only where a platform sends back what is pressed.
    package var offers: Set<Offer> = []
    /// What a digest stands for, the most numerous first; empty in every other message.
    package var digest: [DigestGroup]
    /// What its sentences are in English, where they are not: what is left out because it was said already is the same in
    /// every language.
    private(set) var english: [String: String] = [:]

    package init(
        language: Language = .english, mark: Mark? = nil, status: Status = .firing, severity: String? = nil,
        headline: String, context: String,
        causes: [Cause] = [], timeline: [Step] = [], affected: String? = nil, affectedNames: [Affected] = [],
        recommendations: [String] = [], keyLines: [LogLine] = [], missing: [String] = [],
        alsoMissing: [String] = [], lookedAt: String = "",
        figures: [Figure] = [], links: [Link] = [], incident: String? = nil, playbook: String? = nil,
        alertText: String? = nil, digest: [DigestGroup] = []
    ) {
        self.language = language
        self.mark = mark
        self.status = status
        self.severity = severity
        self.headline = headline
        self.context = context
        self.causes = causes
        self.timeline = timeline
        self.affected = affected
        self.affectedNames = affectedNames
        self.recommendations = recommendations
        self.keyLines = keyLines
        self.missing = missing
        self.alsoMissing = alsoMissing
        self.lookedAt = lookedAt
        self.figures = figures
        self.links = links
        self.incident = incident
        self.playbook = playbook
        self.alertText = alertText
        self.digest = digest
    }

    /// - Parameter other: the same in English.
    mutating func remember(_ other: Summary) {
        let said = sentences
        let english = other.sentences
        guard said.count == english.count else { return }
        for (said, english) in zip(said, english) { self.english[said] = english }
    }

    /// As its sentences are cut, so that each is found again.
    mutating func shortenEnglish(_ bounds: TextBounds) {
        // In the order of the alphabet: of two that are cut to the same, it must not be chance which one counts.
        for (said, sentence) in english.sorted(by: { $0.key < $1.key }) {
            for limit in [bounds.headline, bounds.context, bounds.sentence] {
                english[said.shownLine(to: limit)] = sentence.shownLine(to: limit)
            }
        }
    }

    /// Those that may say the same as others.
    private var sentences: [String] {
        [headline, context, affected ?? "", lookedAt] + timeline.map(\.text)
            + causes.flatMap { [$0.statement] + $0.evidence.map(\.text) }
    }
}
