import HTTPTransport

/// Holds conversations in one channel of Slack with an app's bot token: posts, edits, answers in threads, pictures.
///
/// Source: https://docs.slack.dev/reference/methods/chat.postMessage and `chat.update`
package struct SlackBotSender: ChatSender {
    private let api: SlackAPI
    private let channel: String
    private let pacing: any Pacing
    private let pictures: (any PictureRendering)?

    /// - Parameters:
    ///   - channel: its id (`C0123456789`), or its name as `#on-call`.
    ///   - pacing: of the channel; receivers that post to the same channel share one.
    ///   - pictures: makes PNG of SVG; nil where no pictures are sent.
    package init(api: SlackAPI, channel: String, pacing: any Pacing, pictures: (any PictureRendering)? = nil) {
        self.api = api
        self.channel = channel
        self.pacing = pacing
        self.pictures = pictures
    }

    package func send(_ post: ChatPost) async -> DeliveryResult {
        switch await pacing.turn() {
        case .later(let wait): return DeliveryResult(platform: .slackWebAPI, outcome: .postponed(for: wait))
        case .cancelled: return result(.failure(.cancelled))
        case .now: break
        }
        switch post.place {
        case .channel: return result(await self.post(post.payload))
        case .insteadOf(let receipt): return await edit(post.payload, SlackReceipt(receipt))
        case .below(let receipt): return await reply(post.payload, SlackReceipt(receipt))
        case .picture(let receipt): return await upload(post.payload, receipt.flatMap(SlackReceipt.init))
        }
    }

    /// What can no longer be edited is told anew, where people look for it: in its thread.
    private func edit(_ payload: [UInt8], _ first: SlackReceipt?) async -> DeliveryResult {
        guard let first else { return result(await post(payload)) }
        let answer = await api.call(
            "chat.update", [("channel", first.channel), ("ts", first.timestamp)], message: payload)
        guard let word = Self.word(answer), Self.cannotBeEdited.contains(word) else { return result(answer) }
        return await reply(payload, first)
    }

    private func reply(_ payload: [UInt8], _ first: SlackReceipt?) async -> DeliveryResult {
        guard let first else { return result(await post(payload)) }
        let answer = await api.call(
            "chat.postMessage", [("channel", first.channel), ("thread_ts", first.timestamp)], message: payload)
        guard Self.word(answer) == "thread_not_found" else { return result(answer) }
        return result(await post(payload))
    }

    private func post(_ payload: [UInt8]) async -> Result<HTTPResponse, HTTPError> {
        await api.call("chat.postMessage", [("channel", channel)], message: payload)
    }

    /// Never tried again: a picture must not hold back what comes after it.
    private func upload(_ svg: [UInt8], _ first: SlackReceipt?) async -> DeliveryResult {
        guard let pictures else { return impossible("no pictures are sent to this receiver") }
        do throws(PictureError) {
            let png = try await pictures.png(of: svg)
            return result(try await api.upload(png, to: first?.channel ?? channel, below: first?.timestamp))
        } catch {
            return impossible("the picture was left out: \(error.description)")
        }
    }

    private func result(_ answer: Result<HTTPResponse, HTTPError>) -> DeliveryResult {
        DeliveryResult(platform: .slackWebAPI, outcome: .answered(answer))
    }

    private func impossible(_ reason: String) -> DeliveryResult {
        DeliveryResult(platform: .slackWebAPI, outcome: .impossible(reason: reason))
    }

    private static func word(_ answer: Result<HTTPResponse, HTTPError>) -> String? {
        guard case .success(let response) = answer else { return nil }
        return SlackAnswer(response).body?.error
    }

    /// Source: the errors of https://docs.slack.dev/reference/methods/chat.update
    private static let cannotBeEdited: Set<String> = [
        "message_not_found", "cant_update_message", "edit_window_closed",
    ]
}

/// How a message of Slack's is found again: `C0123456789 1795361381.000100`.
struct SlackReceipt: Hashable {
    let channel: String
    let timestamp: String

    init?(_ receipt: String) {
        let parts = receipt.split(separator: " ")
        guard parts.count == 2 else { return nil }
        channel = String(parts[0])
        timestamp = String(parts[1])
    }
}
