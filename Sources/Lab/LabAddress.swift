/// Where the lab listens.
package struct LabAddress: Hashable, Sendable {
    package let port: Int

    package init(port: Int) { self.port = port }

    /// Base URLs, without a slash at the end, as they are put into the configuration.
    package var tempo: String { base + "/tempo" }
    package var loki: String { base + "/loki" }
    package var kubernetes: String { base + "/kubernetes" }
    package var prometheus: String { base + "/prometheus" }
    package var grafana: String { base + "/grafana" }
    package var alertmanager: String { base + "/alertmanager" }

    /// An incoming webhook; its secret part is made up.
    package var slackWebhook: String { base + "/slack/services/T00000000/B00000000/lab" }
    /// Slack's Web API, without the method.
    package var slackAPI: String { base + "/slack/api" }
    package var teamsWorkflow: String { base + "/teams/workflows/lab/triggers/manual/paths/invoke?sig=lab" }

    private var base: String { "http://127.0.0.1:\(port)" }
}
