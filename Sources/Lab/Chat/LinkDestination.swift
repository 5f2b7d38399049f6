import FoundationEssentials
import Scenarios

/// Where a link of a message leads, in words: for people who have no Grafana at hand to follow it.
package enum LinkDestination {
    /// "Grafana Explore: trace 4bf9…, at span 00f0…"; for other addresses the address without its query.
    package static func describe(_ url: String) -> String {
        guard let parts = URLComponents(string: url) else { return url }
        let place = "\(parts.host ?? "")\(parts.path)"
        guard let text = parts.queryItems?.first(where: { $0.name == "panes" })?.value,
            let panes = try? JSONDecoder().decode([String: Pane].self, from: Data(text.utf8))
        else { return place }
        let shown = panes.sorted { $0.key < $1.key }.flatMap { pane in
            pane.value.queries.map { describe($0, span: pane.value.panelsState?.trace?.spanId) }
        }
        return "Grafana Explore: " + shown.joined(separator: " | ")
    }

    private static func describe(_ query: Query, span: String?) -> String {
        if let expression = query.expr { return "logs \(expression)" }
        guard let traceQL = query.query else { return "an empty query" }
        guard traceQL.allSatisfy(\.isHexDigit) else { return "traces \(traceQL)" }
        return "trace \(traceQL)" + (span.map { ", at span \($0)" } ?? "")
    }

    private struct Pane: Decodable {
        let queries: [Query]
        let panelsState: State?
    }

    private struct Query: Decodable {
        let query: String?
        let expr: String?
    }

    private struct State: Decodable {
        let trace: TraceState?
    }

    private struct TraceState: Decodable {
        let spanId: String?
    }
}
