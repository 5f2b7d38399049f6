package import Metrics
import RootCause
import Synchronization
import Telemetry

/// The figures of each service's last investigation, as metrics of this service.
///
/// Gauges, because each investigation looks at a window of its own, and windows overlap: sums over them would count the
/// same build twice. The label is the service, and of those no more than `mostServices` get a series of their own; the
/// parts of the average duration are a series each, `mostParts` of a service at most.
///
/// Shares and averages are those of all traces of the window, or an estimate of them. Where only a sample with the
/// failing traces first is known, they are not a number, and `sabueso_traces_failures_first` is 1.
///
/// Names follow https://prometheus.io/docs/practices/naming/: base units at the end, shares as ratios.
package final class DiagnosisMetrics: Sendable {
    /// A series each, of every figure, as long as the process lives.
    static let mostServices = 100
    /// Parts of the average duration that a service has ever had: pipelines are renamed, and a series stays.
    static let mostParts = 10
    /// In the place of the services that are too many, and of the parts.
    static let others = "(others)"
    /// Prometheus stores a label's value with every series; nobody's service has a longer name.
    private static let longestName = 120

    private let factory: any MetricsFactory
    /// By service, the parts that have a series.
    private let services = Mutex<[String: Set<Part>]>([:])

    /// A part of the average duration, as labels.
    private struct Part: Hashable {
        let kind: String
        let name: String
    }

    package init(factory: any MetricsFactory) {
        self.factory = factory
    }

    func record(_ diagnosis: Diagnosis) {
        let label = label(for: diagnosis)
        for (name, value) in Self.figures(of: diagnosis.impact) {
            // What this investigation does not know is not what the one before it knew.
            Meter(label: name, dimensions: [("service", label)], factory: factory).set(value ?? .nan)
        }
        record(Self.isBiased(diagnosis.impact) ? [] : diagnosis.impact.durationParts, of: label)
    }

    /// Where the average trace's time goes; a part that this investigation does not have is not a number.
    private func record(_ parts: [Impact.DurationPart], of service: String) {
        var values: [Part: (seconds: Double, share: Double)] = [:]
        services.withLock { services in
            var known = services[service] ?? []
            for part in parts {
                let own = Part(kind: part.kind.rawValue, name: part.name.printableLine(atMost: Self.longestName))
                let hasSeries = known.contains(own) || known.count < Self.mostParts
                let label = hasSeries ? own : Part(kind: Self.others, name: Self.others)
                known.insert(label)
                values[label, default: (0, 0)].seconds += part.average.inSeconds
                values[label, default: (0, 0)].share += part.share
            }
            services[service] = known
            for part in known where values[part] == nil { values[part] = (.nan, .nan) }
        }
        for (part, value) in values {
            let labels = [("kind", part.kind), ("part", part.name), ("service", service)]
            Meter(label: "sabueso_trace_part_average_seconds", dimensions: labels, factory: factory).set(value.seconds)
            Meter(label: "sabueso_trace_part_ratio", dimensions: labels, factory: factory).set(value.share)
        }
    }

    /// Whether shares and averages are those of a sample with the failing traces first.
    private static func isBiased(_ impact: Impact) -> Bool { impact.basis == .failuresFirst }

    /// Every figure, in the order of the names; nil where it is not known.
    static func figures(of impact: Impact) -> [(name: String, value: Double?)] {
        let queue = impact.durationParts.first { $0.kind == .queue }
        let ofAll: (Double?) -> Double? = { isBiased(impact) ? nil : $0 }
        return [
            ("sabueso_build_lost_seconds", impact.builds?.lost.inSeconds),
            ("sabueso_builds_failed", impact.builds.map { Double($0.failed) }),
            ("sabueso_builds_slow", impact.builds.map { Double($0.slow) }),
            ("sabueso_error_correlation_ratio", impact.errorCorrelationRate),
            ("sabueso_on_demand_build_failure_ratio", ofAll(impact.spot?.onDemandFailureRate)),
            ("sabueso_spot_build_failure_ratio", ofAll(impact.spot?.failureRate)),
            ("sabueso_spot_build_lost_seconds", impact.spot?.lost.inSeconds),
            ("sabueso_spot_builds_lost", impact.spot.map { Double($0.lostBuilds) }),
            ("sabueso_spot_impact_ratio", impact.spotImpact),
            ("sabueso_trace_duration_average_seconds", ofAll(impact.averageTraceDuration?.inSeconds)),
            ("sabueso_trace_queue_ratio", ofAll(impact.builds == nil ? nil : queue?.share ?? 0)),
            ("sabueso_trace_success_ratio", ofAll(impact.traceSuccessRate)),
            ("sabueso_traces_failures_first", isBiased(impact) ? 1 : 0),
        ]
    }

    /// The first service of the scope: an investigation has one in nearly all cases.
    private func label(for diagnosis: Diagnosis) -> String {
        guard let name = diagnosis.scope.services.min(), !name.isEmpty, name.utf8.count <= Self.longestName else {
            return Self.others
        }
        return services.withLock { known in
            if known[name] != nil { return name }
            guard known.count < Self.mostServices else { return Self.others }
            known[name] = []
            return name
        }
    }
}
