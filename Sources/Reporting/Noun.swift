package import Languages

/// What is counted, said with its number: in other languages more than the noun may depend on it.
package enum Noun: CaseIterable {
    case alert, moreAlert, incident, moreIncident, build, service, pod, node, trace, failingTrace, logLine, event
    case metricSeries, vote
    case alertNotification, notification, message
    case timelineStep, moreStep, otherCause, link, otherReason, kindOfIncident, otherKind

    /// "1 build", "3 builds"
    package func phrase(_ number: Int) -> Phrase {
        let count = Quantities.count(number)
        return number == 1 ? one(count) : several(count)
    }

    private func one(_ count: Phrase) -> Phrase {
        switch self {
        case .alert: "\(count) alert"
        case .moreAlert: "\(count) more alert"
        case .incident: "\(count) incident"
        case .moreIncident: "\(count) more incident"
        case .build: "\(count) build"
        case .service: "\(count) service"
        case .pod: "\(count) pod"
        case .node: "\(count) node"
        case .trace: "\(count) trace"
        case .failingTrace: "\(count) failing trace"
        case .logLine: "\(count) log line"
        case .event: "\(count) event"
        // A place with its number, so that it is another sentence than that of several in languages where it differs.
        case .metricSeries: Phrase(template: "{1} metric series", [count])
        case .vote: "\(count) vote"
        case .alertNotification: "\(count) alert notification"
        case .notification: "\(count) notification"
        case .message: "\(count) message"
        case .timelineStep: "\(count) timeline step"
        case .moreStep: "\(count) more step"
        case .otherCause: "\(count) other cause"
        case .link: "\(count) link"
        case .otherReason: "\(count) other reason for missing evidence"
        case .kindOfIncident: "\(count) kind of incident"
        case .otherKind: "\(count) kind more than shown"
        }
    }

    private func several(_ count: Phrase) -> Phrase {
        switch self {
        case .alert: "\(count) alerts"
        case .moreAlert: "\(count) more alerts"
        case .incident: "\(count) incidents"
        case .moreIncident: "\(count) more incidents"
        case .build: "\(count) builds"
        case .service: "\(count) services"
        case .pod: "\(count) pods"
        case .node: "\(count) nodes"
        case .trace: "\(count) traces"
        case .failingTrace: "\(count) failing traces"
        case .logLine: "\(count) log lines"
        case .event: "\(count) events"
        case .metricSeries: "\(count) metric series"
        case .vote: "\(count) votes"
        case .alertNotification: "\(count) alert notifications"
        case .notification: "\(count) notifications"
        case .message: "\(count) messages"
        case .timelineStep: "\(count) timeline steps"
        case .moreStep: "\(count) more steps"
        case .otherCause: "\(count) other causes"
        case .link: "\(count) links"
        case .otherReason: "\(count) other reasons for missing evidence"
        case .kindOfIncident: "\(count) kinds of incident"
        case .otherKind: "\(count) kinds more than shown"
        }
    }
}
