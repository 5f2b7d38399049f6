import FoundationEssentials

/// What an outgoing webhook of Teams sends, as far as it is read.
struct TeamsActivity: Decodable {
    struct Account: Decodable {
        let id: String?
        let name: String?
        let aadObjectId: String?
    }

    let type: String?
    let timestamp: String?
    let text: String?
    let from: Account?

    var person: Person? {
        (from?.aadObjectId ?? from?.id).map { Person(id: $0, name: from?.name) }
    }

    /// As it was typed: without the webhook's own name, elements and entities.
    var typed: String {
        var rest = (text ?? "")[...]
        var typed = ""
        while let start = rest.firstIndex(of: "<") {
            typed += rest[..<start]
            let element = rest[start...]
            // The mention is an element with a name in it; of the others only the marks are taken out.
            if element.hasPrefix("<at"), let end = element.firstRange(of: "</at>") {
                rest = element[end.upperBound...]
            } else if let end = element.firstIndex(of: ">") {
                rest = element[element.index(after: end)...]
            } else {
                rest = element.dropFirst()
            }
            typed += " "
        }
        return Self.entities.reduce(typed + rest) { $0.replacing($1.0, with: $1.1) }
    }

    /// `&amp;` last, so that `&amp;lt;` stays `&lt;`.
    private static let entities = [
        ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ]
}
