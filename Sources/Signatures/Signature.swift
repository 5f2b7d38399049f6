/// A known failure: the marks by which it is recognised, and what a person needs to hear of it.
///
/// Values only. Regular expressions are kept as text, because `Regex` is not `Sendable`; whoever matches compiles them.
package struct Signature: Hashable, Sendable {
    /// A cloud whose clusters alone show this failure.
    package enum Provider: String, Hashable, Sendable, CaseIterable { case aks, eks, gke }

    /// Unique; a later one with the same id replaces an earlier one. One that names a provider does so on that cloud only.
    package var id: String
    package var title: String
    /// A slug of the catalogue of causes: `image-pull-failure`.
    package var cause: String
    /// nil for every cluster.
    package var provider: Provider?
    package var subject: SubjectRule
    /// Each alone raises the cause.
    package var signs: [Mark]
    /// They count only beside a sign of the same subject, build or agent.
    package var stronger: [Mark]
    /// They speak against the cause.
    package var ruledOutBy: [Mark]
    /// One sentence without its full stop; `{name}` is filled in.
    package var statement: String
    /// The most useful first; one that cannot be filled in is left out.
    package var recommendations: [String]
    /// The page of what to do, `Runbooks/disk-full.md`, or an address that begins with https://; nil for the cause's page.
    package var runbook: String?
    package var examples: Examples

    package init(
        id: String, title: String, cause: String, provider: Provider? = nil, subject: SubjectRule, signs: [Mark],
        stronger: [Mark] = [], ruledOutBy: [Mark] = [], statement: String, recommendations: [String] = [],
        runbook: String? = nil, examples: Examples = Examples()
    ) {
        self.id = id
        self.title = title
        self.cause = cause
        self.provider = provider
        self.subject = subject
        self.signs = signs
        self.stronger = stronger
        self.ruledOutBy = ruledOutBy
        self.statement = statement
        self.recommendations = recommendations
        self.runbook = runbook
        self.examples = examples
    }

    /// Signs, what makes them stronger, and what rules them out, in this order.
    package var marks: [Mark] { signs + stronger + ruledOutBy }

    /// Nobody reads more.
    package static let mostRecommendations = 3

    /// Whether the earlier one is left out because of this one: it has the same id, and stands wherever that stands.
    ///
    /// One that names a provider leaves the one for every cluster in place: elsewhere that is still needed.
    package func replaces(_ earlier: Signature) -> Bool {
        id == earlier.id && (provider == nil || provider == earlier.provider)
    }
}

extension [Signature] {
    /// Those that can be told of a cluster: the ones for every cluster, and the provider's own, which take the place of
    /// the one with the same id.
    ///
    /// - Parameter provider: nil when it is not known whose cluster it is: then no provider's own are tried.
    package func applying(to provider: Signature.Provider?) -> [Signature] {
        guard let provider else { return filter { $0.provider == nil } }
        let own = Set(lazy.filter { $0.provider == provider }.map(\.id))
        return filter { $0.provider == provider || ($0.provider == nil && !own.contains($0.id)) }
    }
}

/// What a person would go and look at, and where its name comes from.
package struct SubjectRule: Hashable, Sendable {
    package var kind: SubjectKind
    /// Tried in this order: a named group of a mark's pattern, or the name of a place.
    package var from: [String]

    package init(_ kind: SubjectKind, from: [String]) {
        self.kind = kind
        self.from = from
    }
}

/// The kinds of subjects, as the catalogue of causes names them.
package enum SubjectKind: String, Hashable, Sendable, CaseIterable {
    case node, pod, image, volume, host, credential, pool, job, service
}

/// Where a subject can be found that the text itself does not name.
package enum Place: String, Hashable, Sendable, CaseIterable {
    /// The Jenkins agent of the build, or the one that the line or event names.
    case agent
    /// The pod of Jenkins itself.
    case controller
    /// The pod that wrote the line, that the event is about, or that the span ran in.
    case pod
    /// The node of that agent or pod.
    case node
    /// The job of the build.
    case job
    /// The name of the object that the event is about.
    case object
    /// The agent label of that agent.
    case pool
    /// The service that wrote the line or made the span.
    case service
    /// The host that the failed step's span names, of git for instance.
    case server
    /// The host of the last address that the same step wrote before the line.
    case mentioned

    /// The kind of subject that it names; nil for `object`, which may be anything, and for `mentioned`, which stands for
    /// whatever was asked for there.
    package var kind: SubjectKind? {
        switch self {
        case .agent, .controller, .pod: .pod
        case .node: .node
        case .job: .job
        case .pool: .pool
        case .service: .service
        case .server: .host
        case .object, .mentioned: nil
        }
    }
}
