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
    }

    /// What is told of a server that answered.
    ///
    /// - Parameter version: nil when it does not tell.
    static func finding(_ server: Server, version: String?) -> Finding {
        guard let version else { return Finding(server.check, .ok, on: server.address, "its version is not told") }
        guard let demand = VersionDemand.unmet(by: version, server.demands) else {
            return Finding(server.check, .ok, on: server.address, version)
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

    static func advice(_ server: Server, _ error: BackendError) -> String {
        if let access = server.kubernetesAccess, let advice = KubernetesAdvice.advice(access, error) { return advice }
        let (name, section) = (server.name, server.section)
        switch error {
        case .noAnswer(_, .connectionFailed(_, let reason)):
            return isOfTLS(reason)
                ? "Set \(section).ca_file to the authority that signed \(name)'s certificate, or correct \(section).url."
                : "Is \(name) running, and \(section).url right? Between pods, a NetworkPolicy may stand in the way."
        case .noAnswer(_, .deadlineExceeded), .cancelled:
            return "Is \(name) overloaded? If it is only slow, raise \(section).timeout."
        case .refused(_, 401, let reason, _) where reason.contains("org id"):
            return "It has tenants: set \(section).tenant."
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
