import Alerts
import Languages
import RootCause
import Telemetry
import Testing

@testable import Reporting

/// What the alert says of itself.
@Suite struct AlertTextTests {
    private func terminal(_ cause: Cause, _ confidence: Double, annotations: [String: String]) -> String {
        let alert = AlertGroup(
            status: .firing, receiver: "r", groupKey: "k", commonAnnotations: annotations,
            alerts: [
                Alert(
                    status: .firing, labels: ["alertname": "Late"], startsAt: Timestamp(seconds: 10), fingerprint: "a")
            ])
        let window = TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(seconds: 100))
        let diagnosis = Diagnosis(
            scope: Scope(), window: window, baseline: window,
            hypotheses: [
                Hypothesis(
                    cause: cause, subject: .init(.service, "shop"), confidence: confidence, statement: "It is so.",
                    evidence: [], recommendations: [])
            ])
        let summary = SummaryBuilder().summary(of: diagnosis, on: SummaryBuilder.Occasion(alert: alert))
        return TerminalRenderer(usesColours: false).text(summary)
    }

    @Test func `it is told while no cause is sure`() {
        let annotations = ["summary": "invoices wait longer than 10 minutes", "description": "more"]
        #expect(terminal(.unknown, 0.9, annotations: annotations).contains("invoices wait longer than 10 minutes"))
        #expect(terminal(.telemetryGap, 0.75, annotations: annotations).contains("invoices wait"))
        #expect(!terminal(.latencyRegression, 0.95, annotations: annotations).contains("invoices wait"))
    }

    @Test func `an alert that says nothing leaves no line`() {
        #expect(!terminal(.unknown, 0.9, annotations: ["summary": " "]).contains("Alert "))
    }
}
