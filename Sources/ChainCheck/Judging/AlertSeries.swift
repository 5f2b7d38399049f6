import Telemetry

/// Whether the alerts that have a playbook can come: their rules are loaded, and the series that they need exist.
struct AlertSeries {
    let rules: PrometheusRules
    /// Alerts that another evaluates: Loki's ruler. It needs no series of this Prometheus.
    var elsewhere: Set<String> = []
    let sightings: SeriesSightings
    var platforms = Set(ChainPlan.Platform.allCases)
    /// Of Prometheus.
    let address: String

    /// A line for each kind of fault, and one for what is well.
    ///
    /// - Parameter alerts: names of alerts that a playbook is for, without patterns.
    func findings(_ alerts: [String]) -> [Finding] {
        guard !alerts.isEmpty else {
            return [
                finding(
                    .skipped, "no playbook names an alert",
                    "Name alerts in a playbook's match.alertname (Config/playbooks.yaml).")
            ]
        }
        let loaded = alerts.compactMap(rules.alert)
        let states = loaded.map { (name: $0.name, state: state($0)) }
        var findings = [absent(alerts), faulty(loaded), dead(states)].compactMap { $0 }
        findings += [quiet(states), unread(loaded)].compactMap { $0 }
        let well = states.filter { $0.state == .well }.map(\.name) + alerts.filter { isElsewhere($0) }
        if findings.isEmpty, !well.isEmpty {
            findings.append(Finding(.alertSeries, .ok, on: address, "\(Wording.list(well, atMost: 4)) can fire"))
        }
        return findings + inapplicable(states)
    }

    private func finding(_ verdict: Finding.Verdict, _ observed: String, _ advice: String) -> Finding {
        Finding(.alertSeries, verdict, on: address, observed, advice: advice)
    }

    // MARK: What may be wrong

    private func isElsewhere(_ name: String) -> Bool { rules.alert(name) == nil && elsewhere.contains(name) }

    private func absent(_ alerts: [String]) -> Finding? {
        let absent = alerts.filter { rules.alert($0) == nil && !elsewhere.contains($0) }
        guard !absent.isEmpty else { return nil }
        return finding(
            .failure, "there is no rule for \(Wording.list(absent, atMost: 4))",
            absent.count == alerts.count
                ? "Load deploy/prometheus/rules.yaml: rule_files of Prometheus, or as a PrometheusRule."
                : "Load deploy/prometheus/rules.yaml again, or take the name out of its playbook.")
    }

    private func faulty(_ loaded: [PrometheusRules.Rule]) -> Finding? {
        let advice = "Correct its expression, or load deploy/prometheus/rules.yaml again."
        if let first = loaded.first(where: { $0.fault != nil }) {
            return finding(.failure, "\(first.name) cannot be evaluated: \(first.fault ?? "")", advice)
        }
        let needed = rules.metrics(of: loaded.map(\.name))
        let recorded = rules.rules.first { !$0.isAlert && $0.fault != nil && needed.contains($0.name) }
        return recorded.map {
            finding(.failure, "\($0.name), which alerts need, cannot be evaluated: \($0.fault ?? "")", advice)
        }
    }

    /// Whether a rule's series are there.
    private enum State: Hashable {
        case well
        /// Of each thing that is missing, the metrics of which any would be enough.
        case dead([[String]])
        /// Nothing came since, perhaps because nothing happened.
        case quiet([String])
        case inapplicable(String, ChainPlan.Platform)
        /// The rule itself has a fault, or cannot be read; that is told elsewhere.
        case untold
    }

    private func state(_ rule: PrometheusRules.Rule) -> State {
        guard rule.fault == nil, let need = SeriesNeed(promQL: rule.query) else { return .untold }
        let missing = need.missing(sightings.present.contains, recorded: rules.recorded)
        for list in missing {
            let platforms = Set(list.map { SeriesOrigin.of($0)?.platform })
            guard platforms.count == 1, let platform = platforms.first ?? nil, !self.platforms.contains(platform) else {
                continue
            }
            return .inapplicable(list[0], platform)
        }
        let dead = missing.filter { !$0.contains(where: isQuiet) }
        guard dead.isEmpty else { return .dead(dead) }
        return missing.isEmpty ? .well : .quiet(missing.flatMap { $0.filter(isQuiet) })
    }

    private func isQuiet(_ name: String) -> Bool {
        sightings.lastSeen[name] != nil && SeriesOrigin.of(name)?.comesWithTraffic == true
    }

    private func dead(_ states: [(name: String, state: State)]) -> Finding? {
        let dead = states.compactMap { name, state -> (name: String, missing: [[String]])? in
            if case .dead(let missing) = state { (name, missing) } else { nil }
        }
        guard let names = dead.first?.missing.first else { return nil }
        let stopped = names.filter { sightings.lastSeen[$0] != nil }
        let why =
            stopped.isEmpty
            ? "there is \(Wording.none(of: names)), and was none in the last \(Wording.age(SeriesSightings.period))"
            : stopped.map(sightings.absence).joined(separator: ", ")
        return finding(
            .failure, "\(Wording.list(dead.map(\.name))) cannot fire: \(why)",
            SeriesOrigin.advice(for: stopped.first ?? names[0]))
    }

    private func quiet(_ states: [(name: String, state: State)]) -> Finding? {
        let quiet = states.compactMap { name, state -> (name: String, metrics: [String])? in
            if case .quiet(let metrics) = state { (name, metrics) } else { nil }
        }
        guard let metric = quiet.first?.metrics.first else { return nil }
        return finding(
            .warning, "\(sightings.absence(of: metric)), and \(Wording.list(quiet.map(\.name))) cannot fire without",
            "If builds or requests ran since then, it is broken. \(SeriesOrigin.advice(for: metric))")
    }

    /// An expression that cannot be read is no sign that its alert can fire.
    private func unread(_ loaded: [PrometheusRules.Rule]) -> Finding? {
        let needed = rules.metrics(of: loaded.map(\.name))
        // A recorded series that is there needs no reading of its rule.
        let recorded = rules.rules.filter {
            !$0.isAlert && needed.contains($0.name) && !sightings.present.contains($0.name)
        }
        let unread = (loaded + recorded).filter { $0.fault == nil && SeriesNeed(promQL: $0.query) == nil }.map(\.name)
        guard !unread.isEmpty else { return nil }
        return finding(
            .warning, "the expression of \(Wording.list(unread)) cannot be read here",
            "Ask Prometheus by hand whether the series in it exist.")
    }

    private func inapplicable(_ states: [(name: String, state: State)]) -> [Finding] {
        ChainPlan.Platform.allCases.compactMap { platform in
            let all = states.compactMap { name, state -> (name: String, metric: String)? in
                if case .inapplicable(let metric, platform) = state { (name, metric) } else { nil }
            }
            guard let first = all.first else { return nil }
            let exporter = SeriesOrigin.of(first.metric).map { " from \($0.exporter)" } ?? ""
            return finding(
                .skipped,
                "\(Wording.list(all.map(\.name))) would need \(first.metric)\(exporter), and \(platform.absence)",
                platform.advice)
        }
    }
}
