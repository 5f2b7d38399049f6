import Scenarios

/// One requirement of a field or label selector: `name=value`, `name==value` or `name!=value`.
struct KubernetesSelector {
    let path: [String]
    let value: String
    let isNegated: Bool

    struct Unreadable: Error {
        let text: String
        let part: String
    }

    static func parse(_ text: String) throws(Unreadable) -> [KubernetesSelector] {
        var selectors: [KubernetesSelector] = []
        for part in text.split(separator: ",") {
            let isNegated = part.contains("!=")
            let sides = part.split(separator: "=", omittingEmptySubsequences: true)
            guard sides.count == 2 else { throw Unreadable(text: text, part: String(part)) }
            let name = sides[0].hasSuffix("!") ? sides[0].dropLast() : sides[0]
            selectors.append(
                KubernetesSelector(
                    path: name.split(separator: ".").map(String.init), value: String(sides[1]), isNegated: isNegated))
        }
        return selectors
    }

    /// The same requirement as a single name below a path: a label's name has dots of its own.
    func below(_ parent: [String]) -> KubernetesSelector {
        KubernetesSelector(path: parent + [path.joined(separator: ".")], value: value, isNegated: isNegated)
    }

    func holds(_ item: JSON) -> Bool {
        let found = path.reduce(Optional(item)) { $0?[$1] }?.text
        return (found == value) != isNegated
    }
}
