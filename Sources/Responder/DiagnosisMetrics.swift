package import Metrics
import RootCause
import Synchronization
import Telemetry

/// The figures of each service's last investigation, as metrics of this service.
///
/// Gauges, because each investigation looks at a window of its own, and windows overlap: sums over them would count the
/// same build twice. The only label is the service, and of those no more than `mostServices` get a series of their own.
/// Names follow https://prometheus.io/docs/practices/naming/: base units at the end, shares as ratios.
package final class DiagnosisMetrics: Sendable {
    /// A series each, of every figure, as long as the process lives.
    static let mostServices = 100
    /// In the place of the services that are too many.
    static let others = "(others)"
    /// Prometheus stores a label's value with every series; nobody's service has a longer name.
    private static let longestName = 120

    private let factory: any MetricsFactory
    private let services = Mutex<Set<String>>([])

    package init(factory: any MetricsFactory) {
        self.factory = factory
    }

    func record(_ diagnosis: Diagnosis) {
        let label = label(for: diagnosis)
        for (name, value) in Self.figures(of: diagnosis.impact) {
            // What this investigation does not know is not what the one before it knew.
            Meter(label: name, dimensions: [("service", label)], factory: factory).set(value ?? .nan)
        }
    }

    /// Every figure, in the order of the names; nil where it is not known.
    static func figures(of impact: Impact) -> [(name: String, value: Double?)] {
        let queue = impact.durationParts.first { $0.kind == .queue }
        return [
            ("sabueso_build_lost_seconds", impact.builds?.lost.inSeconds),
            ("sabueso_builds_failed", impact.builds.map { Double($0.failed) }),
            ("sabueso_builds_slow", impact.builds.map { Double($0.slow) }),
            ("sabueso_error_correlation_ratio", impact.errorCorrelationRate),
            ("sabueso_on_demand_build_failure_ratio", impact.spot?.onDemandFailureRate),
            ("sabueso_spot_build_failure_ratio", impact.spot?.failureRate),
            ("sabueso_spot_build_lost_seconds", impact.spot?.lost.inSeconds),
            ("sabueso_spot_builds_lost", impact.spot.map { Double($0.lostBuilds) }),
            ("sabueso_spot_impact_ratio", impact.spotImpact),
            ("sabueso_trace_duration_average_seconds", impact.averageTraceDuration?.inSeconds),
            ("sabueso_trace_queue_ratio", impact.builds == nil ? nil : queue?.share ?? 0),
            ("sabueso_trace_success_ratio", impact.traceSuccessRate),
        ]
    }

    /// The first service of the scope: an investigation has one in nearly all cases.
    private func label(for diagnosis: Diagnosis) -> String {
        guard let name = diagnosis.scope.services.min(), !name.isEmpty, name.utf8.count <= Self.longestName else {
            return Self.others
        }
        return services.withLock { known in
            if known.contains(name) { return name }
            guard known.count < Self.mostServices else { return Self.others }
            known.insert(name)
            return name
        }
    }
}
