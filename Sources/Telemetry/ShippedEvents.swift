/// Where Kubernetes' events were sent to Loki, which remembers them longer than the API server's hour.
package struct ShippedEvents: Hashable, Sendable {
    /// How a line tells its event, after who writes it.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// The Kubernetes event exporter: the event as JSON, with more about its object.
        case exporter
        /// Grafana Alloy's `loki.source.kubernetes_events` and the Agent's `eventhandler`: logfmt or JSON, with the
        /// object's namespace as a label and the event's time as the line's.
        case alloy
        /// Fluent Bit's input `kubernetes_events`: the event as JSON, as the API server tells it.
        case fluentBit = "fluent-bit"
    }

    /// Of the streams that hold events and nothing else: `{job="kubernetes-events"}`. Trusted: it is configured.
    package var selector: String
    package var format: Format

    package init(selector: String, format: Format) {
        self.selector = selector
        self.format = format
    }
}
