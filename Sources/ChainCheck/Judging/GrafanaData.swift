/// Whether Grafana has the data sources that messages link to, and whether its dashboard can show something.
enum GrafanaData {
    /// A data source of `grafana.datasources`.
    struct Wanted: Hashable, Sendable {
        /// `tempo`, `loki`, `prometheus`: the key of the configuration, and the beginning of the type.
        let kind: String
        let uid: String
    }

    /// What Grafana says of a uid.
    enum Answer: Hashable, Sendable {
        case missing
        /// With its type: `tempo`, `grafana-amazonprometheus-datasource`.
        case found(type: String)
    }

    /// What Grafana says when it asks a data source itself.
    struct Health: Hashable, Sendable {
        enum Answer: Hashable, Sendable {
            case well
            case fault(String)
            /// The account may not ask.
            case forbidden
            /// It is not there, or of a kind that has no such question.
            case untold
        }

        let kind: String
        let answer: Answer

        var fault: String? { if case .fault(let words) = answer { words } else { nil } }
    }

    static func finding(_ answers: [(wanted: Wanted, answer: Answer)], on address: String) -> Finding {
        guard !answers.isEmpty else {
            return Finding(
                .dataSources, .skipped, on: address, "grafana.datasources names none",
                advice: "Give their uids, and messages link to traces and logs.")
        }
        let missing = answers.filter { $0.answer == .missing }.map(\.wanted)
        if let first = missing.first {
            return Finding(
                .dataSources, .failure, on: address,
                "no " + missing.map { "\($0.kind) with the uid \($0.uid)" }.joined(separator: ", no "),
                advice: "Set grafana.datasources.\(first.kind) to the last part of its page's address, or provision "
                    + "deploy/grafana/datasources.yaml.")
        }
        for (wanted, answer) in answers {
            guard case .found(let type) = answer, !type.contains(wanted.kind) else { continue }
            return Finding(
                .dataSources, .failure, on: address, "the uid \(wanted.uid) is of type \(type), not \(wanted.kind)",
                advice: "Set grafana.datasources.\(wanted.kind) to the uid of a data source of that type.")
        }
        return Finding(
            .dataSources, .ok, on: address,
            answers.map { "\($0.wanted.kind) is \($0.wanted.uid)" }.joined(separator: ", "))
    }

    /// - Parameters:
    ///   - dashboard: its uid; nil where none is configured.
    ///   - exists: whether Grafana has it.
    static func finding(dashboard: String?, exists: Bool, _ health: [Health], on address: String) -> Finding {
        if let dashboard, !exists {
            return Finding(
                .dashboard, .failure, on: address, "there is no dashboard with the uid \(dashboard)",
                advice: "Provision deploy/grafana/dashboards, or set grafana.dashboard.uid to that of yours.")
        }
        let ill = health.filter { $0.fault != nil }
        if let first = ill.first {
            return Finding(
                .dashboard, .failure, on: address,
                "Grafana gets nothing from \(Wording.list(ill.map(\.kind))): \(first.fault ?? "")",
                advice: "Correct the address of that data source in Grafana (deploy/grafana/datasources.yaml): "
                    + "Runbooks/dashboard-without-data.md.", unless: ill.compactMap { Check(rawValue: $0.kind) })
        }
        guard let dashboard else {
            return Finding(
                .dashboard, .skipped, on: address, "grafana.dashboard names none",
                advice: "Set grafana.dashboard.uid, and messages link to it.")
        }
        let seen = health.filter { $0.answer == .well }.map(\.kind)
        let answering = "\(dashboard) is there, and \(Wording.list(seen)) answer\(seen.count == 1 ? "s" : "")"
        let forbidden = health.filter { $0.answer == .forbidden }.map(\.kind)
        guard forbidden.isEmpty else {
            return Finding(
                .dashboard, seen.isEmpty ? .skipped : .warning, on: address,
                "\(seen.isEmpty ? "\(dashboard) is there" : answering); asking \(Wording.list(forbidden)) is forbidden",
                advice:
                    "Give the service account of grafana.api.authorization datasources:query on these, which the role "
                    + "Viewer has.")
        }
        guard !seen.isEmpty else {
            let why = health.isEmpty ? "grafana.datasources names none to ask" : "no data source tells how it is"
            return Finding(
                .dashboard, .skipped, on: address, "\(dashboard) is there, but \(why)",
                advice: health.isEmpty
                    ? "Give the uids of the data sources that it shows." : "Open the dashboard and look for data.")
        }
        let untold = health.filter { $0.answer == .untold }.map(\.kind)
        return Finding(
            .dashboard, .ok, on: address,
            answering
                + (untold.isEmpty ? "" : "; \(Wording.list(untold)) \(untold.count == 1 ? "does" : "do") not tell"))
    }
}
