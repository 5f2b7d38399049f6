import Telemetry

/// Which of the alerts that fired besides speak of what a hypothesis is about.
struct AlertBearing: Sendable {
    let scene: Scene

    /// Half as much again as without: rules of alerts are made of the same metrics, and what suffers fires as well as
    /// what is at fault.
    private static let subjectWeight = 0.4
    /// The same for what runs on it, or what it runs on.
    private static let placeWeight = 0.2
    /// One that repeats what another one says.
    private static let furtherWeight = 0.0
    /// More of them say nothing more.
    private static let most = 3

    /// What the alerts add to a draft; the clearest counts.
    func findings(for draft: Draft) -> [Finding] {
        guard !scene.otherAlerts.isEmpty, draft.subject.kind != .none else { return [] }
        let near = neighbours(of: draft.subject)
        let bearing = scene.otherAlerts.compactMap { link($0, to: draft.subject.name, near: near) }
        let clearest = bearing.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }.map(\.element)
        return clearest.prefix(Self.most).enumerated().map { position, link in
            let own = link.alert.instances.first { $0.labels.names.contains(link.name) }
            return Finding(
                .metrics, at: own?.began ?? link.alert.began,
                text: link.alert.sentence(naming: link.name, onset: scene.onset),
                weight: position == 0 ? link.weight : Self.furtherWeight)
        }
    }

    /// An alert and the name by which it is joined.
    private struct Link {
        let alert: OtherAlert
        let name: String
        let weight: Double
    }

    private func link(_ alert: OtherAlert, to subject: String, near: Set<String>) -> Link? {
        let names = alert.instances.reduce(into: Set<String>()) { $0.formUnion(self.names(of: $1.labels)) }
        if names.contains(subject) { return Link(alert: alert, name: subject, weight: Self.subjectWeight) }
        return near.intersection(names).min().map { Link(alert: alert, name: $0, weight: Self.placeWeight) }
    }

    /// A namespace is shared by too many to say anything of one of them, unless the alert is about the namespace itself.
    private func names(of labels: AlertLabels) -> Set<String> {
        guard let subject = labels.subject, subject.kind != "namespace", let namespace = labels.all["namespace"] else {
            return labels.names
        }
        var names = labels.names
        names.remove(namespace)
        return names.union([subject.name])
    }

    /// Where the subject runs, what runs on it, and what makes it.
    private func neighbours(of subject: Hypothesis.Subject) -> Set<String> {
        var near: Set<String> = []
        switch subject.kind {
        case .pod:
            near.formUnion(
                [scene.cluster.node(of: subject.name), scene.cluster.pods[subject.name]?.namespace].compactMap(\.self))
            for place in scene.spans.places where place.pod == subject.name {
                near.insert(scene.spans.services[place.service])
            }
        case .node: near.formUnion(scene.cluster.pods(on: subject.name))
        case .service:
            for place in scene.spans.places where scene.spans.services[place.service] == subject.name {
                guard let pod = place.pod else { continue }
                near.formUnion([pod, scene.cluster.pods[pod]?.namespace].compactMap(\.self))
            }
        default: break
        }
        near.remove(subject.name)
        return near
    }
}
