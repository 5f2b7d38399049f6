import Telemetry

/// The names that fill a metric query's placeholders: those of a scope, and what was found since.
struct MetricNames: Hashable, Sendable {
    var services: [String] = []
    var namespaces: [String] = []
    var pods: [String] = []
    var jobs: [String] = []

    /// Of each kind: the first ones are the most suspicious, and a regular expression of thousands is slow.
    static let limit = 100

    /// Each name once, the empty ones and those beyond the limit left out.
    var bounded: MetricNames {
        MetricNames(
            services: Self.bounded(services), namespaces: Self.bounded(namespaces), pods: Self.bounded(pods),
            jobs: Self.bounded(jobs))
    }

    /// How many are left out of it for their number.
    var beyondLimit: Int {
        [services, namespaces, pods, jobs].reduce(0) { $0 + max(0, Set($1).subtracting([""]).count - Self.limit) }
    }

    private static func bounded(_ names: [String]) -> [String] {
        var seen: Set<String> = [""]
        return Array(names.filter { seen.insert($0).inserted }.prefix(limit))
    }

    /// Regular expressions of which one matches what is asked about; none: it is not narrowed down.
    func patterns(for placeholder: MetricQuery.Placeholder) -> [String] {
        switch placeholder {
        case .namespace: namespaces.map(QuotedText.regularExpression)
        case .service: services.map(QuotedText.regularExpression)
        // A Deployment's and a StatefulSet's pods begin with its name, and that mostly is the service's.
        case .pod:
            pods.map(QuotedText.regularExpression)
                + services.map { QuotedText.regularExpression($0) + "(-.*)?" }
        case .job: jobs.map(QuotedText.regularExpression)
        case .interval: []
        }
    }
}
