import Reporting
import Telemetry

/// What an incident says about each placeholder.
///
/// A placeholder without a value, or with several that are equally good, has none here: a command about the wrong pod is
/// worse than one with a gap.
package struct RunbookValues: Hashable, Sendable {
    private var values: [Placeholder: String] = [:]

    /// No incident: every placeholder stays.
    package static let none = RunbookValues()

    package init(_ values: [Placeholder: String] = [:]) {
        self.values = values
    }

    /// Reads a stored diagnosis (`sabueso/diagnosis/v1`).
    ///
    /// - Parameters:
    ///   - diagnosis: JSON; what cannot be read, and an empty one, has no values.
    ///   - cause: the page's: the subject is meant of what has this page as its runbook, else of what has this cause, else
    ///     of the likeliest.
    package init(diagnosis: [UInt8], cause: String) {
        guard let stored = StoredDiagnosis(diagnosis) else { return }
        let hypothesis =
            stored.hypotheses.first { $0.runbook == "Runbooks/\(cause).md" }
            ?? stored.hypotheses.first { $0.cause == cause } ?? stored.hypotheses.first
        let subject = hypothesis?.subject
        if let subject, let placeholder = Placeholder(subjectKind: subject.kind) { set(placeholder, subject.name) }
        // A name is that of its own namespace, whatever the alert is about.
        set(.namespace, subject?.namespace)
        // A suspect that is about the same thing knows where it runs.
        if let subject, let suspect = stored.suspects.first(where: { $0.isAbout(subject) }) {
            set(.pod, suspect.pod ?? (suspect.kind == "pod" ? suspect.name : nil))
            set(.node, suspect.node ?? (suspect.kind == "node" ? suspect.name : nil))
            set(.service, suspect.service)
            set(.namespace, suspect.namespace)
        }
        set(.namespace, stored.scope.namespaces.only)
        set(.service, stored.scope.services.only)
        set(.pod, stored.scope.pods.only)
        set(.job, stored.scope.jobs.only)
        setExample(from: stored.affected)
        set(.start, stored.window?.start)
        set(.end, stored.window?.end)
    }

    package subscript(placeholder: Placeholder) -> String? { values[placeholder] }

    /// Those with a value that is not let into commands: for telling so.
    package var unsafeInCommands: [Placeholder] {
        Placeholder.allCases.filter { placeholder in
            values[placeholder].map { !placeholder.accepts($0, in: .shell) } ?? false
        }
    }

    /// A failing build and its trace, or the trace of the job that is known already.
    private mutating func setExample(from affected: [StoredDiagnosis.Affected]) {
        let ofTheJob = affected.filter { $0.kind == "build" && $0.name == self[.job] }
        let example = ofTheJob.first ?? affected.first { $0.kind == "build" }
        if let example, self[.job] == nil || example.name == self[.job] {
            set(.job, example.name)
            set(.traceID, example.traceId)
        }
        set(.traceID, affected.lazy.compactMap(\.traceId).first)
    }

    /// The first that is known stays.
    private mutating func set(_ placeholder: Placeholder, _ value: String?) {
        guard let value, !value.isEmpty, values[placeholder] == nil else { return }
        values[placeholder] = value
    }
}

extension Placeholder {
    /// The kinds of a diagnosis' subject.
    fileprivate init?(subjectKind kind: String) {
        switch kind {
        case "node": self = .node
        case "pod": self = .pod
        case "image": self = .image
        case "volume": self = .volume
        case "host": self = .host
        case "credential": self = .credential
        case "pool": self = .pool
        case "job": self = .job
        case "service": self = .service
        default: return nil
        }
    }
}

extension [String] {
    /// The value when there is exactly one.
    fileprivate var only: String? { count == 1 ? first : nil }
}

extension StoredDiagnosis.Suspect {
    fileprivate func isAbout(_ subject: StoredDiagnosis.Hypothesis.Subject) -> Bool {
        if kind == subject.kind, name == subject.name { return true }
        return subject.kind == "pod" && pod == subject.name
    }
}
