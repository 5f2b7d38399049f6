import Telemetry

extension ShippedEvents {
    /// The label that Alloy and the Agent keep the object's namespace in.
    static let namespaceLabel = "namespace"

    /// The lines about objects of these namespaces, and about nodes; all when there are none.
    ///
    /// Wide on purpose: whoever reads the lines looks again.
    func logQL(about namespaces: [String]) -> String {
        let names = namespaces.filter { !$0.isEmpty }
        guard !names.isEmpty else { return selector }
        let pattern = QuotedText.regularExpression(anyOf: names)
        switch format {
        // A stream without the label, about a node or renamed on its way, matches as well.
        case .alloy: return selector + " | \(Self.namespaceLabel)=~" + LogQL.quoted("|\(pattern)")
        case .exporter, .fluentBit:
            let places = #""namespace": ?"(\#(pattern))"|"kind": ?"Node""#
            return selector + " |~ " + LogQL.quoted(places)
        }
    }
}
