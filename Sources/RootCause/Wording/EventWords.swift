import Languages
import Telemetry

/// What an event's message adds to its reason and to the name of its object.
enum EventWords {
    /// `NodeNotReady: Node aks-1 status is now: NodeNotReady` says the same three times: then the message is empty.
    static func message(of event: ClusterEvent) -> String {
        let known = Set(words(of: event.reason) + parts(of: event.reason) + words(of: event.object.name))
            .union([event.object.kind.lowercased()]).union(fillers)
        return words(of: event.message).allSatisfy(known.contains) ? "" : event.message
    }

    /// `node`, `pods`; of other kinds Kubernetes' own word in small letters.
    static func kind(_ kind: String, isMany: Bool = false) -> Phrase {
        switch kind {
        case "Node": isMany ? "nodes" : "node"
        case "Pod": isMany ? "pods" : "pod"
        default: Phrase(verbatim: kind.lowercased() + (isMany ? "s" : ""))
        }
    }

    private static let fillers: Set<String> = [
        "a", "an", "been", "event", "for", "has", "is", "node", "now", "of", "on", "pod", "status", "the", "to", "was",
    ]

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// `NodeNotReady` is "node", "not" and "ready".
    private static func parts(of reason: String) -> [String] {
        reason.reduce(into: [""]) { parts, character in
            if character.isUppercase { parts.append("") }
            parts[parts.count - 1] += character.lowercased()
        }
    }
}
