import Reporting

/// What Slack sends in JSON, as far as it is read.
///
/// Source: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload and
/// https://docs.slack.dev/reference/events/app_mention
struct SlackInteraction: Decodable {
    struct User: Decodable {
        let id: String
        let username: String?
        let name: String?
    }

    struct Action: Decodable {
        let action_id: String?
        let value: String?
    }

    struct Container: Decodable {
        let channel_id: String?
        let message_ts: String?
        let thread_ts: String?
    }

    let type: String
    let user: User
    let actions: [Action]?
    let container: Container?
    let response_url: String?
}

struct SlackEventEnvelope: Decodable {
    struct Event: Decodable {
        let type: String
        let user: String?
        let text: String?
        let ts: String?
        let thread_ts: String?
        let channel: String?
        let bot_id: String?
        let subtype: String?
    }

    let type: String
    let challenge: String?
    let event_id: String?
    let event: Event?
}

/// A text as people typed it.
enum SlackTyped {
    /// Without the name of the bot at its beginning, and with Slack's three escapes taken back.
    static func text(ofMention text: String) -> String {
        var text = text.trimmingPrefix(while: \.isWhitespace)
        if text.hasPrefix("<@"), let end = text.firstIndex(of: ">") { text = text[text.index(after: end)...] }
        return SlackText.unescaped(text.unicodeScalars)
    }
}
