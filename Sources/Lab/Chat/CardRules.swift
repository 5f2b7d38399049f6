import Scenarios

/// What Teams shows of a message that came through a workflow, and what gets lost inside the flow.
enum CardRules {
    /// What Teams takes after it has added properties of its own; a body of 24,453 bytes was seen to fail as 28,897.
    static let maximumBytes = 28_672
    /// What it adds, by that one sighting: 28,897 − 24,453.
    static let addedBytes = 4444

    /// Empty when the message arrives in the channel.
    static func problems(in message: JSON) -> [String] {
        let form = CardForms.envelope.problems(in: message, at: "", names: CardForms.names)
        guard form.isEmpty, let card = message["attachments"]?.elements?.first?["content"] else {
            return form.map(\.description)
        }
        return version(of: card) + identifiers(in: card) + mentions(in: card)
    }

    /// 1.5 was seen to fail while the flow reported success.
    private static func version(of card: JSON) -> [String] {
        guard let version = card["version"]?.text else { return ["the card says no version"] }
        return ["1.0", "1.1", "1.2", "1.3", CardForms.version].contains(version)
            ? [] : ["version \(version) is later than \(CardForms.version), the last that arrives"]
    }

    /// What a button shows or hides has to be there once.
    private static func identifiers(in card: JSON) -> [String] {
        let all = card.descendants.filter { $0["type"] != nil }.compactMap { $0["id"]?.text }
        let targets = card.descendants.compactMap { $0["targetElements"]?.elements }.joined()
            .compactMap { $0.text ?? $0["elementId"]?.text }
        return (Set(all).count < all.count ? ["an id is there more than once"] : [])
            + Set(targets).subtracting(all).sorted().map {
                "no element has the id \($0), which a button shows or hides"
            }
    }

    /// Whoever is mentioned in a text has to be an entity, and the other way round, or the card shows the markup.
    private static func mentions(in card: JSON) -> [String] {
        let entities = Set(
            (card["msteams"]?["entities"]?.elements ?? []).compactMap { $0["text"]?.text })
        let texts = ["body", "actions"].compactMap { card[$0] }.flatMap(\.descendants)
            .flatMap { [$0["text"]?.text, $0["value"]?.text, $0["title"]?.text].compactMap { $0 } }
        let named = Set(texts.flatMap(mentioned))
        return named.subtracting(entities).sorted().map { "\($0) is no entity of msteams" }
            + entities.subtracting(named).sorted().map { "\($0) is in no text of the card" }
    }

    private static func mentioned(in text: String) -> [String] {
        text.split(separator: "<at>", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.firstRange(of: "</at>").map { "<at>\(piece[..<$0.lowerBound])</at>" }
        }
    }
}
