import Scenarios

/// The limits of Block Kit that make Slack refuse a message. Source: https://docs.slack.dev/reference/block-kit/blocks
enum SlackRules {
    private static let maximumBlocks = 50
    private static let maximumHeader = 150
    private static let maximumSectionText = 3000
    private static let maximumFields = 10
    private static let maximumField = 2000
    private static let maximumContextElements = 10
    private static let maximumActions = 25
    private static let maximumButtonText = 75
    private static let maximumButtonValue = 2000
    private static let maximumURL = 3000
    private static let maximumIdentifier = 255
    private static let maximumAlternativeText = 2000
    /// Not documented: about so many characters of text in all were seen to be refused.
    private static let maximumTotal = 13_200

    /// The name of the error that Slack answers; nil when it takes the message.
    static func error(in payload: JSON) -> String? {
        let blocks = payload["blocks"]?.elements ?? []
        let attached = payload["attachments"]?.elements?.flatMap { $0["blocks"]?.elements ?? [] } ?? []
        let hasText = payload["text"]?.text?.isEmpty == false
        guard hasText || !blocks.isEmpty || payload["attachments"]?.elements?.isEmpty == false else {
            return "no_text"
        }
        guard max(blocks.count, attached.count) <= maximumBlocks, (blocks + attached).allSatisfy(isValid) else {
            return "invalid_blocks"
        }
        let total = (blocks + attached).map(characters).reduce(0, +)
        return total > maximumTotal ? "msg_blocks_too_long" : nil
    }

    private static func isValid(_ block: JSON) -> Bool {
        guard isWithin(block["block_id"], maximumIdentifier) else { return false }
        switch block["type"]?.text {
        case "header": return isText(block["text"], maximumHeader, types: ["plain_text"])
        case "divider": return true
        case "section":
            let fields = block["fields"]?.elements ?? []
            guard block["text"] != nil || !fields.isEmpty, fields.count <= maximumFields else { return false }
            return (block["text"].map { isText($0, maximumSectionText) } ?? true)
                && fields.allSatisfy { isText($0, maximumField) } && (block["accessory"].map(isElement) ?? true)
        case "context":
            let elements = block["elements"]?.elements ?? []
            return (1...maximumContextElements).contains(elements.count)
                && elements.allSatisfy { $0["type"]?.text == "image" ? isImage($0) : isText($0, maximumSectionText) }
        case "actions":
            let elements = block["elements"]?.elements ?? []
            return (1...maximumActions).contains(elements.count) && elements.allSatisfy(isElement)
        case "image": return isImage(block)
        case "rich_text": return block["elements"]?.elements != nil
        default: return false
        }
    }

    private static func isElement(_ element: JSON) -> Bool {
        switch element["type"]?.text {
        case "button":
            isText(element["text"], maximumButtonText, types: ["plain_text"])
                && isWithin(element["value"], maximumButtonValue) && isWithin(element["url"], maximumURL)
                && isWithin(element["action_id"], maximumIdentifier)
        case "image": isImage(element)
        case let type: type != nil
        }
    }

    private static func isImage(_ image: JSON) -> Bool {
        guard image["image_url"] != nil || image["slack_file"] != nil, image["alt_text"] != nil else { return false }
        return isWithin(image["image_url"], maximumURL) && isWithin(image["alt_text"], maximumAlternativeText)
    }

    private static func isText(_ text: JSON?, _ limit: Int, types: Set<String> = ["plain_text", "mrkdwn"]) -> Bool {
        guard let type = text?["type"]?.text, types.contains(type), let content = text?["text"]?.text else {
            return false
        }
        return (1...limit).contains(content.unicodeScalars.count)
    }

    private static func isWithin(_ text: JSON?, _ limit: Int) -> Bool {
        (text?.text?.unicodeScalars.count ?? 0) <= limit
    }

    /// The characters of every text object in a block.
    private static func characters(_ value: JSON) -> Int {
        switch value {
        case .object(let members):
            members.map { member in
                if member.name == "text", let text = member.value.text { return text.unicodeScalars.count }
                return characters(member.value)
            }.reduce(0, +)
        case .array(let elements): elements.map(characters).reduce(0, +)
        default: 0
        }
    }
}
