package import Languages
package import Telemetry

/// What the evidence says: ranked causes and suspects, how it went, and who is affected.
///
/// Everything a reader sees is in here; its JSON form is `sabueso/diagnosis/v1`.
package struct Diagnosis: Hashable, Sendable {
    package var scope: Scope
    package var window: TimeWindow
    package var baseline: TimeWindow
    /// When it began, found in the data; nil when nothing in it changes.
    package var onset: Timestamp?
    /// The most likely first. Never empty: `unknown` stands first when nothing else is likely enough.
    package var hypotheses: [Hypothesis]
    /// The most blamed first.
    package var suspects: [Suspect]
    /// In the order of time.
    package var timeline: [TimelineEntry]
    package var impact: Impact
    package var gaps: [Gap]
    package var samplings: [Sampling]
    /// Log lines worth showing, the most telling first.
    package var keyLines: [KeyLine]
    /// The failing trace that shows the failure best; nil without one.
    package var exemplar: Exemplar?
    /// The same trace in a few rows, for a picture.
    package var outline: TraceOutline?
    /// How it went over time, for a chart; nil when nothing that can be counted changed.
    package var course: Course?

    package init(
        scope: Scope, window: TimeWindow, baseline: TimeWindow, onset: Timestamp? = nil, hypotheses: [Hypothesis],
        suspects: [Suspect] = [], timeline: [TimelineEntry] = [], impact: Impact = Impact(), gaps: [Gap] = [],
        samplings: [Sampling] = [], keyLines: [KeyLine] = [], exemplar: Exemplar? = nil,
        outline: TraceOutline? = nil, course: Course? = nil
    ) {
        self.scope = scope
        self.window = window
        self.baseline = baseline
        self.onset = onset
        self.hypotheses = hypotheses
        self.suspects = suspects
        self.timeline = timeline
        self.impact = impact
        self.gaps = gaps
        self.samplings = samplings
        self.keyLines = keyLines
        self.exemplar = exemplar
        self.outline = outline
        self.course = course
    }
}

/// A cause with what it happened to, how sure we are, and why.
package struct Hypothesis: Hashable, Sendable {
    /// What a person would go and look at.
    package struct Subject: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            case node, pod, image, volume, host, credential, pool, job, service, none
        }

        package let kind: Kind
        /// Empty for `none`.
        package let name: String

        package init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }
    }

    package let cause: Cause
    package let subject: Subject
    /// The subject's, where it has one and the evidence says which.
    package var namespace: String?
    /// 0 to 1: of what is said with 0.8, about four in five should hold.
    package var confidence: Double
    /// One sentence: what happened, in the field's words, with numbers.
    package let statement: Phrase
    package let evidence: [Finding]
    /// The most useful first, three at most.
    package let recommendations: [Phrase]
    /// The path of its runbook in the repository, `Runbooks/spot-eviction.md`, or the whole address of a page elsewhere.
    package let runbook: String
    /// The id of the signature that it was recognised by; nil where a rule found it.
    package let signature: String?
    /// Whether nothing in the evidence says the cause in so many words: it follows from what it left behind.
    package let isInferred: Bool

    /// - Parameter runbook: nil for the cause's own page.
    package init(
        cause: Cause, subject: Subject, confidence: Double, statement: Phrase, evidence: [Finding],
        recommendations: [Phrase], runbook: String? = nil, signature: String? = nil, isInferred: Bool = false
    ) {
        self.cause = cause
        self.subject = subject
        self.confidence = confidence
        self.statement = statement
        self.evidence = evidence
        self.recommendations = recommendations
        self.runbook = runbook ?? "Runbooks/\(cause.rawValue).md"
        self.signature = signature
        self.isInferred = isInferred
    }
}

/// One piece of evidence that earned a hypothesis its place.
package struct Finding: Hashable, Sendable {
    package let source: EvidenceSource
    package let at: Timestamp?
    package let text: Phrase
    /// What it adds to the hypothesis, comparable among findings; explains the rank.
    package let weight: Double
    /// Where to see it; turned into a link when the summary is made.
    package let reference: Reference?

    package init(
        _ source: EvidenceSource, at: Timestamp? = nil, text: Phrase, weight: Double, reference: Reference? = nil
    ) {
        self.source = source
        self.at = at
        self.text = text
        self.weight = weight
        self.reference = reference
    }
}

/// A place in the evidence that Grafana can open.
package enum Reference: Hashable, Sendable {
    case trace(TraceID, span: SpanID?)
    case logsOfTrace(TraceID)
    case logsOfPod(namespace: String?, pod: String)
    case logsOfService(String)
}

/// A service, pod or node, ranked by blame.
package struct Suspect: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable { case service, pod, node }

    package let kind: Kind
    package let name: String
    package let service: String?
    package let pod: String?
    package let node: String?
    /// Of the service or pod, where the evidence says which.
    package var namespace: String?
    /// 0 to 1, the highest first; only the order has a meaning across diagnoses.
    package let score: Double

    package init(
        kind: Kind, name: String, service: String? = nil, pod: String? = nil, node: String? = nil, score: Double
    ) {
        self.kind = kind
        self.name = name
        self.service = service
        self.pod = pod
        self.node = node
        self.score = score
    }
}

/// One step of what happened.
package struct TimelineEntry: Hashable, Sendable {
    package let at: Timestamp
    package let source: EvidenceSource
    package let text: Phrase

    package init(at: Timestamp, source: EvidenceSource, text: Phrase) {
        self.at = at
        self.source = source
        self.text = text
    }
}

/// A log line worth showing.
package struct KeyLine: Hashable, Sendable {
    package let at: Timestamp
    /// The line as it was written, whole: renderers cut and escape it.
    package let text: String
    /// How many lines of the window are alike.
    package let count: Int
    package let service: String?
    package let pod: String?
    package let traceID: TraceID?

    package init(
        at: Timestamp, text: String, count: Int = 1, service: String? = nil, pod: String? = nil,
        traceID: TraceID? = nil
    ) {
        self.at = at
        self.text = text
        self.count = count
        self.service = service
        self.pod = pod
        self.traceID = traceID
    }
}

/// The failing trace to open first, at the span where the failure is.
package struct Exemplar: Hashable, Sendable {
    package let traceID: TraceID
    package let spanID: SpanID
    package let service: String
    package let operation: String
    package let window: TimeWindow

    package init(traceID: TraceID, spanID: SpanID, service: String, operation: String, window: TimeWindow) {
        self.traceID = traceID
        self.spanID = spanID
        self.service = service
        self.operation = operation
        self.window = window
    }
}
