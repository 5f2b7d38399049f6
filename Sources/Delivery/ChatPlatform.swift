/// Where a message goes, which decides how an answer is read.
package enum ChatPlatform: String, CaseIterable, Hashable, Sendable {
    /// A Slack incoming webhook. Answers in plain text.
    case slackWebhook
    /// A method of Slack's Web API, like `chat.postMessage`. Answers 200 also when it fails.
    case slackWebAPI
    /// A Workflows (Power Automate) URL of Microsoft Teams. Answers before anything is delivered.
    case teamsWorkflow

    /// As it is called in sentences.
    package var name: String {
        switch self {
        case .slackWebhook, .slackWebAPI: "Slack"
        case .teamsWorkflow: "Teams"
        }
    }
}
