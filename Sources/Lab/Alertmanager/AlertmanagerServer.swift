import Scenarios

/// Alertmanager's page about itself, with its configuration as one text.
///
/// Source: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
struct AlertmanagerServer: Sendable {
    private let configuration: String

    init(_ configuration: LabConfiguration) {
        self.configuration = configuration.alertmanagerConfiguration
    }

    func answer(_ request: LabRequest) -> LabAnswer {
        switch request.path {
        case "/-/ready": .text(200, "OK")
        case "/api/v2/status":
            .json([
                "cluster": ["peers": [], "status": "disabled"], "config": ["original": .string(configuration)],
                "uptime": "2026-01-01T00:00:00.000Z",
                "versionInfo": [
                    "branch": "lab", "buildDate": "", "buildUser": "", "goVersion": "", "revision": "lab",
                    "version": "0.25.0",
                ],
            ])
        default: .unknownPath
        }
    }
}
