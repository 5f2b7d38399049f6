import Backends
import FoundationEssentials

/// Reads what servers tell of themselves.
enum StatusAnswers {
    /// Tempo's and Loki's `buildinfo`, Kubernetes' `/version`, Grafana's health; nil when it is not told.
    static func version(_ body: [UInt8]) -> String? {
        struct Answer: Decodable {
            struct Enveloped: Decodable {
                let application: String?
                let version: String?
            }

            let version: String?
            let gitVersion: String?
            let data: Enveloped?
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else { return nil }
        // Mimir says which version of Mimir it is, which is none of Prometheus.
        if let application = answer.data?.application, application != "Prometheus" {
            return answer.data?.version.map { "\(application) \($0)" }
        }
        let version = answer.data?.version ?? answer.gitVersion ?? answer.version
        return version?.isEmpty == false ? version : nil
    }

    /// - Parameter backend: Loki's ruler tells its rules in the same form.
    static func rules(_ body: [UInt8], of backend: String = "Prometheus") throws(BackendError) -> PrometheusRules {
        struct Answer: Decodable {
            struct Groups: Decodable { let groups: [Group] }
            struct Group: Decodable { let rules: [Rule] }
            struct Rule: Decodable {
                let type: String?
                let name: String?
                let query: String?
                let labels: [String: String]?
                let health: String?
                let lastError: String?
            }

            let data: Groups
        }
        let answer = try read(Answer.self, body, "rules", of: backend)
        return PrometheusRules(
            rules: answer.data.groups.flatMap(\.rules).compactMap { rule in
                guard let name = rule.name, let query = rule.query else { return nil }
                return PrometheusRules.Rule(
                    name: name, query: query, isAlert: rule.type == "alerting", labels: rule.labels ?? [:],
                    fault: rule.health == "err" ? rule.lastError ?? "no reason is given" : nil)
            })
    }

    /// The base URLs of the Alertmanagers that Prometheus sends to.
    static func alertmanagers(_ body: [UInt8]) throws(BackendError) -> [String] {
        struct Answer: Decodable {
            struct Lists: Decodable { let activeAlertmanagers: [Target]? }
            struct Target: Decodable { let url: String }

            let data: Lists
        }
        let targets = try read(Answer.self, body, "Alertmanagers", of: "Prometheus").data.activeAlertmanagers ?? []
        return targets.map { target in
            for end in ["/api/v2/alerts", "/api/v1/alerts"] where target.url.hasSuffix(end) {
                return String(target.url.dropLast(end.count))
            }
            return target.url
        }.sorted()
    }

    /// Alertmanager's version and configuration.
    static func alertmanager(_ body: [UInt8]) throws(BackendError) -> (version: String?, configuration: String) {
        struct Answer: Decodable {
            struct Version: Decodable { let version: String? }
            struct Configuration: Decodable { let original: String }

            let versionInfo: Version?
            let config: Configuration
        }
        let answer = try read(Answer.self, body, "status", of: "Alertmanager")
        return (answer.versionInfo?.version, answer.config.original)
    }

    static func dataSourceType(_ body: [UInt8]) throws(BackendError) -> String {
        struct Answer: Decodable { let type: String }
        return try read(Answer.self, body, "data source", of: "Grafana").type
    }

    /// What Grafana says when it could not ask a data source; nil without words.
    static func message(_ text: String) -> String? {
        struct Answer: Decodable { let message: String? }
        return (try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)))?.message
    }

    private static func read<Value: Decodable>(
        _ type: Value.Type, _ body: [UInt8], _ what: String, of backend: String
    ) throws(BackendError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw .unreadable(BackendError.Attempt(backend, what), reason: "it is no JSON of the expected form")
        }
    }
}
