import Synchronization

/// Who may ask the lab's API server for what, and which places in its lists it remembers: all of it can change while it
/// runs, as it does in a cluster.
package final class KubernetesGate: Sendable {
    private struct State {
        /// nil: nobody has to show one.
        var token: String?
        var forbidden: Set<String> = []
        /// The namespaces to which a role is bound; nil: the role is bound in the whole cluster.
        var namespaces: Set<String>?
        /// So many of the next requests with a place are told that it expired.
        var expirations = 0
        var methods: Set<String> = []
    }

    private let state = Mutex(State())

    package init() {}

    // MARK: What a test changes

    /// Lets in only who shows this bearer token, as after its rotation.
    package func requireToken(_ token: String) { state.withLock { $0.token = token } }

    /// Refuses lists of these resources: `nodes`, `replicasets`.
    package func forbid(_ resources: String...) { state.withLock { $0.forbidden.formUnion(resources) } }

    /// Lets list only in these namespaces, and what belongs to none: a role that is bound there.
    package func confine(to namespaces: String...) { state.withLock { $0.namespaces = Set(namespaces) } }

    /// Forgets the places in lists that the next requests go on from.
    package func expirePlaces(times: Int) { state.withLock { $0.expirations = times } }

    /// Of every request that came, those that were refused included.
    package var methods: Set<String> { state.withLock { $0.methods } }

    // MARK: What the server asks

    func note(_ method: String) { state.withLock { _ = $0.methods.insert(method) } }

    func admits(_ authorization: String?) -> Bool {
        state.withLock { $0.token.map { authorization == "Bearer \($0)" } ?? true }
    }

    /// - Parameter namespace: nil: over all of them.
    func forbids(_ resource: String, in namespace: String?) -> Bool {
        state.withLock { state in
            let isOutside = state.namespaces.map { names in
                resource != "nodes" && !(namespace.map(names.contains) ?? false)
            }
            return state.forbidden.contains(resource) || isOutside ?? false
        }
    }

    enum Place: Hashable {
        case start
        case at(Int)
        case expired
        case invalid
    }

    /// Where a list goes on; a place belongs to the list that it was given for.
    func place(_ token: String?, in path: String) -> Place {
        guard let token else { return .start }
        let parts = token.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let offset = Int(parts[0]), parts[1] == path else { return .invalid }
        let isExpired = state.withLock { state in
            guard state.expirations > 0 else { return false }
            state.expirations -= 1
            return true
        }
        return isExpired ? .expired : .at(offset)
    }

    /// What asks for the next page. It has to be encoded to be sent back.
    func token(at offset: Int, in path: String) -> String { "\(offset).\(path)" }
}
