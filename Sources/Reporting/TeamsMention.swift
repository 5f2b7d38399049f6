/// A person or a tag that a card calls by name: `<at>…</at>` in a text, and an entity of the same text beside it.
///
/// Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
enum TeamsMention {
    /// Whether it looks like a sign-in name, and like nothing that could end the mark around it.
    static func isName(_ who: String) -> Bool {
        let parts = who.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { nameCharacters.contains($0) }
            }
    }

    static func text(_ who: String) -> String { "<at>\(who)</at>" }

    static func entity(_ who: String) -> JSONValue {
        .fields([
            "type": .string("mention"), "text": .string(text(who)),
            "mentioned": .fields(["id": .string(who), "name": .string(who)]),
        ])
    }

    private static let nameCharacters = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-".utf8)
}
