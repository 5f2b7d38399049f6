import RootCause
import Telemetry
import Testing

@testable import Responder

/// The figures of the last investigations, as Prometheus reads them.
@Suite struct DiagnosisMetricsTests {
    private static func diagnosis(_ services: [String], _ impact: Impact = Impact()) -> Diagnosis {
        let window = TimeWindow(start: Timestamp(seconds: 1000), end: Timestamp(seconds: 2000))
        return Diagnosis(
            scope: Scope(services: services), window: window, baseline: window, hypotheses: [], impact: impact)
    }

    private static let impact = Impact(
        traces: 40, failedTraces: 10, averageTraceDuration: .milliseconds(2500),
        durationParts: [
            .init(.stage, "Test", average: .seconds(2), share: 0.8),
            .init(.queue, average: .milliseconds(500), share: 0.2),
        ], errorCorrelationRate: 0.9, correlatedTraces: 9, spotImpact: 0.3,
        spot: .init(
            lostBuilds: 3, lost: .seconds(90), builds: 12, failedBuilds: 3, onDemandBuilds: 28, onDemandFailedBuilds: 7),
        builds: .init(total: 40, failed: 10, slow: 2, lost: .seconds(600)))

    @Test func `every figure is a gauge in base units, with the service as its only label`() {
        let metrics = RecordedMetrics()
        DiagnosisMetrics(factory: metrics).record(Self.diagnosis(["jenkins"], Self.impact))
        #expect(
            metrics.meters.mapValues { $0["jenkins"] } == [
                "sabueso_build_lost_seconds": 600, "sabueso_builds_failed": 10, "sabueso_builds_slow": 2,
                "sabueso_error_correlation_ratio": 0.9, "sabueso_on_demand_build_failure_ratio": 0.25,
                "sabueso_spot_build_failure_ratio": 0.25, "sabueso_spot_build_lost_seconds": 90,
                "sabueso_spot_builds_lost": 3, "sabueso_spot_impact_ratio": 0.3,
                "sabueso_trace_duration_average_seconds": 2.5, "sabueso_trace_queue_ratio": 0.2,
                "sabueso_trace_success_ratio": 0.75,
            ])
    }

    @Test func `what an investigation does not know is not a number, whatever the one before it knew`() {
        let metrics = RecordedMetrics()
        let recorder = DiagnosisMetrics(factory: metrics)
        recorder.record(Self.diagnosis(["jenkins"], Self.impact))
        recorder.record(Self.diagnosis(["jenkins"]))
        #expect(metrics.meters["sabueso_trace_success_ratio"]?["jenkins"]?.isNaN == true)
        #expect(metrics.meters["sabueso_spot_builds_lost"]?["jenkins"]?.isNaN == true)
    }

    @Test func `however many services there are, the series are bounded`() {
        let metrics = RecordedMetrics()
        let recorder = DiagnosisMetrics(factory: metrics)
        for number in 0..<1000 { recorder.record(Self.diagnosis(["service-\(number)"], Self.impact)) }
        recorder.record(Self.diagnosis([]))
        recorder.record(Self.diagnosis([String(repeating: "x", count: 5000)]))
        let series = metrics.meters["sabueso_trace_success_ratio"] ?? [:]
        #expect(series.count == DiagnosisMetrics.mostServices + 1)
        #expect(series["service-0"] == 0.75 && series["service-999"] == nil && series["(others)"] != nil)
    }
}
