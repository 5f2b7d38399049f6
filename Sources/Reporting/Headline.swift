import Alerts
import Languages
import RootCause
import Telemetry

/// The whole story in one line: what happened and to whom.
///
/// It claims no more than the evidence carries. A very likely cause is told as a fact; of a likely or possible one the
/// effect, which is a fact, comes first; without a cause the line says so.
struct Headline {
    let diagnosis: Diagnosis
    let alert: AlertGroup?

    private var top: Hypothesis? { diagnosis.hypotheses.first }

    var text: Phrase {
        guard let top, let event = event(of: top) else { return withoutCause }
        let effect = ImpactWording(diagnosis).effect(of: top.cause, on: top.subject)
        let certainty = Certainty(confidence: top.confidence)
        // What was seen is no guess: cause and effect are one, and only the place is in question.
        if event.isSeen, certainty != .lead, let effect { return "\(event.sentence): \(effect.clause)" }
        switch certainty {
        case .veryLikely: return effect.map { "\(event.sentence): \($0.clause)" } ?? event.sentence
        case .likely:
            return effect.map { "\($0.sentence), likely because \(event.clause)" } ?? "Likely: \(event.clause)"
        case .possible:
            return effect.map { "\($0.sentence), possibly because \(event.clause)" } ?? "Possibly: \(event.clause)"
        case .lead: return withoutCause
        }
    }

    /// The same in few words and in the past, for when it is over: "spot node aks-spot-3 was preempted, 3 builds lost
    /// their agents"; nil when nothing is known.
    var retrospect: Phrase? {
        let impact = ImpactWording(diagnosis)
        guard let top, let event = event(of: top),
            Certainty(confidence: top.confidence) != .lead
        else {
            return impact.effect(of: .unknown, on: .init(.none, ""), isOver: true).map {
                "\($0.clause), the cause was not found"
            }
        }
        let effect = impact.effect(of: top.cause, on: top.subject, isOver: true)
        switch Certainty(confidence: top.confidence) {
        case .veryLikely: return effect.map { "\(event.clause), \($0.clause)" } ?? event.clause
        case .likely: return effect.map { "\($0.clause), likely because \(event.clause)" } ?? "likely \(event.clause)"
        case .possible, .lead:
            return effect.map { "\($0.clause), possibly because \(event.clause)" } ?? "possibly \(event.clause)"
        }
    }

    private func event(of top: Hypothesis) -> CauseEvent? {
        // The cause is what it most likely was; the first line says no more than what was seen.
        if top.cause == .spotEviction, top.isInferred { return CauseEvent(spotNodeGone: top.subject) }
        let jobs = ImpactWording(diagnosis).slowJobs
        guard top.cause == .latencyRegression, !jobs.isEmpty else { return CauseEvent(top.cause, to: top.subject) }
        return CauseEvent(slowJobs: jobs)
    }

    /// What is left to say when nothing else is known to have happened.
    private var occasion: Phrase {
        let owner = Self.owner(of: diagnosis.scope, alert)
        guard alert != nil else { return owner.map { "Nothing is known to be wrong with \($0)" } ?? "Nothing is known" }
        return owner.map { "An alert fired for \($0)" } ?? "An alert fired"
    }

    /// The service, else the job, pod or namespace, that the alert is about: at most two by name.
    static func owner(of scope: Scope?, _ alert: AlertGroup?) -> Phrase? {
        let labels = ["service_name", "service", "job_name", "pod", "namespace", "job"]
        let candidates =
            [scope?.services ?? []] + labels.prefix(2).map { alert?.values(of: $0) ?? [] }
            + [scope?.jobs ?? [], scope?.pods ?? [], scope?.namespaces ?? []]
            + labels.dropFirst(2).map { alert?.values(of: $0) ?? [] }
        guard let names = candidates.first(where: { !$0.isEmpty }) else { return nil }
        return Quantities.list(names.map(\.plainLine), limit: 2)
    }

    /// That people stop builds is no failure, and needs no cause.
    private var onlyStopped: Phrase? {
        guard let builds = diagnosis.impact.builds, builds.stopped > 0, builds.failed == 0, builds.slow == 0 else {
            return nil
        }
        let count = Quantities.count(builds.stopped)
        let isOne = builds.stopped == 1
        guard builds.stoppedUnexplained == 0 else {
            return isOne
                ? "1 build ended aborted; nothing says by whom, and nothing else failed"
                : "\(count) builds ended aborted; nothing says by whom, and nothing else failed"
        }
        return isOne
            ? "1 build was stopped by people or newer builds; nothing else failed"
            : "\(count) builds were stopped by people or newer builds; nothing else failed"
    }

    private var withoutCause: Phrase {
        let impact = diagnosis.impact
        if let effect = ImpactWording(diagnosis).effect(of: .unknown, on: .init(.none, "")) {
            return "\(effect.sentence); the cause is not in the evidence"
        }
        if let stopped = onlyStopped { return stopped }
        if diagnosis.gaps.contains(where: { $0.source == .traces && $0.isTotal }) {
            return "\(occasion); the traces could not be read, so the cause is unknown"
        }
        guard impact.traces > 0 else { return "\(occasion); there are no traces of that time, so the cause is unknown" }
        let count = Quantities.count(impact.traces, .trace)
        return impact.basis.isOpen
            ? "\(occasion); none of \(count) looked at fails, the cause is not in the evidence"
            : "\(occasion); none of \(count) fails, the cause is not in the evidence"
    }
}
