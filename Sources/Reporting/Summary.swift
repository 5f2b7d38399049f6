package import Telemetry

/// What a person reads of a diagnosis: every sentence is final, only its dress (Slack, Teams, terminal…) is missing.
///
/// All text is plain: outside text (labels, log lines, span names) is in here unescaped and is escaped by each renderer
/// for its surface. The lists are ordered, the most useful first, so that a renderer which must trim takes from the end.
package struct Summary: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case firing
        case resolved(at: Timestamp)
    }

    /// One of the ways in which this message differs from a plain live one.
    package enum Mark: Hashable, Sendable { case replay, test, demo }

    package struct Cause: Hashable, Sendable {
        /// "spot eviction"
        package var name: String
        /// "very likely (94 %)"; see `Confidence`.
        package var certainty: String
        package var statement: String
        /// What earned it its place, the strongest first.
        package var evidence: [String]
        /// The path of its runbook in the repository.
        package var runbook: String
        package var isKnown: Bool

        package init(
            name: String, certainty: String, statement: String, evidence: [String] = [], runbook: String, isKnown: Bool
        ) {
            self.name = name
            self.certainty = certainty
            self.statement = statement
            self.evidence = evidence
            self.runbook = runbook
            self.isKnown = isKnown
        }
    }

    package struct Step: Hashable, Sendable {
        /// A clock time in the reader's zone: "15:29:41".
        package var time: String
        package var text: String

        package init(time: String, text: String) {
            self.time = time
            self.text = text
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
        package enum Target: String, Hashable, Sendable, CaseIterable {
            case trace, search, logs, podLogs, tracesAndLogs, dashboard, runbook, silence, alert, build
        }

        package var target: Target
        /// "Trace", "Logs", "payments/main #418"…
        package var title: String
        package var url: String

        package init(target: Target, title: String, url: String) {
            self.target = target
            self.title = title
            self.url = url
        }
    }

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
    /// Three at most.
    package var recommendations: [String]
    /// Five at most.
    package var keyLines: [LogLine]
    /// Only what could change the conclusion.
    package var missing: [String]
    /// "412 traces, 8,310 log lines, 96 events"
    package var lookedAt: String
    package var links: [Link]
    /// The incident's id; nil for what is no incident.
    package var incident: String?

    package init(
        mark: Mark? = nil, status: Status = .firing, severity: String? = nil, headline: String, context: String,
        causes: [Cause] = [], timeline: [Step] = [], affected: String? = nil, recommendations: [String] = [],
        keyLines: [LogLine] = [], missing: [String] = [], lookedAt: String = "", links: [Link] = [],
        incident: String? = nil
    ) {
        self.mark = mark
        self.status = status
        self.severity = severity
        self.headline = headline
        self.context = context
        self.causes = causes
        self.timeline = timeline
        self.affected = affected
        self.recommendations = recommendations
        self.keyLines = keyLines
        self.missing = missing
        self.lookedAt = lookedAt
        self.links = links
        self.incident = incident
    }
}
