import Telemetry

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

    /// The label that Alloy and the Agent keep the object's namespace in.
    static let namespaceLabel = "namespace"

    /// The lines about objects of these namespaces, and about nodes; all when there are none.
    ///
    /// Wide on purpose: whoever reads the lines looks again.
    func logQL(about namespaces: [String]) -> String {
        let names = namespaces.filter { !$0.isEmpty }
        guard !names.isEmpty else { return selector }
        let pattern = names.map(QuotedText.regularExpression).joined(separator: "|")
        switch format {
        // A stream without the label, about a node or renamed on its way, matches as well.
        case .alloy: return selector + " | \(Self.namespaceLabel)=~" + LogQL.quoted("|\(pattern)")
        case .exporter, .fluentBit:
            let places = #""namespace": ?"(\#(pattern))"|"kind": ?"Node""#
            return selector + " |~ " + LogQL.quoted(places)
        }
    }
}
