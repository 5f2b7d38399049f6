/// Whether the alerts that have a playbook can fire: their rules are loaded, and the series that they need exist.
enum AlertSeries {
    /// - Parameters:
    ///   - alerts: names of alerts that a playbook is for, without patterns.
    ///   - names: of all metrics that have series and that a rule needs.
    static func finding(_ alerts: [String], rules: PrometheusRules, existing names: Set<String>, on address: String)
        -> Finding
    {
        guard !alerts.isEmpty else {
            return Finding(
                .alertSeries, .skipped, on: address, "no playbook names an alert",
                advice: "Name alerts in a playbook's match.alertname (Config/playbooks.yaml).")
        }
        let loaded = alerts.compactMap(rules.alert)
        guard !loaded.isEmpty else {
            return Finding(
                .alertSeries, .failure, on: address, "there is no rule for \(Wording.list(alerts, atMost: 4))",
                advice: "Load deploy/prometheus/rules.yaml: rule_files of Prometheus, or as a PrometheusRule.")
        }
        let unhealthy = loaded.filter { $0.fault != nil }
        if let first = unhealthy.first {
            return Finding(
                .alertSeries, .failure, on: address, "\(first.name) cannot be evaluated: \(first.fault ?? "")",
                advice: "Correct its expression, or load deploy/prometheus/rules.yaml again.")
        }
        let needed = metrics(alerts, rules: rules)
        if let first = rules.rules.first(where: { !$0.isAlert && $0.fault != nil && needed.contains($0.name) }) {
            return Finding(
                .alertSeries, .failure, on: address,
                "\(first.name), which alerts need, cannot be evaluated: \(first.fault ?? "")",
                advice: "Correct its expression, or load deploy/prometheus/rules.yaml again.")
        }
        let recorded = rules.recorded
        let dead = loaded.compactMap { rule -> (name: String, missing: [[String]])? in
            guard let need = SeriesNeed(promQL: rule.query) else { return nil }
            let missing = need.missing(names.contains, recorded: recorded)
            return missing.isEmpty ? nil : (rule.name, missing)
        }
        if let first = dead.first, let names = first.missing.first {
            return Finding(
                .alertSeries, .failure, on: address,
                "\(Wording.list(dead.map(\.name))) cannot fire: there is \(Wording.none(of: names))",
                advice: SeriesOrigin.advice(for: names[0]))
        }
        let absent = alerts.filter { rules.alert($0) == nil }
        // A recorded series that is there needs no reading of its rule.
        let unread = rules.rules.filter { rule in
            let counts =
                rule.isAlert ? alerts.contains(rule.name) : needed.contains(rule.name) && !names.contains(rule.name)
            return counts && SeriesNeed(promQL: rule.query) == nil
        }.map(\.name)
        guard unread.isEmpty else {
            let lacking = absent.isEmpty ? "" : "; there is no rule for \(Wording.list(absent))"
            return Finding(
                .alertSeries, .warning, on: address,
                "the expression of \(Wording.list(unread)) cannot be read here\(lacking)",
                advice: "Ask Prometheus by hand whether the series in it exist.")
        }
        guard absent.isEmpty else {
            return Finding(
                .alertSeries, .warning, on: address, "there is no rule for \(Wording.list(absent))",
                advice: "Load deploy/prometheus/rules.yaml, or take the name out of Config/playbooks.yaml.")
        }
        return Finding(.alertSeries, .ok, on: address, "\(Wording.list(loaded.map(\.name), atMost: 4)) can fire")
    }

    /// The metrics whose existence decides, to be asked for.
    static func metrics(_ alerts: [String], rules: PrometheusRules) -> Set<String> {
        let recorded = rules.recorded
        var names: Set<String> = []
        var waiting = alerts.compactMap(rules.alert).compactMap { SeriesNeed(promQL: $0.query) }.flatMap(\.metrics)
        while let name = waiting.popLast() {
            guard names.insert(name).inserted else { continue }
            waiting += recorded[name]?.metrics ?? []
        }
        return names
    }
}

/// The rules that a Prometheus has loaded.
struct PrometheusRules: Hashable, Sendable {
    struct Rule: Hashable, Sendable {
        let name: String
        let query: String
        let isAlert: Bool
        /// Its own labels: `severity` above all.
        let labels: [String: String]
        /// Why it could not be evaluated the last time; nil when it could.
        let fault: String?
    }

    let rules: [Rule]

    func alert(_ name: String) -> Rule? { rules.first { $0.isAlert && $0.name == name } }

    /// What the recorded series need; several rules of one name are alternatives. A rule that cannot be read needs nothing
    /// that is known.
    var recorded: [String: SeriesNeed] {
        var needs: [String: [SeriesNeed]] = [:]
        for rule in rules where !rule.isAlert {
            needs[rule.name, default: []].append(SeriesNeed(promQL: rule.query) ?? .nothing)
        }
        return needs.mapValues { $0.count == 1 ? $0[0] : .any($0) }
    }
}
