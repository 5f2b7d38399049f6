import Backends
import Responder
import Settings

extension Collector {
    /// The live backends that are configured; the others are named as gaps in what is collected.
    init(_ settings: Settings, http: HTTPClients, clock: WallClock) {
        // An answer may be all that the budget allows, but a dozen of them are read at a time.
        let size = min(settings.investigation.budget.bytes, Endpoint.usualMaximumResponseSize)
        let tempo = settings.tempo.map { tempo in
            TempoClient(
                http: http.client(for: tempo.connection, of: "Tempo"), baseURL: tempo.connection.url,
                deadline: tempo.connection.timeout, maximumResponseSize: size, now: clock.now)
        }
        let loki = settings.loki.map { loki in
            LokiClient(
                http: http.client(for: loki.connection, of: "Loki"), baseURL: loki.connection.url,
                deadline: loki.connection.timeout, maximumResponseSize: size)
        }
        let kubernetes = settings.kubernetes?.access.map { access in
            KubernetesClient(http: http.client(for: access), baseURL: access.url, deadline: access.timeout)
        }
        let prometheus = settings.prometheus.map { prometheus in
            PrometheusClient(
                http: http.client(for: prometheus.connection, of: "Prometheus"), baseURL: prometheus.connection.url,
                deadline: prometheus.connection.timeout, maximumResponseSize: size)
        }
        self.init(
            traces: tempo, logs: loki, cluster: kubernetes, metrics: prometheus,
            shippedEvents: settings.kubernetes?.eventsFromLoki,
            budget: Budget(settings.investigation.budget),
            logFields: settings.loki.map { LogFieldMapping($0) } ?? LogFieldMapping(),
            metricPlan: settings.prometheus.map { MetricPlan(queries: $0.queries, minimumStep: $0.minimumStep) }
                ?? MetricPlan(), clock: ContinuousClock())
    }
}

extension Budget {
    fileprivate init(_ budget: Settings.Investigation.Budget) {
        self.init(
            spans: budget.spans, logLines: budget.logLines, metricSamples: budget.metricSamples, bytes: budget.bytes,
            time: budget.deadline)
    }
}

extension LogFieldMapping {
    fileprivate init(_ loki: Settings.Loki) {
        let labels = loki.labels
        self.init(
            service: labels.service, namespace: labels.namespace, pod: labels.pod,
            traceID: loki.traceID.place == .metadata ? .metadata(name: loki.traceID.name) : .text)
    }
}
