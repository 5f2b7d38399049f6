import Alerts
import Languages
package import RootCause
import Telemetry

/// What a receiver can hear of an incident.
package enum MessageKind: String, Hashable, Sendable, CaseIterable {
    /// Somebody looks; by an app only.
    case begun
    case diagnosis
    /// All that is known, below an app's message.
    case details
    /// More alerts, the same cause.
    case joined
    case reminder
    case resolved
    /// What a storm of alerts becomes.
    case digest
    /// What happened during a quiet time.
    case quietDigest = "quiet-digest"
    /// That messages arrive.
    case test

    /// Whether only an app sends it: one that can edit its messages and answer in threads.
    package var needsConversation: Bool {
        switch self {
        case .begun, .details, .joined: true
        case .diagnosis, .reminder, .resolved, .digest, .quietDigest, .test: false
        }
    }

    /// The message as it is posted.
    ///
    /// - Returns: nil where the platform has no such message.
    package func body(_ summary: Summary, on platform: ShownMessage.Platform) -> [UInt8]? {
        switch platform {
        case .slack: self == .details ? SlackRenderer().details(summary) : SlackRenderer().body(summary)
        // A workflow neither edits nor threads.
        case .teams: needsConversation ? nil : TeamsRenderer().body(summary)
        }
    }
}

extension SummaryBuilder {
    /// The message of this kind for an incident, to be looked at before there is one.
    ///
    /// - Parameter occasion: without an alert the kinds that tell of alerts have nothing to say.
    package func sample(of kind: MessageKind, _ diagnosis: Diagnosis, on occasion: Occasion) -> Summary? {
        switch kind {
        case .diagnosis, .details: return summary(of: diagnosis, on: occasion)
        case .test: return test(on: occasion)
        case .begun: return occasion.alert.map { beginning(of: $0, on: occasion) }
        case .joined: return occasion.alert.map { joining(of: $0.alerts, on: occasion) }
        case .reminder:
            return occasion.alert.map { reminder(of: story(of: diagnosis, alert: $0), on: occasion) }
        case .resolved:
            return occasion.alert.map { alert in
                var over = occasion
                over.alert = Self.ended(alert, at: occasion.now ?? diagnosis.window.end)
                return resolution(of: diagnosis, on: over)
            }
        case .digest, .quietDigest:
            return occasion.alert.map { alert in
                digest(
                    of: sampleLines(diagnosis, alert, on: occasion), wasQuiet: kind == .quietDigest, on: occasion)
            }
        }
    }

    private static func ended(_ alert: AlertGroup, at end: Timestamp) -> AlertGroup {
        AlertGroup(
            status: .resolved, receiver: alert.receiver, groupKey: alert.groupKey, groupLabels: alert.groupLabels,
            commonLabels: alert.commonLabels, commonAnnotations: alert.commonAnnotations,
            externalURL: alert.externalURL,
            alerts: alert.alerts.map {
                Alert(
                    status: .resolved, labels: $0.labels, annotations: $0.annotations, startsAt: $0.startsAt,
                    endsAt: end, generatorURL: $0.generatorURL, fingerprint: $0.fingerprint)
            })
    }

    /// The incident eight times, half of them over, and four that nobody has looked at.
    private func sampleLines(_ diagnosis: Diagnosis, _ alert: AlertGroup, on occasion: Occasion) -> [DigestLine] {
        let story = story(of: diagnosis, alert: alert)
        let start = story.onset ?? alert.startsAt ?? diagnosis.window.start
        return (0..<12).map { number in
            let begun = start + .seconds(number * 20)
            return DigestLine(
                incident: "i-\(number + 1)", alert: alert.name, story: number < 8 ? story : nil, startsAt: begun,
                resolvedAt: number < 4 ? begun + .seconds(300) : nil)
        }
    }

    /// Says that messages arrive, and nothing else.
    package func test(on occasion: Occasion) -> Summary {
        let time = occasion.now.map { now -> Phrase in "sent at \(zone.time(now)) \(zone.abbreviation(at: now))" }
        return Summary(
            language: language, mark: .test, severity: "info", headline: say("messages of sabueso arrive here"),
            context: say(time ?? .empty))
    }
}
