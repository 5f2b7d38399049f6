import Languages
import Reporting
import Settings

extension SummaryBuilder {
    init(_ settings: Settings, zone: ClockZone = .utc, language: Language = .english) {
        self.init(
            grafana: settings.grafana.map { GrafanaLinks($0, settings.loki) }, runbooks: settings.runbooksURL,
            ownPages: settings.server.publicURL, zone: zone, language: language)
    }

    /// In the receiver's language and time zone.
    init(_ settings: Settings, for receiver: Settings.Receiver) {
        self.init(settings, zone: ClockZone(receiver.timeZone), language: receiver.language)
    }
}

extension GrafanaLinks {
    fileprivate init(_ grafana: Settings.Grafana, _ loki: Settings.Loki?) {
        let labels = loki?.labels ?? Settings.Loki.Labels()
        self.init(
            root: grafana.url, organisation: grafana.organization, tempo: grafana.tempoUID, loki: grafana.lokiUID,
            dashboard: grafana.dashboard.map {
                Dashboard(uid: $0.uid, serviceVariable: $0.serviceVariable, panel: $0.panel)
            },
            labels: LogLabels(
                service: labels.service.first ?? "service_name", namespace: labels.namespace.first ?? "namespace",
                pod: labels.pod.first ?? "pod", trace: LogLabels.TracePlace(loki?.traceID ?? Settings.Loki.TraceID())))
    }
}

extension GrafanaLinks.LogLabels.TracePlace {
    fileprivate init(_ traceID: Settings.Loki.TraceID) {
        self =
            switch traceID.place {
            case .metadata: .metadata(traceID.name)
            case .json: .json(traceID.name)
            case .text: .line
            }
    }
}
