import HTTPTransport
import TestSupport

/// A real Alertmanager on loopback with one webhook receiver.
struct AlertmanagerServer: Sendable {
    let port: Int
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// - Parameter webhookPort: where `sabueso serve` listens, or will.
    init(webhookPort: Int, bearerToken: String) throws {
        port = try FreePort.pick()
        folder = try TemporaryFolder()
        try folder.write(
            """
            route: {receiver: sabueso, group_by: [alertname, service_name], group_wait: 1s, group_interval: 2s}
            receivers:
              - name: sabueso
                webhook_configs:
                  - url: http://127.0.0.1:\(webhookPort)/webhooks/alertmanager
                    send_resolved: true
                    http_config: {authorization: {type: Bearer, credentials: \(bearerToken)}}
            """, to: "alertmanager.yml")
        process = try ChildProcess(
            "prometheus-alertmanager",
            [
                "--config.file=\(folder.path("alertmanager.yml"))", "--storage.path=\(folder.path("data"))",
                "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
            ])
    }

    /// The value of one of its own metrics, summed over the webhook's series; nil while it does not answer.
    func metric(_ name: String, _ http: any HTTPClient) async -> Double? {
        guard let page = try? await http.send(HTTPRequest(url: "http://127.0.0.1:\(port)/metrics")) else { return nil }
        let lines = page.text.split(separator: "\n").filter {
            $0.hasPrefix("\(name){") && $0.contains("integration=\"webhook\"")
        }
        return lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }

    func terminate() { process.terminate() }

    var log: String { process.text }
}
