import Scenarios

/// The part of Grafana's API that tells what there is: its health, data sources and dashboards by their uids.
///
/// Source: https://grafana.com/docs/grafana/latest/developers/http_api/
struct GrafanaServer: Sendable {
    private let token: String
    private let sources: [LabDataSource]
    private let dashboards: [String]

    init(_ configuration: LabConfiguration) {
        token = configuration.grafanaToken
        sources = configuration.dataSources
        dashboards = configuration.dashboards
    }

    func answer(_ request: LabRequest) -> LabAnswer {
        // Everybody may ask for it.
        if request.path == "/api/health" {
            return .json(["database": "ok", "version": "12.1.0", "commit": "lab"])
        }
        guard request.headers["authorization"] == "Bearer \(token)" else {
            return Self.message(401, request.headers["authorization"] == nil ? "Unauthorized" : "Invalid API key")
        }
        let parts = request.path.split(separator: "/").map(String.init)
        switch (parts.dropLast(max(0, parts.count - 3)), parts.count) {
        case (["api", "datasources", "uid"], 4), (["api", "datasources", "uid"], 5):
            guard let source = sources.first(where: { $0.uid == parts[3] }) else {
                return Self.message(404, "Data source not found")
            }
            guard parts.count == 4 else {
                return parts[4] == "health"
                    ? .json(["status": "OK", "message": "Data source is working"]) : Self.message(404, "Not found")
            }
            return .json([
                "id": 1, "uid": .string(source.uid), "name": .string(source.uid), "type": .string(source.type),
            ])
        case (["api", "dashboards", "uid"], 4):
            guard dashboards.contains(parts[3]) else { return Self.message(404, "Dashboard not found") }
            return .json(["meta": [:], "dashboard": ["uid": .string(parts[3])]])
        default: return Self.message(404, "Not found")
        }
    }

    private static func message(_ status: Int, _ text: String) -> LabAnswer {
        let body: JSON = ["message": .string(text)]
        return LabAnswer(status: status, contentType: "application/json", body: Array(body.compact.utf8))
    }
}
