import Backends
import HTTPTransport

/// Whether a server can be used: reachable, permitted, and recent enough.
enum Reachability {
    /// A server as people know it.
    struct Server: Hashable, Sendable {
        let check: Check
        let name: String
        /// Its section of the configuration: `tempo`, `grafana.api`.
        let section: String
        let address: String
        let demands: [VersionDemand]
        /// nil of all others.
        var kubernetesAccess: ChainPlan.KubernetesAccess?
        var hasTenant = false
    }

    /// What is told of a server that answered.
    ///
    /// - Parameters:
    ///   - version: nil when it does not tell.
    ///   - note: what else is to be known when all is well.
    static func finding(_ server: Server, version: String?, note: String? = nil) -> Finding {
        guard let version, let demand = VersionDemand.unmet(by: version, server.demands) else {
            let words = [version ?? "its version is not told", note].compactMap { $0 }.joined(separator: ", ")
            return Finding(server.check, .ok, on: server.address, words)
        }
        return Finding(
            server.check, demand.verdict, on: server.address, "\(version), which is old",
            advice: "Update \(server.name) to \(demand.least) or later: an older one \(demand.lack).")
    }

    static func finding(_ server: Server, _ error: BackendError) -> Finding {
        Finding(server.check, .failure, on: server.address, observed(error), advice: advice(server, error))
    }

    /// What cannot be told because the server that would know does not answer, or refuses this: a failure of its own only
    /// where the server is well otherwise.
    static func unanswered(_ checks: [Check], by server: Server, _ error: BackendError) -> [Finding] {
        checks.map { check in
            Finding(
                check, .failure, on: server.address, observed(error), advice: advice(server, error), isAnswered: false,
                unless: [server.check])
        }
    }

    /// What came back, short: the address stands beside it.
    static func observed(_ error: BackendError) -> String {
        switch error {
        case .noAnswer(_, .connectionFailed(_, let reason)): "no answer, \(reason)"
        case .noAnswer(_, .deadlineExceeded): "no answer in time"
        case .noAnswer(_, .responseTooLarge): "an answer that is too large"
        case .noAnswer(_, let other): "no answer, \(other)"
        case .refused(_, let status, let reason, _):
            // Go's own begin with the number.
            reason.hasPrefix("\(status)") ? reason : reason.isEmpty ? "it answers \(status)" : "\(status) \(reason)"
        case .unreadable(_, let reason): "an answer that cannot be read, \(reason)"
        case .invalidQuestion(_, let reason), .malformed(_, let reason), .file(_, let reason): reason
        case .cancelled: "no answer in time"
        }
    }

    /// What curl says of certificates and of TLS.
    static func isOfTLS(_ reason: String) -> Bool {
        let words = reason.lowercased()
        return words.contains("ssl") || words.contains("certificate")
    }

    /// What curl says of a name that has no address: "Could not resolve host: …", "Resolving timed out …".
    static func isOfName(_ reason: String) -> Bool { reason.lowercased().contains("resolv") }

    /// No connection, by curl's words for it.
    private static func advice(_ name: String, _ section: String, onConnection reason: String) -> String {
        let words = reason.lowercased()
        if words.contains("wrong version number") || words.contains("packet length too long") {
            return "That port speaks no TLS: write http:// in \(section).url, or give the port that does."
        }
        if words.contains("no alternative certificate subject name") || words.contains("does not match target host") {
            return "The certificate is for another name: use a name that it has in \(section).url."
        }
        if words.contains("expired") { return "Renew \(name)'s certificate: it has expired." }
        if isOfTLS(reason) {
            return
                "Set \(section).ca_file to the authority that signed \(name)'s certificate, or correct \(section).url."
        }
        if isOfName(reason) {
            return "No such name is known here: correct the host in \(section).url. Within a cluster it is "
                + "SERVICE.NAMESPACE; if all names fail, it is DNS itself, or a NetworkPolicy without port 53."
        }
        if words.contains("http/0.9") || words.contains("empty reply") {
            return "What listens there speaks no HTTP, as a port for gRPC: give \(name)'s HTTP port in \(section).url."
        }
        return
            "Is \(name) running, and the port of \(section).url right? Between pods, a NetworkPolicy may stand in the "
            + "way."
    }

    static func advice(_ server: Server, _ error: BackendError) -> String {
        if let access = server.kubernetesAccess, let advice = KubernetesAdvice.advice(access, error) { return advice }
        let (name, section) = (server.name, server.section)
        switch error {
        case .noAnswer(_, .connectionFailed(_, let reason)): return advice(name, section, onConnection: reason)
        case .noAnswer(_, .deadlineExceeded), .cancelled:
            return
                "A NetworkPolicy or firewall that drops what is sent looks like this. If \(name) is only slow, raise "
                + "\(section).timeout."
        case .refused(_, 401, let reason, _) where reason.contains("org id"):
            return server.hasTenant
                ? "\(section).tenant does not arrive: what stands before \(name) takes X-Scope-OrgID away."
                : "It has tenants: set \(section).tenant to the one that is written to."
        // Source: ValidTenantID of https://github.com/grafana/dskit/blob/main/tenant/tenant.go
        case .refused(_, 400, let reason, _) where reason.lowercased().contains("tenant id"):
            return "Correct \(section).tenant: letters, digits and !-_.*'() only, at most 150 of them."
        case .refused(_, let status, _, _) where status == 401 || status == 403:
            return status == 401
                ? "It asks for credentials or does not know these: set \(section).authorization."
                : "The credentials of \(section).authorization are known, but may not do this: widen their rights."
        case .refused(_, let status, _, _) where (300..<400).contains(status):
            return "It redirects: set \(section).url to the address that it redirects to."
        case .refused(_, 404, _, _):
            return "The address is no \(name)'s: \(section).url needs another port or a path."
        case .refused(_, 429, _, _): return "Its queue is full: try again, and raise \(name)'s limits if it stays so."
        case .refused(_, 500..., _, _): return "It is starting or ill: look at \(name)'s log, then try again."
        case .unreadable, .malformed: return "The address is no \(name)'s: correct \(section).url."
        default: return "Correct \(section) in the configuration."
        }
    }
}
