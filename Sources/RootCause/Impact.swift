package import Telemetry

/// Who is affected, in the four figures of the people who first used this, and what it cost them.
package struct Impact: Hashable, Sendable {
    package struct Affected: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable { case build, service, pod }

        package let kind: Kind
        /// A build's job by full name: `team/app/main`.
        package let name: String
        /// A build's number.
        package let number: Int?
        package let url: String?
        package let traceID: TraceID?
        /// `ABORTED`, `FAILURE`, `error`, `slow`…
        package let outcome: String
        /// What was built, as the evidence names it: `main`, `PR-17`.
        package let branch: String?
        /// Who waits for it, as the evidence names them; nil where a timer or a push started it.
        package let startedBy: String?
        /// Of a failed build, from its start to its failure; of a slow one, what it took more than usual.
        package let lost: Duration?

        /// What a build is said to be that ended well and took longer than its job usually does.
        package static let slow = "slow"

        package init(
            kind: Kind, name: String, number: Int? = nil, url: String? = nil, traceID: TraceID? = nil, outcome: String,
            branch: String? = nil, startedBy: String? = nil, lost: Duration? = nil
        ) {
            self.kind = kind
            self.name = name
            self.number = number
            self.url = url
            self.traceID = traceID
            self.outcome = outcome
            self.branch = branch
            self.startedBy = startedBy
            self.lost = lost
        }
    }

    /// The builds of the window, by how they ended.
    package struct Builds: Hashable, Sendable {
        package var total: Int
        package var failed: Int
        /// By a person, a newer build or a sibling's failure: no failures.
        package var stopped: Int
        /// Of these, the ones of which nothing says who stopped them.
        package var stoppedUnexplained: Int
        /// Those whose end is not known.
        package var running: Int
        /// Those that ended well and took longer than their jobs usually do.
        package var slow: Int
        /// Of failed ones from start to failure, of slow ones what they took more than usual; a build within another one
        /// counts with that one.
        package var lost: Duration

        package init(
            total: Int, failed: Int, stopped: Int = 0, stoppedUnexplained: Int = 0, running: Int = 0, slow: Int = 0,
            lost: Duration = .zero
        ) {
            self.total = total
            self.failed = failed
            self.stopped = stopped
            self.stoppedUnexplained = stoppedUnexplained
            self.running = running
            self.slow = slow
            self.lost = lost
        }
    }

    /// What spot nodes cost, and how builds fare on them and elsewhere.
    package struct Spot: Hashable, Sendable {
        /// Failed because their spot node went away, with the time from their start to that.
        package var lostBuilds: Int
        package var lost: Duration
        /// Builds that ended, without those that were stopped, on agents of which the node is known.
        package var builds: Int
        package var failedBuilds: Int
        package var onDemandBuilds: Int
        package var onDemandFailedBuilds: Int
        /// Builds that ended, on agents of which nothing tells the kind of node: in neither of the rates.
        package var unplacedBuilds: Int

        package init(
            lostBuilds: Int = 0, lost: Duration = .zero, builds: Int = 0, failedBuilds: Int = 0,
            onDemandBuilds: Int = 0, onDemandFailedBuilds: Int = 0, unplacedBuilds: Int = 0
        ) {
            self.lostBuilds = lostBuilds
            self.lost = lost
            self.builds = builds
            self.failedBuilds = failedBuilds
            self.onDemandBuilds = onDemandBuilds
            self.onDemandFailedBuilds = onDemandFailedBuilds
            self.unplacedBuilds = unplacedBuilds
        }

        /// Builds that the two rates are of.
        package var placedBuilds: Int { builds + onDemandBuilds }

        /// nil without builds on spot nodes.
        package var failureRate: Double? { builds == 0 ? nil : Double(failedBuilds) / Double(builds) }

        /// nil without builds on other nodes.
        package var onDemandFailureRate: Double? {
            onDemandBuilds == 0 ? nil : Double(onDemandFailedBuilds) / Double(onDemandBuilds)
        }
    }

    /// What the shares and averages are of.
    package enum Basis: Hashable, Sendable {
        /// Every trace of the window.
        case all
        /// All that were counted in the window: some were looked at, and each counts for those that it stands for.
        case estimated(of: Int)
        /// As `estimated`, of so many; the window has more, and nobody counted them.
        case estimatedOfPart(Int)
        /// Those that were looked at, the failing ones first: of all traces fewer fail.
        case failuresFirst

        /// Whether the window has more traces than `Impact.traces`, nobody knows how many.
        package var isOpen: Bool {
            switch self {
            case .all, .estimated: false
            case .estimatedOfPart, .failuresFirst: true
            }
        }
    }

    /// A part of the average duration.
    package struct DurationPart: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            /// Waiting in the queue and for an agent.
            case queue
            /// A stage of a pipeline.
            case stage
            /// A service's own part of a trace, without what it waited for.
            case service
            case rest
        }

        package let kind: Kind
        /// Of a stage or a service; empty for the others.
        package let name: String
        package let average: Duration
        /// 0 to 1.
        package let share: Double

        package init(_ kind: Kind, _ name: String = "", average: Duration, share: Double) {
            self.kind = kind
            self.name = name
            self.average = average
            self.share = share
        }
    }

    package var basis: Basis
    /// Traces in the window; where the basis is open, those that were looked at.
    package var traces: Int
    /// Those that are known to have failed.
    package var failedTraces: Int
    /// How many of the basis' traces failed, where some that were looked at stand for others; nil otherwise.
    package var estimatedFailedTraces: Int?
    /// Mean duration of the window's traces; nil without traces.
    package var averageTraceDuration: Duration?
    /// Where it goes, the largest part first, `rest` last; empty without traces.
    package var durationParts: [DurationPart]
    /// The share of failing traces for which correlated logs or events were found; nil without failing traces.
    package var errorCorrelationRate: Double?
    /// How many those are.
    package var correlatedTraces: Int
    /// The share of failing traces that a lost spot node explains; nil without failing traces.
    package var spotImpact: Double?
    /// nil where there are no builds.
    package var spot: Spot?
    /// nil where there are no builds.
    package var builds: Builds?
    /// Jobs of failed and slow builds, sorted; so are branches and people.
    package var jobs: [String]
    package var branches: [String]
    package var people: [String]
    /// Failed builds first, then slow ones, then services.
    package var affected: [Affected]

    package init(
        basis: Basis = .all, traces: Int = 0, failedTraces: Int = 0, estimatedFailedTraces: Int? = nil,
        averageTraceDuration: Duration? = nil,
        durationParts: [DurationPart] = [], errorCorrelationRate: Double? = nil, correlatedTraces: Int = 0,
        spotImpact: Double? = nil, spot: Spot? = nil, builds: Builds? = nil, jobs: [String] = [],
        branches: [String] = [], people: [String] = [], affected: [Affected] = []
    ) {
        self.basis = basis
        self.traces = traces
        self.failedTraces = failedTraces
        self.estimatedFailedTraces = estimatedFailedTraces
        self.averageTraceDuration = averageTraceDuration
        self.durationParts = durationParts
        self.errorCorrelationRate = errorCorrelationRate
        self.correlatedTraces = correlatedTraces
        self.spotImpact = spotImpact
        self.spot = spot
        self.builds = builds
        self.jobs = jobs
        self.branches = branches
        self.people = people
        self.affected = affected
    }

    /// Of how many traces the share of those that failed is told.
    package var comparedTraces: Int {
        if case .estimatedOfPart(let counted) = basis { counted } else { traces }
    }

    /// The share of the basis' traces that did not fail; nil without traces.
    package var traceSuccessRate: Double? {
        let compared = comparedTraces
        guard compared > 0 else { return nil }
        return Double(compared - min(compared, estimatedFailedTraces ?? failedTraces)) / Double(compared)
    }
}
