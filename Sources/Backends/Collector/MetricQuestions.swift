package import Telemetry

/// What is asked of Prometheus for every alert.
package struct MetricPlan: Hashable, Sendable {
    /// In this order; names are unique.
    package var queries: [MetricQuery]
    /// How often metrics are scraped: samples are not asked for closer together.
    package var minimumStep: Duration

    package init(queries: [MetricQuery] = [], minimumStep: Duration = .seconds(15)) {
        self.queries = queries
        self.minimumStep = minimumStep
    }
}

/// A question for metric series.
enum MetricQuestion: Hashable, Sendable {
    case query(name: String, promQL: String)
    /// The expression of a rule, as the alert's link or Prometheus tells it.
    case rule(AlertRule)

    /// What the answer's series are called, and what the reader misses without them.
    var name: String {
        switch self {
        case .query(let name, _): name
        case .rule(let rule): rule.name
        }
    }
}

/// Turns a scope, and what was found since, into PromQL.
struct MetricQuestions: Sendable {
    let request: CollectionRequest
    let plan: MetricPlan
    /// nil when there is no time to ask about.
    let range: MetricRange?

    /// Of a group of many rules the first ones: each costs a query or two.
    static let maximumRules = 5
    /// What else fired at the time, whatever it is about. Prometheus keeps past alerts as series.
    static let alerts = MetricQuestion.query(
        name: MetricSeries.alerts, promQL: #"ALERTS{alertstate="firing"}"#)

    init(request: CollectionRequest, plan: MetricPlan) {
        self.request = request
        self.plan = plan
        range = MetricRange(baseline: request.baseline, window: request.window, minimumStep: plan.minimumStep)
    }

    /// Of the scope alone.
    private var ownNames: MetricNames {
        let scope = request.scope
        return MetricNames(
            services: scope.services, namespaces: scope.namespaces, pods: scope.pods, jobs: scope.jobs)
    }

    /// With what the suspicious traces point to.
    func names(_ clues: Clues) -> MetricNames {
        let scope = request.scope
        return MetricNames(
            services: scope.services + clues.services, namespaces: scope.namespaces + clues.namespaces,
            pods: scope.pods + clues.pods, jobs: scope.jobs)
    }

    /// The rules that fired, and what the scope says enough about.
    var first: [MetricQuestion] {
        var seen: Set<String> = []
        let rules = request.rules.filter { seen.insert($0.name).inserted }.prefix(Self.maximumRules)
        // What is always there to be asked for comes first: it shows whether anything is answered.
        return [Self.alerts] + rules.map(MetricQuestion.rule) + questions(ownNames)
    }

    /// What is asked about more than in the first round, about all of it: a query joins names of several kinds, so the new
    /// ones alone would not do.
    func second(_ clues: Clues) -> [MetricQuestion] {
        let asked = Set(questions(ownNames))
        return questions(names(clues)).filter { !asked.contains($0) }
    }

    private func questions(_ names: MetricNames) -> [MetricQuestion] {
        guard let range else { return [] }
        let names = names.bounded
        return plan.queries.compactMap { query in
            query.filled(with: names, rateWindow: range.rateWindow).map { .query(name: query.name, promQL: $0) }
        }
    }

    /// The queries that nothing narrows down.
    func unasked(_ clues: Clues) -> [String] {
        guard let range else { return [] }
        let names = names(clues).bounded
        return plan.queries.filter { $0.filled(with: names, rateWindow: range.rateWindow) == nil }.map(\.name)
    }
}
