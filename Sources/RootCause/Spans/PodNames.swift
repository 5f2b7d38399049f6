/// What the name of a pod tells of what made it.
enum PodNames {
    /// Kubernetes makes random names of these alone: no vowels, so that no words come out, and nothing that looks alike.
    /// Source: `k8s.io/apimachinery/pkg/util/rand`.
    private static let alphabet = Set("bcdfghjklmnpqrstvwxz2456789".utf8)
    private static let podLetters = 5
    /// The hash of a pod template is a number of 32 bits, with a letter for each of its decimal digits.
    private static let hashLetters = 6...10

    /// Of a Deployment's pod, the ReplicaSet that made it, one for each version of the Deployment:
    /// `checkout-7d9f8c6b5` of `checkout-7d9f8c6b5-x2x4p`; nil for other pods.
    static func replicaSet(ofPod name: String) -> String? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count > 2, let last = parts.last, last.utf8.count == podLetters, isRandom(last) else { return nil }
        let hash = parts[parts.count - 2]
        guard hashLetters.contains(hash.utf8.count), isRandom(hash) else { return nil }
        return parts.dropLast().joined(separator: "-")
    }

    private static func isRandom(_ text: Substring) -> Bool { text.utf8.allSatisfy(alphabet.contains) }
}
