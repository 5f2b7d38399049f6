import Alerts
import Languages
import RootCause
import Telemetry

/// The payment gateway answers 502; the checkout in front of it fails with it.
enum DependencyFailureIncident {
    static let alert = AlertGroup(
        status: .firing, receiver: "sabueso", groupKey: "{}:{alertname=\"HighTraceErrorRate\"}",
        groupLabels: ["alertname": "HighTraceErrorRate", "service_name": "checkout"],
        commonLabels: ["alertname": "HighTraceErrorRate", "service_name": "checkout", "severity": "warning"],
        commonAnnotations: ["runbook_url": "https://runbooks.example.com/HighTraceErrorRate"],
        externalURL: "http://alertmanager:9093",
        alerts: [
            Alert(
                status: .firing,
                labels: ["alertname": "HighTraceErrorRate", "service_name": "checkout", "severity": "warning"],
                startsAt: Instant.at("09:44:00"), fingerprint: "a1")
        ])

    static let diagnosis = Diagnosis(
        scope: Scope(services: ["checkout"]), window: Instant.window("09:34:00", "09:48:00"),
        baseline: Instant.window("08:34:00", "09:34:00"), onset: Instant.at("09:42:10"),
        hypotheses: [
            Hypothesis(
                cause: .dependencyFailure, subject: .init(.service, "payments-gateway"), confidence: 0.81,
                statement:
                    "`POST /pay` of payments-gateway answers 502 to 118 of 121 calls; before, 2 of 3,100 failed.",
                evidence: [
                    Finding(
                        .traces, at: Instant.at("09:42:10"),
                        text: "118 of 124 failing traces end in `POST /pay` of payments-gateway", weight: 2.6,
                        reference: .trace(TraceID(high: 1, low: 2), span: SpanID(3))),
                    Finding(
                        .logs, at: Instant.at("09:42:11"), text: "new log line: upstream connect error, 118 times",
                        weight: 1.2, reference: .logsOfService("payments-gateway")),
                    Finding(.traces, text: "checkout itself takes no longer than before (12 ms)", weight: 0.5),
                ],
                recommendations: [
                    "Look at payments-gateway and what it calls: bank-api is outside our traces.",
                    "Check whether bank-api has announced an outage.",
                ]),
            Hypothesis(
                cause: .badDeploy, subject: .init(.service, "payments-gateway"), confidence: 0.22,
                statement: "payments-gateway runs version 2.8.1 since 07:10.", evidence: [], recommendations: []),
        ],
        suspects: [
            Suspect(kind: .service, name: "payments-gateway", service: "payments-gateway", score: 0.81),
            Suspect(kind: .service, name: "checkout", service: "checkout", score: 0.2),
        ],
        timeline: [
            TimelineEntry(
                at: Instant.at("09:42:10"), source: .traces, text: "first failing `POST /pay` of payments-gateway"),
            TimelineEntry(
                at: Instant.at("09:42:11"), source: .logs, text: "payments-gateway: upstream connect error"),
            TimelineEntry(at: Instant.at("09:42:11"), source: .traces, text: "first failing `POST /checkout`"),
        ],
        impact: Impact(
            basis: .failuresFirst, traces: 412, failedTraces: 124, averageTraceDuration: .milliseconds(840),
            durationParts: [
                .init(.service, "payments-gateway", average: .milliseconds(521), share: 521.0 / 840),
                .init(.service, "checkout", average: .milliseconds(319), share: 319.0 / 840),
            ], errorCorrelationRate: 118.0 / 124, correlatedTraces: 118,
            affected: [
                .init(kind: .service, name: "checkout", outcome: "error"),
                .init(kind: .service, name: "frontend", outcome: "error"),
            ]),
        gaps: [
            Gap(.events, "The Kubernetes API refused the token (401)", isTotal: true),
            Gap(.pods, "The Kubernetes API refused the token (401)", isTotal: true),
            Gap(.nodes, "The Kubernetes API refused the token (401)", isTotal: true),
        ],
        samplings: [
            Sampling(.traces, taken: 412, total: nil), Sampling(.logs, taken: 5000, total: nil),
            Sampling(.metrics, taken: 12, total: nil),
        ],
        keyLines: [
            KeyLine(
                at: Instant.at("09:42:11"),
                text: "[2026-11-22T09:42:11Z] \"POST /pay HTTP/1.1\" 502 UF upstream connect error or disconnect/reset "
                    + "before headers. reset reason: connection failure, transport failure reason: delayed connect "
                    + "error: 111 upstream=bank-api:443", count: 118, service: "payments-gateway")
        ],
        exemplar: Exemplar(
            traceID: TraceID(high: 0x00aa, low: 0xbb), spanID: SpanID(0xcc), service: "payments-gateway",
            operation: "POST /pay", window: Instant.window("09:42:10", "09:42:11")))
}
