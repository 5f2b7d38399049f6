import Alerts
import Languages
import RootCause
import Telemetry

extension SummaryBuilder {
    /// In the order in which they are offered.
    func links(for diagnosis: Diagnosis, on occasion: Occasion) -> [Summary.Link] {
        let all =
            grafanaLinks(for: diagnosis)
            + [runbookLink(for: diagnosis, on: occasion), evidenceLink(on: occasion)]
            + (occasion.alert.map { alertLinks($0, on: occasion) } ?? [])
        let links = all.compactMap { $0 }
        // Without one trace to open, the search for them stands in its place.
        let hasTrace = links.contains { $0.target == .trace }
        let rank = { (link: Summary.Link) in
            link.target == .search && !hasTrace ? Summary.Link.Target.trace.rawValue : link.target.rawValue
        }
        return links.sorted { rank($0) < rank($1) }
    }

    func evidenceLink(on occasion: Occasion) -> Summary.Link? {
        let destination: Phrase =
            occasion.incident.map { "everything about incident \($0)" } ?? "everything about this incident"
        let page = occasion.evidenceURL ?? occasion.incident.flatMap { incidentPage($0) }
        return link(.evidence, destination, page.flatMap { WebAddress.checked($0) })
    }

    private func grafanaLinks(for diagnosis: Diagnosis) -> [Summary.Link?] {
        guard let grafana else { return [] }
        let services = shownServices(diagnosis)
        let whose: Phrase = services.isEmpty ? "all services" : Quantities.list(services.map(\.plainLine))
        return
            (diagnosis.exemplar.map { traceLinks($0, diagnosis, grafana) }
            ?? serviceLinks(services, whose, diagnosis, grafana)) + [
                podLink(diagnosis, grafana),
                link(
                    .search, "all that failed in \(whose) at that time",
                    grafana.search(services: services, in: diagnosis.window)),
                link(
                    .dashboard, "the dashboard at that time",
                    grafana.dashboard(services: services, in: diagnosis.window)),
            ]
    }

    private func traceLinks(
        _ exemplar: Exemplar, _ diagnosis: Diagnosis, _ grafana: GrafanaLinks
    ) -> [Summary.Link?] {
        let (trace, span) = (exemplar.traceID, exemplar.spanID)
        let window = TimeWindow(
            start: min(diagnosis.window.start, exemplar.window.start),
            end: max(diagnosis.window.end, exemplar.window.end))
        let place: Phrase = "`\(exemplar.operation.plainLine)` of \(exemplar.service.plainLine)"
        return [
            link(.trace, "a failing trace, at \(place)", grafana.trace(trace, span: span, in: window)),
            link(.logs, "the log lines of that trace", grafana.logs(of: trace, in: window)),
            link(
                .tracesAndLogs, "that trace, its log lines beside it",
                grafana.tracesAndLogs(trace, span: span, in: window), hasTrace: true),
        ]
    }

    private func serviceLinks(
        _ services: [String], _ whose: Phrase, _ diagnosis: Diagnosis, _ grafana: GrafanaLinks
    ) -> [Summary.Link?] {
        [
            link(
                .logs, "the log lines of \(whose)",
                grafana.logs(ofServices: services, in: diagnosis.window)),
            link(
                .tracesAndLogs, "the failing traces of \(whose), the log lines beside them",
                grafana.tracesAndLogs(services: services, in: diagnosis.window)),
        ]
    }

    /// The pods that a person would look at: the cause's, then the suspected ones, then those of the alert.
    private func podLink(_ diagnosis: Diagnosis, _ grafana: GrafanaLinks) -> Summary.Link? {
        let subject = diagnosis.hypotheses.first?.subject
        let references = (diagnosis.hypotheses.first?.evidence ?? []).compactMap { finding -> (String?, String)? in
            guard case .logsOfPod(let namespace, let pod)? = finding.reference else { return nil }
            return (namespace, pod)
        }
        let named = subject?.kind == .pod ? subject.map { [$0.name] } ?? [] : []
        let suspected = diagnosis.suspects.filter { $0.kind == .pod }.map(\.name)
        let first = named + references.map(\.1)
        var seen: Set<String> = []
        let pods = (first.isEmpty ? (suspected.isEmpty ? diagnosis.scope.pods : suspected) : first)
            .filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(Self.podsInALink)
        guard !pods.isEmpty else { return nil }
        let namespaces = Set(references.compactMap(\.0) + (references.isEmpty ? diagnosis.scope.namespaces : []))
        return link(
            .podLogs, "the log lines of \(Quantities.list(pods.map(\.plainLine)))",
            grafana.logs(
                ofPods: Array(pods), namespace: namespaces.count == 1 ? namespaces.first : nil, in: diagnosis.window))
    }

    /// More lines than these pods write nobody reads at once.
    private static let podsInALink = 5

    /// The services to look at: those of the alert, and the blamed one where the alert names none.
    private func shownServices(_ diagnosis: Diagnosis) -> [String] {
        if !diagnosis.scope.services.isEmpty { return diagnosis.scope.services }
        if let subject = diagnosis.hypotheses.first?.subject, subject.kind == .service { return [subject.name] }
        return diagnosis.suspects.first { $0.kind == .service }.map { [$0.name] } ?? []
    }

    private func runbookLink(for diagnosis: Diagnosis, on occasion: Occasion) -> Summary.Link? {
        if let top = diagnosis.hypotheses.first, let link = runbookLink(of: top, on: occasion) { return link }
        let annotations = occasion.alert.map { [$0.commonAnnotations] + $0.alerts.map(\.annotations) } ?? []
        let own = annotations.lazy.compactMap { $0["runbook_url"] }.first { !$0.isEmpty }
        return link(.runbook, "the alert's own runbook", own.flatMap { WebAddress.checked($0) })
    }

    private func runbookLink(of hypothesis: Hypothesis, on occasion: Occasion) -> Summary.Link? {
        runbookLink(runbookPage(hypothesis.runbook, on: occasion), of: hypothesis.cause)
    }

    func runbookLink(of cause: Cause, on occasion: Occasion) -> Summary.Link? {
        runbookLink(runbookPage("Runbooks/\(cause.rawValue).md", on: occasion), of: cause)
    }

    private func runbookLink(_ page: String?, of cause: Cause) -> Summary.Link? {
        link(
            .runbook, cause == .unknown ? "where to look next" : "what to do about it",
            page.flatMap { WebAddress.checked($0) })
    }

    /// Where a page is read: at its own address, in the configured folder, or else at the service itself, which knows
    /// the incident.
    private func runbookPage(_ runbook: String, on occasion: Occasion) -> String? {
        let (folder, fileType) = ("Runbooks/", ".md")
        guard runbook.hasPrefix(folder), runbook.hasSuffix(fileType) else { return runbook }
        let name = String(runbook.dropFirst(folder.count).dropLast(fileType.count)).percentEncoded
        let withoutSlash = { (address: String) in address.hasSuffix("/") ? String(address.dropLast()) : address }
        if let runbooks { return "\(withoutSlash(runbooks))/\(name)\(fileType)" }
        let query = occasion.incident.map { "?incident=\($0.percentEncoded)" } ?? ""
        return ownPages.map { "\(withoutSlash($0))/runbooks/\(name)\(query)" }
    }

    /// A form for people to confirm: Alertmanager's address takes what is silenced, not for how long.
    func silenceLink(_ alert: AlertGroup, on occasion: Occasion) -> Summary.Link? {
        link(
            .silence, "the form for a new silence of this alert, in Alertmanager",
            SilenceLink.url(for: alert, incident: occasion.incident))
    }

    private func alertLinks(_ alert: AlertGroup, on occasion: Occasion) -> [Summary.Link?] {
        let rule = alert.alerts.lazy.map(\.generatorURL).first { !$0.isEmpty }
        return [
            silenceLink(alert, on: occasion),
            link(
                .alert, "the expression that fired, in Prometheus",
                rule.flatMap { WebAddress.checked($0) }),
        ]
    }

    private func link(
        _ target: Summary.Link.Target, _ destination: Phrase, _ url: String?, hasTrace: Bool = false
    ) -> Summary.Link? {
        url.map {
            Summary.Link(
                target: target, title: say(target.title(hasTrace: hasTrace)), destination: say(destination), url: $0)
        }
    }
}

extension Summary.Link.Target {
    /// What a button that leads there says.
    ///
    /// - Parameter hasTrace: whether it leads to one trace.
    func title(hasTrace: Bool = false) -> Phrase {
        switch self {
        case .trace: "Open trace"
        case .logs: "Logs"
        case .dashboard: "Dashboard"
        case .runbook: "Runbook"
        case .silence: "Silence…"
        case .evidence: "All evidence"
        case .podLogs: "Pod logs"
        case .search: "Failing traces"
        case .alert: "Alert rule"
        case .tracesAndLogs: hasTrace ? "Trace and logs" : "Traces and logs"
        }
    }
}
