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

    @Test func `every figure is a gauge in base units, by service`() {
        let metrics = RecordedMetrics()
        DiagnosisMetrics(factory: metrics).record(Self.diagnosis(["jenkins"], Self.impact))
        #expect(
            metrics.meters.compactMapValues { $0["jenkins"] } == [
                "sabueso_build_lost_seconds": 600, "sabueso_builds_failed": 10, "sabueso_builds_slow": 2,
                "sabueso_error_correlation_ratio": 0.9, "sabueso_on_demand_build_failure_ratio": 0.25,
                "sabueso_spot_build_failure_ratio": 0.25, "sabueso_spot_build_lost_seconds": 90,
                "sabueso_spot_builds_lost": 3, "sabueso_spot_impact_ratio": 0.3,
                "sabueso_trace_duration_average_seconds": 2.5, "sabueso_trace_queue_ratio": 0.2,
                "sabueso_trace_success_ratio": 0.75, "sabueso_traces_failures_first": 0,
            ])
    }

    private static func parts(_ names: [String]) -> Impact {
        Impact(
            traces: 1,
            durationParts: names.map { .init(.stage, $0, average: .seconds(2), share: 1 / Double(names.count)) })
    }

    @Test func `the parts of the average duration are gauges, and one that is gone is not a number`() {
        let metrics = RecordedMetrics()
        let recorder = DiagnosisMetrics(factory: metrics)
        recorder.record(Self.diagnosis(["jenkins"], Self.impact))
        #expect(metrics.meters["sabueso_trace_part_ratio"] == ["stage Test jenkins": 0.8, "queue  jenkins": 0.2])
        #expect(
            metrics.meters["sabueso_trace_part_average_seconds"] == ["stage Test jenkins": 2, "queue  jenkins": 0.5])
        recorder.record(Self.diagnosis(["jenkins"], Self.parts(["Build"])))
        let ratios = metrics.meters["sabueso_trace_part_ratio"] ?? [:]
        #expect(ratios["stage Test jenkins"]?.isNaN == true && ratios["stage Build jenkins"] == 1)
    }

    @Test func `however often stages are renamed, the series of a service are bounded, and names are one line`() {
        let metrics = RecordedMetrics()
        let recorder = DiagnosisMetrics(factory: metrics)
        for number in 0..<100 { recorder.record(Self.diagnosis(["jenkins"], Self.parts(["s\r\n\(number)", "t"]))) }
        let ratios = metrics.meters["sabueso_trace_part_ratio"] ?? [:]
        #expect(ratios.count == DiagnosisMetrics.mostParts + 1)
        #expect(ratios["stage t jenkins"] == 0.5 && ratios["(others) (others) jenkins"] == 0.5)
        #expect(ratios.keys.allSatisfy { !$0.contains("\n") && !$0.contains("\r\n") })
    }

    @Test func `shares and averages of a sample with the failing traces first are not given as those of all`() {
        let metrics = RecordedMetrics()
        var impact = Self.impact
        impact.basis = .failuresFirst
        DiagnosisMetrics(factory: metrics).record(Self.diagnosis(["jenkins"], impact))
        let told = metrics.meters.compactMapValues { $0["jenkins"] }
        for name in [
            "sabueso_trace_success_ratio", "sabueso_trace_duration_average_seconds", "sabueso_trace_queue_ratio",
            "sabueso_spot_build_failure_ratio", "sabueso_on_demand_build_failure_ratio",
        ] { #expect(told[name]?.isNaN == true, "\(name)") }
        #expect(told["sabueso_traces_failures_first"] == 1 && told["sabueso_spot_builds_lost"] == 3)
        #expect(metrics.meters["sabueso_trace_part_ratio"] == nil)
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
