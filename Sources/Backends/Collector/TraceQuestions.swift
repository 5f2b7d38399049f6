import Languages
import Telemetry

/// A search for traces, and what its hits are good for.
struct TraceQuestion: Hashable, Sendable {
    enum Role: Hashable, Sendable, CaseIterable {
        /// A span of the scope's failed; for builds, any step of a build of the scope.
        case failing
        /// They pass through the scope and fail in another service; for builds, a span of the scope's failed and the
        /// build's root is not there.
        case failingElsewhere
        case slow
        /// Of all traces of the window.
        case sample
        /// From before the window.
        case reference
    }

    let role: Role
    let traceQL: String
    let window: TimeWindow
    let limit: Int
    /// What the reader misses when there is no answer.
    let purpose: Phrase
}

/// Turns a scope into TraceQL.
struct TraceQuestions {
    let request: CollectionRequest
    let budget: Budget

    /// A trace is slow when it took so many times as long as nearly all traces before.
    static let slowFactor = 2
    /// Fewer traces from before say nothing about what is usual.
    static let leastReferences = 5

    /// What can be asked at once.
    var first: [TraceQuestion] {
        let all = TraceQL.spans(where: population)
        var questions = failing
        questions.append(question(.sample, all, limit: budget.countedTraces, "a sample of all traces"))
        if request.baseline.duration > .zero {
            questions.append(
                question(
                    .reference, all, limit: budget.countedTraces, "traces from before, for comparison",
                    window: request.baseline))
        }
        return questions
    }

    /// A service's own failed spans tell most, of a build any failed step does: an aborted build, such as one that lost
    /// its agent, is no error at its root.
    private var failing: [TraceQuestion] {
        let own = TraceQL.spans(where: places + filter + ["status = error"])
        let anywhere = TraceQL.spans(where: population) + " && { status = error }"
        if population.isEmpty { return [question(.failing, own, limit: budget.failingTraces, "failing traces")] }
        if builds.isEmpty {
            return [
                question(.failing, own, limit: budget.failingTraces, "failing traces"),
                question(
                    .failingElsewhere, anywhere, limit: budget.failingTraces, "traces that fail in other services"),
            ]
        }
        let ofBuilds = question(.failing, anywhere, limit: budget.failingTraces, "failing builds")
        if places.isEmpty { return [ofBuilds] }
        return [
            ofBuilds,
            question(.failingElsewhere, own, limit: budget.failingTraces, "failing builds that never ended"),
        ]
    }

    /// Traces that took much longer than those before; nil when too little is known about those.
    func slow(than references: [TraceHit]) -> TraceQuestion? {
        guard references.count >= Self.leastReferences else { return nil }
        let durations = references.map(\.duration).sorted()
        let usual = durations[(durations.count * 95 - 1) / 100]
        let milliseconds = max(1, usual.nanoseconds / 1_000_000).multipliedReportingOverflow(by: Int64(Self.slowFactor))
        guard !milliseconds.overflow else { return nil }
        return question(
            .slow, TraceQL.spans(where: population + ["trace:duration > \(milliseconds.partialValue)ms"]),
            limit: budget.slowTraces, "slow traces")
    }

    private func question(
        _ role: TraceQuestion.Role, _ traceQL: String, limit: Int, _ purpose: Phrase, window: TimeWindow? = nil
    ) -> TraceQuestion {
        TraceQuestion(
            role: role, traceQL: traceQL, window: window ?? request.window, limit: limit, purpose: purpose)
    }

    /// Which spans a trace of the scope has one of: for builds, only their roots have the name, so that the controller's
    /// web requests stay outside.
    private var population: [String] { places + builds + filter }

    private var builds: [String] {
        if let jobs { return [jobs.text] }
        return request.areBuilds ? [#"name =~ "BUILD .+""#] : []
    }

    /// The root of a pull request's build is named `BUILD x/PR-{number}`, literally; only the id has the number.
    private var jobs: NameCondition? {
        func choices(_ job: String) -> [String] {
            [
                "name = \(TraceQL.quoted("BUILD \(job)"))",
                "\(TraceQL.attribute(.span, "ci.pipeline.id")) = \(TraceQL.quoted(job))",
            ]
        }
        return NameCondition(request.scope.jobs, choices: choices) { jobs in
            "(\(jobs.flatMap(choices).joined(separator: " || ")))"
        }
    }

    private var filter: [String] { request.traceFilter.map { ["(\($0))"] } ?? [] }

    private var places: [String] { place.map { [$0.condition.text] } ?? [] }

    /// Where the scope's spans come from: the services; without them the pods; without those the namespaces. Not all
    /// together: an alert's namespace is often that of who measured, and Jenkins' spans carry none.
    private var place: (condition: NameCondition, noun: Phrase)? {
        let scope = request.scope
        let candidates: [(noun: Phrase, names: [String], attributes: [(TraceQL.AttributeScope, String)])] = [
            ("services", scope.services, [(.resource, "service.name")]),
            ("pods", scope.pods, [(.resource, "k8s.pod.name"), (.span, "jenkins.computer.name")]),
            ("namespaces", scope.namespaces, [(.resource, "k8s.namespace.name"), (.resource, "service.namespace")]),
        ]
        for (noun, names, attributes) in candidates {
            func conditions(_ names: [String]) -> [String] {
                attributes.compactMap { TraceQL.condition($0, $1, isAnyOf: names) }
            }
            let condition = NameCondition(names, choices: { conditions([$0]) }) { names in
                let parts = conditions(names)
                return parts.count < 2 ? parts.first : "(\(parts.joined(separator: " || ")))"
            }
            if let condition { return (condition, noun) }
        }
        return nil
    }

    /// What was not asked for, in words for the reader.
    var shortfalls: [Phrase] {
        [place.flatMap { $0.condition.shortfall($0.noun) }, jobs?.shortfall("jobs")].compactMap(\.self)
    }
}
