package import Telemetry

/// What to do for an alert: which alerts it is for, where to look, at which time, at what, and who gets to read it.
package struct Playbook: Hashable, Sendable {
    package var name: String
    package var match = Match()
    package var scope = ScopeRules()
    package var windows = Windows()
    /// What is fetched, each kind once.
    package var evidence: [EvidenceSource] = EvidenceSource.allCases
    package var filters = Filters()
    /// Names of receivers; nil is all of them, an empty list is nobody.
    package var receivers: [String]?
    /// Whether traces are builds of Jenkins, which tell failures differently: a build that lost its agent has an unset
    /// status at its root, and only an inner span is an error.
    package var isJenkins = false

    package init(name: String) {
        self.name = name
    }

    /// The times to look at, counted from the start of the group's first alert.
    package struct Windows: Hashable, Sendable {
        /// A rule sees trouble late: its range, its `for`, the flush of spans and the scrape all come before `startsAt`.
        package var before: Duration = .seconds(900)
        package var after: Duration = .seconds(300)
        /// How long the quiet time is, which ends where the window begins.
        package var baseline: Duration = .seconds(3600)

        package init() {}
    }

    /// What is asked of the backends besides the scope.
    package struct Filters: Hashable, Sendable {
        /// A condition on spans, joined to the others with `&&`: `span.http.route != "/health"`.
        package var traceQL: String?
        /// What follows a stream selector, beginning with `|` or `!=`: `!= "healthcheck"`.
        package var logQL: String?

        package init() {}
    }
}
