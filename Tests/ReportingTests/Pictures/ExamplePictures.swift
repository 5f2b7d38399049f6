import Reporting
import RootCause
import Telemetry
import Testing

/// Courses and traces as incidents show them, one for each way in which a chart is drawn.
enum ExamplePicture: String, CaseIterable, CustomTestStringConvertible {
    case fewFailures = "few-failures"
    case failingShare = "failing-share"
    case latency
    case traffic
    case traceOnly = "trace-only"

    var testDescription: String { rawValue }

    static let zone = ClockZone { _ in .init(abbreviation: "CET", secondsEastOfUTC: 3600) }
    private static let start = Timestamp(seconds: 1_795_356_000)

    var data: PictureData {
        switch self {
        case .fewFailures:
            PictureData(
                course: Course(
                    kind: .builds, measure: .failures, start: Self.start, step: .seconds(300),
                    parts: [(4, 0), (9, 0), (7, 0), (9, 0), (8, 0), (6, 3), (5, 2)].map {
                        .init(total: $0.0, failed: $0.1)
                    },
                    usual: .init(total: 6, failedShare: 0.012), onset: Self.start + .seconds(1502),
                    marks: [.init(at: Self.start + .seconds(1481), cause: .spotEviction)]), outline: Self.build)
        case .failingShare:
            PictureData(
                course: Course(
                    kind: .traces, measure: .failures, start: Self.start, step: .seconds(120),
                    parts: (0..<20).map { .init(total: 200 + $0 * 3, failed: $0 < 12 ? 1 : 20 + $0) },
                    usual: .init(total: 210, failedShare: 0.005), onset: Self.start + .seconds(1450)),
                outline: Self.requests)
        case .latency:
            PictureData(
                course: Course(
                    kind: .requests, measure: .duration, service: "ts-order-service", start: Self.start,
                    step: .seconds(60),
                    parts: (0..<24).map { part in
                        // In one part nothing was measured.
                        part == 17
                            ? .init(total: 0, failed: 0)
                            : .init(
                                total: 12, failed: 0,
                                slow: .milliseconds(part < 14 ? 180 + part % 3 * 20 : 2300 + part * 40))
                    }, usual: .init(total: 12, failedShare: 0, slow: .milliseconds(190)),
                    onset: Self.start + .seconds(845),
                    isSample: true))
        case .traffic:
            PictureData(
                course: Course(
                    kind: .requests, measure: .volume, service: "storefront", start: Self.start, step: .seconds(60),
                    parts: (0..<30).map { .init(total: $0 < 20 ? 40 + $0 % 4 : 410 - $0, failed: 0) },
                    usual: .init(total: 41.5, failedShare: 0), onset: Self.start + .seconds(1203)))
        case .traceOnly: PictureData(outline: Self.requests)
        }
    }

    private static func row(
        _ service: String, _ name: String, _ level: Int, _ start: Int, _ duration: Int, failed: Bool = false,
        focus: Bool = false, reason: String? = nil
    ) -> TraceOutline.Row {
        .init(
            name: name, service: service, level: level, start: .milliseconds(start), duration: .milliseconds(duration),
            isFailed: failed, isFocus: focus, reason: reason)
    }

    private static let build = TraceOutline(
        traceID: TraceID(high: 1, low: 2), start: start, duration: .seconds(312), spans: 41,
        rows: [
            row("jenkins-master", "BUILD payments/main", 0, 0, 312_000, failed: true),
            row("jenkins-master", "Phase: Run", 1, 900, 311_000),
            row("jenkins-master", "Stage: Build", 2, 19_000, 190_000),
            row("jenkins-master", "Stage: Test", 2, 210_000, 101_000, failed: true),
            row(
                "jenkins-master", "mvn -B verify", 3, 211_000, 100_000, failed: true, focus: true,
                reason: "org.jenkinsci.plugins.workflow.steps.FlowInterruptedException: the agent was removed"),
        ])

    private static let requests = TraceOutline(
        traceID: TraceID(high: 1, low: 3), start: start, duration: .milliseconds(2104), spans: 6,
        rows: [
            row("storefront", "POST /checkout", 0, 0, 2104, failed: true),
            row("storefront", "POST", 1, 9, 2090, failed: true),
            row("checkout", "POST /checkout", 2, 12, 2080, failed: true),
            row("checkout", "GET", 3, 14, 20),
            row(
                "payments-gateway-for-the-northern-region", "POST /pay/{customer}/{order}/confirmation", 3, 40, 2040,
                failed: true, focus: true, reason: "502"),
            row("mail", "queue receipt", 1, 2099, 2),
        ])
}
