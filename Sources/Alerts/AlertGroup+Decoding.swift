import FoundationEssentials
import Telemetry

/// Why a webhook's body is not a notification; the text is the one line that the sender gets to read.
package enum WebhookDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// - Parameter detail: the key path and what is wrong with it.
    case malformed(detail: String)
    case unsupportedVersion(String)
    case tooManyAlerts(count: Int, limit: Int)

    package var description: String {
        switch self {
        case .malformed(let detail):
            "the body is not an Alertmanager webhook: \(detail.printableLine(atMost: Self.longestDetail))"
        case .unsupportedVersion(let version):
            "webhook version \"\(version.printableLine(atMost: Self.longestExcerpt))\" is not supported; "
                + "Alertmanager's \"4\" is"
        case .tooManyAlerts(let count, let limit):
            "\(count) alerts in one notification, \(limit) are accepted; set max_alerts in Alertmanager's webhook_config"
        }
    }

    /// The sender chose the words: in an answer and in a log they are one line that can be read at a glance.
    private static let longestDetail = 100
    /// Of one word of the sender's: a time, a version.
    fileprivate static let longestExcerpt = 40
    /// Of a key path, so that what is wrong with it fits behind it.
    fileprivate static let longestPath = 60
}

extension AlertGroup {
    /// Reads a webhook's body. Unknown fields are accepted: newer releases add some.
    ///
    /// - Parameter maximumAlerts: above it the body is refused.
    package init(webhookBody body: [UInt8], maximumAlerts: Int = 10_000) throws(WebhookDecodingError) {
        let versioned = try Self.decode(WireVersion.self, from: body)
        guard versioned.version == "4" else { throw .unsupportedVersion(versioned.version) }
        try self.init(try Self.decode(WireGroup.self, from: body), maximumAlerts: maximumAlerts)
    }

    /// Reads what was saved of webhooks: one body, or an array of them.
    package static func all(inPayload payload: [UInt8]) throws(WebhookDecodingError) -> [AlertGroup] {
        let first = payload.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
        guard first == UInt8(ascii: "[") else { return [try AlertGroup(webhookBody: payload)] }
        let versions = try decode([WireVersion].self, from: payload)
        if let other = versions.first(where: { $0.version != "4" }) { throw .unsupportedVersion(other.version) }
        var groups: [AlertGroup] = []
        for wire in try decode([WireGroup].self, from: payload) {
            groups.append(try AlertGroup(wire, maximumAlerts: .max))
        }
        return groups
    }

    private init(_ wire: WireGroup, maximumAlerts: Int) throws(WebhookDecodingError) {
        guard wire.alerts.count <= maximumAlerts else {
            throw .tooManyAlerts(count: wire.alerts.count, limit: maximumAlerts)
        }
        guard !wire.alerts.isEmpty else { throw .malformed(detail: "alerts is empty") }
        var alerts: [Alert] = []
        for (index, alert) in wire.alerts.enumerated() {
            guard let startsAt = Timestamp(rfc3339: alert.startsAt) else {
                let text = alert.startsAt.printableLine(atMost: WebhookDecodingError.longestExcerpt)
                throw .malformed(detail: "alerts[\(index)].startsAt is no RFC 3339 time: \(text)")
            }
            alerts.append(
                Alert(
                    status: alert.status, labels: alert.labels, annotations: alert.annotations ?? [:],
                    startsAt: startsAt, endsAt: alert.endsAt.flatMap(Self.end), generatorURL: alert.generatorURL ?? "",
                    fingerprint: alert.fingerprint ?? ""))
        }
        self.init(
            status: wire.status, receiver: wire.receiver, groupKey: wire.groupKey, groupLabels: wire.groupLabels ?? [:],
            commonLabels: wire.commonLabels ?? [:], commonAnnotations: wire.commonAnnotations ?? [:],
            externalURL: wire.externalURL ?? "", truncatedAlerts: wire.truncatedAlerts ?? 0, alerts: alerts)
    }

    private static func decode<Wire: Decodable>(
        _ type: Wire.Type, from body: [UInt8]
    ) throws(WebhookDecodingError) -> Wire {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw .malformed(detail: explain(error))
        }
    }

    /// A firing alert ends in the year 1, which is outside the range of `Timestamp`, or not at all.
    private static func end(_ text: String) -> Timestamp? { Timestamp(rfc3339: text) }

    private static func explain(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "\(path(context.codingPath + [key])) is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(path(context.codingPath)) has the wrong type"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(path(context.codingPath)) has a value that is not known"
        default: "not valid JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let path = keys.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path.printableLine(atMost: WebhookDecodingError.longestPath)
    }
}

private struct WireVersion: Decodable {
    let version: String
}

private struct WireGroup: Decodable {
    let status: AlertGroup.Status
    let receiver: String
    let groupKey: String
    let groupLabels: [String: String]?
    let commonLabels: [String: String]?
    let commonAnnotations: [String: String]?
    let externalURL: String?
    let truncatedAlerts: Int?
    let alerts: [WireAlert]
}

private struct WireAlert: Decodable {
    let status: AlertGroup.Status
    let labels: [String: String]
    let annotations: [String: String]?
    let startsAt: String
    let endsAt: String?
    let generatorURL: String?
    let fingerprint: String?
}

extension AlertGroup.Status: Decodable {}
