import Telemetry

/// One way in which the window differs from the baseline, with whom it speaks against.
struct Signal: Hashable, Sendable {
    enum Kind: Int, Hashable, Sendable, Comparable, CaseIterable {
        /// Failures begin here and nothing below explains them.
        case failureOrigin
        /// Its own part of a trace takes longer.
        case slowness
        /// Calls that no longer happen, or happen more often.
        case callStructure
        /// Its callers stop after they called it.
        case cutShort
        /// It writes other log lines than before.
        case logs
        /// A metric of it left its range.
        case metrics

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    let kind: Kind
    /// Whom it speaks against.
    var service: String
    /// The other end, for what was seen on the way between two services: the caller, until `EdgeBlame` finds that the
    /// caller is to blame and turns the two round.
    var caller: String?
    /// How far from the baseline, in standard errors.
    let z: Double
    /// 0 to 1: how much it matters for the traces, whatever its certainty.
    var effect: Double
    /// What it was seen at: `POST /pay`, a template, a metric.
    let operation: String
    /// Before and in the window, in the unit of the kind: seconds from the beginning of a span to its end (nine in ten
    /// take less), calls per run, lines per run, failures per run; lines in a time as long as the window, where they name
    /// no span.
    let before: Double
    let after: Double
    /// How many observations of the window it rests on.
    let count: Int
    /// The row of a span that shows it, or -1.
    let span: Int
    /// The site at which a run differs, or -1.
    let site: Int
    /// Of what is slower, the part that is its own and no wait, in seconds (nine in ten take less).
    let own: Own?
    /// Whether there is anything from before to compare with; if not, `before` says nothing.
    var isCompared = true
    /// Whether it was seen on calls that `service` makes and not on those that it answers.
    var isOutgoing = false
    /// What is done more or less often there, or last.
    let step: Flow.Step?
    /// Of a metric: what it measures, and the value that is all of it, where it is a share.
    let metric: Metric?

    struct Own: Hashable, Sendable {
        let before: Double
        let after: Double
    }

    struct Metric: Hashable, Sendable {
        let meaning: MetricMeaning
        let pod: String?
        let node: String?
        /// How many pods of the service the metric has.
        let pods: Int
        let scale: Double?
        /// Whether something is used up or was started anew, not only changed.
        let isExhausted: Bool

        /// The pod, where it is one of several.
        var onePod: String? { pods > 1 ? pod : nil }
    }

    init(
        _ kind: Kind, service: String, caller: String? = nil, z: Double, effect: Double = 1, operation: String,
        before: Double, after: Double, count: Int, span: Int = -1, site: Int = -1, own: Own? = nil,
        step: Flow.Step? = nil, metric: Metric? = nil
    ) {
        self.kind = kind
        self.service = service
        self.caller = caller
        self.z = z
        self.effect = effect
        self.operation = operation
        self.before = before
        self.after = after
        self.count = count
        self.span = span
        self.site = site
        self.own = own
        self.step = step
        self.metric = metric
    }

    /// Comparable among signals of all kinds.
    var strength: Double { z * effect }

    /// Below this many standard errors, the difference is taken for chance: there are hundreds of comparisons.
    static let least = 3.0

    /// The strongest first; ties in an order that depends on nothing but what the signals say.
    static func precedes(_ left: Signal, _ right: Signal) -> Bool {
        if left.strength != right.strength { return left.strength > right.strength }
        return (left.service, left.kind, left.operation, left.caller ?? "", left.after)
            < (right.service, right.kind, right.operation, right.caller ?? "", right.after)
    }
}
