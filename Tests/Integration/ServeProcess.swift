import HTTPTransport
import Lab
import TestSupport

/// `sabueso serve` as a process of its own, looking at a lab and telling its chats.
struct ServeProcess: Sendable {
    static let bearerToken = "for-tests-only"

    static let signingSecret = "for-tests-only-too"

    enum Slack { case webhook, bot }

    let port: Int
    private let process: ChildProcess

    /// - Parameters:
    ///   - folder: holds the configuration and the journal; the same folder again carries on where it stopped.
    ///   - slack: how it talks to Slack.
    ///   - database: the address of the PostgreSQL database that its journal is in; without one it is a file in the folder.
    init(
        port: Int, folder: TemporaryFolder, lab: LabAddress, slack: Slack = .webhook, database: String? = nil
    ) throws {
        self.port = port
        try folder.write(Self.bearerToken, to: "token")
        try folder.write(lab.slackWebhook, to: "slack")
        try folder.write(lab.teamsWorkflow, to: "teams")
        try folder.write(SlackSettings.standardToken, to: "bot")
        try folder.write(Self.signingSecret, to: "signing")
        let bot = "bot_token_file: bot, channel: \"#on-call\", api_url: \(lab.slackAPI)"
        let config = try folder.write(
            """
            server: {host: 127.0.0.1, port: \(port), authorization: {bearer_file: token}}
            journal: {\(database == nil ? "path: \(folder.path("journal.sqlite"))" : #"url: "${JOURNAL_URL}""#)}
            tempo: {url: \(lab.tempo)}
            loki: {url: \(lab.loki)}
            kubernetes: {url: \(lab.kubernetes)}
            grafana: {url: http://grafana.example.com, datasources: {tempo: tempo, loki: loki}}
            receivers:
              - {name: slack, slack: {\(slack == .webhook ? "webhook_url_file: slack" : bot)}}
              - {name: teams, teams: {workflow_url_file: teams}}
            commands: {slack: {signing_secret_file: signing}}
            shutdown_grace: 5s
            """, to: "sabueso.yaml")
        process = try ChildProcess(
            try BuiltProgram.path(), ["serve", "--config", config],
            environment: database.map { ["JOURNAL_URL": $0] } ?? [:])
    }

    /// Returns as soon as it can take a notification.
    func isReady(_ http: any HTTPClient) async throws {
        _ = try await eventually("sabueso serve is ready; it said:\n\(log)") {
            guard process.isRunning else { throw TestFailure("sabueso serve ended: \(log)") }
            let answer = try? await http.send(HTTPRequest(url: "http://127.0.0.1:\(port)/readyz"))
            return answer?.status == 200 ? true : nil
        }
    }

    func post(_ body: [UInt8], _ http: any HTTPClient) async throws -> HTTPResponse {
        try await http.send(
            HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(port)/webhooks/alertmanager",
                headers: [
                    HTTPHeader("Content-Type", "application/json"),
                    HTTPHeader("Authorization", "Bearer \(Self.bearerToken)"),
                ], body: body))
    }

    /// What Slack sends to an app.
    func send(
        _ call: SlackCall, to path: String, _ http: any HTTPClient
    ) async throws -> HTTPResponse {
        try await http.send(
            HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(port)\(path)", headers: call.headers,
                body: [UInt8](call.body.utf8)))
    }

    func page(_ path: String, _ http: any HTTPClient) async throws -> String {
        try await http.send(HTTPRequest(url: "http://127.0.0.1:\(port)\(path)")).text
    }

    func terminate() { process.terminate() }

    /// - Returns: its exit code.
    func stop() async -> Int32 { await process.stop() }

    func kill() async { await process.kill() }

    var log: String { process.text }
}
