/// What of a message is measured, and how much of it a platform takes.
package struct ChatMeasure: Hashable, Sendable {
    /// "blocks", "characters in the longest section"…
    package let name: String
    package let value: Int
    package let limit: Int

    package var isBroken: Bool { value > limit }

    /// How large a message is in everything that its platform limits.
    ///
    /// - Parameter body: as it is posted.
    /// - Returns: nothing for what is no JSON.
    package static func all(of body: [UInt8], on platform: ShownMessage.Platform) -> [ChatMeasure] {
        guard let message = WireJSON(body) else { return [] }
        return switch platform {
        case .slack: slack(message, body)
        case .teams: teams(message, body)
        }
    }

    private static func slack(_ message: WireJSON, _ body: [UInt8]) -> [ChatMeasure] {
        typealias Limit = SlackRenderer.Limit
        let blocks = message["blocks"]?.items ?? []
        let ofType = { (type: String) in blocks.filter { $0["type"]?.string == type } }
        let texts = blocks.flatMap(\.all).compactMap { $0["text"]?.string }
        let buttons = ofType("actions").flatMap { $0["elements"]?.items ?? [] }
        let longest = { (texts: [String?]) in texts.compactMap { $0?.utf16.count }.max() ?? 0 }
        return [
            .init(name: "blocks", value: blocks.count, limit: Limit.blocks),
            .init(
                name: "characters in the longest section",
                value: longest(ofType("section").map { $0["text"]?["text"]?.string }),
                limit: Limit.sectionText),
            .init(
                name: "characters of all texts", value: texts.reduce(0) { $0 + $1.utf16.count },
                limit: Limit.refusedText),
            .init(
                name: "characters of the whole JSON", value: String(decoding: body, as: UTF8.self).utf16.count,
                limit: Limit.message),
            .init(
                name: "characters of the notification", value: longest([message["text"]?.string]),
                limit: Limit.notification),
            .init(name: "buttons", value: buttons.count, limit: Limit.actions),
            .init(
                name: "characters on the longest button", value: longest(buttons.map { $0["text"]?["text"]?.string }),
                limit: Limit.buttonText),
            .init(
                name: "characters of the longest address", value: longest(buttons.map { $0["url"]?.string }),
                limit: Limit.url
            ),
        ]
    }

    private static func teams(_ message: WireJSON, _ body: [UInt8]) -> [ChatMeasure] {
        typealias Limit = TeamsRenderer.Limit
        let card = message["attachments"]?.items.first?["content"]
        return [
            .init(name: "bytes as they are posted", value: body.count, limit: Limit.message),
            .init(
                name: "bytes with what Teams adds", value: body.count + Limit.addedBytes, limit: Limit.refusedBytes),
            .init(name: "buttons below the card", value: card?["actions"]?.items.count ?? 0, limit: Limit.actions),
            .init(
                name: "characters of the longest address",
                value: card?.all.compactMap { $0["url"]?.string?.utf16.count }.max() ?? 0,
                limit: WebAddress.maximumLength),
        ]
    }
}
