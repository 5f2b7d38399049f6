import Telemetry

/// Who answers calls, told by those of the same kind that were answered.
extension SpanTable {
    /// What calls of one kind have in common: who makes them, their name, and whom they name as the other end.
    struct CallKind: Hashable, Sendable {
        let caller: Int
        let name: String
        let peer: String
    }

    func isCall(_ row: Int) -> Bool { rows[row].kind == .client || rows[row].kind == .producer }

    func kind(ofCall row: Int) -> CallKind {
        let attributes = span(of: row).attributes
        let peer = Self.addresses.lazy.compactMap { attributes.text($0) }.first ?? ""
        let operation = operation(of: row)
        return CallKind(caller: operation.service, name: operation.name, peer: peer)
    }

    /// The service that answers a call; nil where no span says so.
    func answerer(ofCall row: Int) -> Int? {
        guard let callee = operation(of: row).callee, operations[callee].service != service(of: row) else { return nil }
        return operations[callee].service
    }

    /// The service that answered all calls of this kind that were answered; nil where that were none, or several.
    func usualAnswerer(ofCall row: Int) -> Int? {
        guard let known = answerers[kind(ofCall: row)], known >= 0 else { return nil }
        return known
    }

    mutating func nameAnswerers() {
        for row in rows.indices where isCall(row) {
            guard let answerer = answerer(ofCall: row) else { continue }
            let kind = kind(ofCall: row)
            if let known = answerers[kind], known != answerer {
                answerers[kind] = -1
            } else {
                answerers[kind] = answerer
            }
        }
    }

    private static let addresses = [
        "peer.service", "service.peer.name", "server.address", "net.peer.name", "rpc.service",
    ]
}
