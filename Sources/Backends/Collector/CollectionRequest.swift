package import Telemetry

/// What is to be fetched about one alert.
package struct CollectionRequest: Hashable, Sendable {
    package var scope: Scope
    /// The time under suspicion.
    package var window: TimeWindow
    /// The quiet time before it; an empty one is not asked for.
    package var baseline: TimeWindow
    package var wanted: Set<EvidenceSource>
    /// A condition of TraceQL that spans of the scope have to meet as well: `span.http.route != "/health"`. Trusted: it
    /// comes from a playbook, not from an alert.
    package var traceFilter: String?
    /// What follows each stream selector of LogQL: `!= "healthcheck"`. Trusted, as the other one.
    package var logFilter: String?
    /// The rules that fired, whose own expressions are asked for; each once.
    package var rules: [AlertRule]
    /// Whether traces are builds of Jenkins: an aborted build is no error at its root, and the controller's web
    /// requests, which carry the same service name, are no builds.
    package var areBuilds: Bool
    /// The present, to know what the cluster has forgotten already; nil when it does not matter.
    package var now: Timestamp?

    package init(
        scope: Scope, window: TimeWindow, baseline: TimeWindow,
        wanted: Set<EvidenceSource> = Set(EvidenceSource.allCases), traceFilter: String? = nil,
        logFilter: String? = nil, rules: [AlertRule] = [], areBuilds: Bool = false, now: Timestamp? = nil
    ) {
        self.scope = scope
        self.window = window
        self.baseline = baseline
        self.wanted = wanted
        self.traceFilter = traceFilter
        self.logFilter = logFilter
        self.rules = rules
        self.areBuilds = areBuilds
        self.now = now
    }
}

/// A rule as an alert of it tells where it comes from.
package struct AlertRule: Hashable, Sendable {
    /// The alert's name, by which Prometheus knows its rule.
    package let name: String
    /// Where the rule's expression can be seen; empty when the alert does not say.
    package let generatorURL: String

    package init(name: String, generatorURL: String = "") {
        self.name = name
        self.generatorURL = generatorURL
    }
}
