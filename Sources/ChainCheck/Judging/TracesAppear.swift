import Backends
import Telemetry

/// Whether traces arrive, by the newest root span; and how many lack theirs.
enum TracesAppear {
    /// Looked at first: what is newer is fresh.
    static let freshness = Duration.seconds(3600)
    /// Looked at when that was empty: a Jenkins that nobody uses at night is quiet, not broken.
    static let longestQuiet = Duration.seconds(86_400)
    /// Traces of a search: enough for a share, small beside what Tempo gives at once.
    static let sample = 100
    /// A build in one long step has no root yet, and no new span either; but of three traces that are as old as
    /// ``settlingTime`` at most one is such, and where half lack it, roots are lost.
    static let mostWithoutRoot = 1.0 / 3
    /// A trace that is younger may still get its root.
    static let settlingTime = Duration.seconds(300)

    /// - Parameters:
    ///   - hits: newest first, of the last hour or, when that had none, of the last day.
    ///   - older: more of them, from before the settling time.
    ///   - hasTenant: whether one is configured: one that Tempo does not know has no traces, and is no error.
    static func findings(
        _ hits: [TraceHit], older: [TraceHit] = [], at now: Timestamp, hasTenant: Bool = false, on address: String
    ) -> [Finding] {
        [
            arrival(hits, at: now, hasTenant: hasTenant, on: address),
            roots(older.isEmpty ? hits : older, at: now, on: address),
        ]
    }

    private static func arrival(
        _ hits: [TraceHit], at now: Timestamp, hasTenant: Bool, on address: String
    ) -> Finding {
        guard !hits.isEmpty else {
            return Finding(
                .tracesAppear, .failure, on: address, "none in the last \(Wording.age(longestQuiet))",
                advice: (hasTenant ? "Is tempo.tenant the one that is written to? " : "")
                    + "Check the sender's endpoint (deploy/jenkins/opentelemetry.yaml) and the collector: "
                    + "Runbooks/no-traces-arrive.md goes from door to door.")
        }
        let rooted = hits.filter { !$0.isRootMissing }
        guard let newest = rooted.max(by: { $0.start + $0.duration < $1.start + $1.duration }) else {
            return Finding(
                .tracesAppear, .failure, on: address, "\(hits.count) traces, none with its root span",
                advice:
                    "Builds send their root when they end. Does the controller restart, or the collector drop spans? "
                    + "Runbooks/no-traces-arrive.md")
        }
        let age = now - (newest.start + newest.duration)
        let origin = newest.rootService.map { ", of \($0)" } ?? ""
        let observed = "the newest root ended \(Wording.age(age)) ago\(origin)"
        guard age > freshness else { return Finding(.tracesAppear, .ok, on: address, observed) }
        return Finding(
            .tracesAppear, .warning, on: address, observed,
            advice: "If builds or requests ran since then, their traces are lost: Runbooks/no-traces-arrive.md.")
    }

    private static func roots(_ hits: [TraceHit], at now: Timestamp, on address: String) -> Finding {
        let settled = hits.filter { $0.start + $0.duration < now - settlingTime }
        guard !settled.isEmpty else {
            return Finding(
                .traceRoots, .skipped, on: address, "no trace is old enough to tell",
                advice: "Look again when traces have arrived for \(Wording.age(settlingTime)).")
        }
        let missing = settled.count(where: \.isRootMissing)
        let observed = "\(Wording.share(missing, of: settled.count)) of \(settled.count) traces have none"
        guard Double(missing) > mostWithoutRoot * Double(settled.count) else {
            return Finding(.traceRoots, .ok, on: address, observed)
        }
        return Finding(
            .traceRoots, .warning, on: address, observed,
            advice: "Spans are lost on the way: a controller that restarts, sampling, or the alert TelemetryDiscarded "
                + "(deploy/prometheus/rules.yaml).")
    }
}
