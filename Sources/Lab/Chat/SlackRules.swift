import Scenarios

/// Why Slack refuses a message: its name for that, and what it adds for people.
struct SlackProblem: Hashable, Sendable {
    let error: String
    var details: [String] = []
}

/// What makes Slack refuse a message, whichever way it comes.
enum SlackRules {
    /// Source: https://docs.slack.dev/changelog/2018-truncating-really-long-messages
    private static let maximumText = 40_000
    /// Not documented: about so many characters of text in all were seen to be refused.
    private static let maximumTotal = 13_200

    /// nil when Slack takes the message.
    static func problem(in payload: JSON) -> SlackProblem? {
        let attachments = payload["attachments"]?.elements ?? []
        let hasText = payload["text"]?.text?.isEmpty == false
        guard hasText || payload["blocks"]?.elements?.isEmpty == false || !attachments.isEmpty else {
            return SlackProblem(error: "no_text")
        }
        guard (payload["text"]?.text?.unicodeScalars.count ?? 0) <= maximumText else {
            return SlackProblem(error: "msg_too_long")
        }
        var lists = payload["blocks"].map { [("/blocks", $0)] } ?? []
        for (index, attachment) in attachments.enumerated() {
            if let blocks = attachment["blocks"] { lists.append(("/attachments/\(index)/blocks", blocks)) }
        }
        let problems = lists.flatMap { place, blocks in
            SlackForms.blocks.problems(in: blocks, at: place) + relations(in: blocks.elements ?? [], at: place)
        }
        guard problems.isEmpty else {
            return SlackProblem(error: "invalid_blocks", details: problems.map { "[ERROR] \($0)" })
        }
        let total = lists.map { characters($0.1) }.reduce(0, +)
        return total > maximumTotal ? SlackProblem(error: "msg_blocks_too_long") : nil
    }

    /// What no single member can tell: which of two are there, and which identifiers come twice.
    private static func relations(in blocks: [JSON], at place: String) -> [JSONForm.Problem] {
        var problems: [JSONForm.Problem] = []
        for (index, block) in blocks.enumerated() {
            let place = "\(place)/\(index)"
            if block["type"]?.text == "section", block["text"] == nil, block["fields"] == nil {
                problems.append(.init(place: place, reason: "missing required field: text or fields"))
            }
            for image in block.descendants where image["type"]?.text == "image" {
                if (image["image_url"] == nil) == (image["slack_file"] == nil) {
                    problems.append(.init(place: place, reason: "must provide either image_url or slack_file"))
                }
            }
            let actions = block.descendants.compactMap { $0["action_id"]?.text }
            if Set(actions).count < actions.count {
                problems.append(.init(place: place, reason: "action_id must be unique within a block"))
            }
        }
        let identifiers = blocks.compactMap { $0["block_id"]?.text }
        if Set(identifiers).count < identifiers.count {
            problems.append(.init(place: place, reason: "block_id must be unique within a message"))
        }
        return problems
    }

    /// The characters of every text object in a block.
    private static func characters(_ value: JSON) -> Int {
        value.descendants.reduce(0) { $0 + ($1["text"]?.text?.unicodeScalars.count ?? 0) }
    }
}
