import RootCause
import Telemetry

extension DiagnosisJSON {
    /// Who is affected, with the figures; what there are no builds for is `null`.
    func value(_ impact: Impact) -> JSONValue {
        .fields([
            "traces": .integer(impact.traces), "failedTraces": .integer(impact.failedTraces),
            "traceSuccessRate": .optional(impact.traceSuccessRate),
            "averageTraceDurationSeconds": .optional(impact.averageTraceDuration?.inSeconds),
            "errorCorrelationRate": .optional(impact.errorCorrelationRate),
            "spotImpact": .optional(impact.spotImpact), "affected": .array(impact.affected.map(value)),
            "durationParts": .array(impact.durationParts.map(value)),
            "correlatedTraces": .integer(impact.correlatedTraces), "builds": impact.builds.map(value) ?? .null,
            "spot": impact.spot.map(value) ?? .null, "jobs": .array(impact.jobs.map { .string($0) }),
            "branches": .array(impact.branches.map { .string($0) }),
            "people": .array(impact.people.map { .string($0) }), "basis": value(impact.basis),
            "estimatedFailedTraces": impact.estimatedFailedTraces.map { .integer($0) } ?? .null,
        ])
    }

    /// What shares and averages are of; `counted` where traces that were looked at stand for others.
    private func value(_ basis: Impact.Basis) -> JSONValue {
        let (kind, counted): (String, Int?) =
            switch basis {
            case .all: ("all", nil)
            case .estimated(let counted): ("estimated", counted)
            case .estimatedOfPart(let counted): ("estimatedOfPart", counted)
            case .failuresFirst: ("failuresFirst", nil)
            }
        return .fields(["kind": .string(kind), "counted": counted.map { .integer($0) } ?? .null])
    }

    private func value(_ affected: Impact.Affected) -> JSONValue {
        .fields([
            "kind": .string(affected.kind.rawValue), "name": .string(affected.name),
            "number": affected.number.map { .integer($0) } ?? .null, "url": .optional(affected.url),
            "traceId": .optional(affected.traceID?.description), "outcome": .string(affected.outcome),
            "branch": .optional(affected.branch), "startedBy": .optional(affected.startedBy),
            "lostSeconds": .optional(affected.lost?.inSeconds),
        ])
    }

    private func value(_ part: Impact.DurationPart) -> JSONValue {
        .fields([
            "kind": .string(part.kind.rawValue), "name": part.name.isEmpty ? .null : .string(part.name),
            "averageSeconds": .number(part.average.inSeconds), "share": .number(part.share),
        ])
    }

    private func value(_ builds: Impact.Builds) -> JSONValue {
        .fields([
            "total": .integer(builds.total), "failed": .integer(builds.failed), "stopped": .integer(builds.stopped),
            "running": .integer(builds.running), "slow": .integer(builds.slow),
            "lostSeconds": .number(builds.lost.inSeconds),
        ])
    }

    private func value(_ spot: Impact.Spot) -> JSONValue {
        .fields([
            "lostBuilds": .integer(spot.lostBuilds), "lostSeconds": .number(spot.lost.inSeconds),
            "builds": .integer(spot.builds), "failedBuilds": .integer(spot.failedBuilds),
            "failureRate": .optional(spot.failureRate), "onDemandBuilds": .integer(spot.onDemandBuilds),
            "onDemandFailedBuilds": .integer(spot.onDemandFailedBuilds),
            "onDemandFailureRate": .optional(spot.onDemandFailureRate),
            "unplacedBuilds": .integer(spot.unplacedBuilds),
        ])
    }
}
