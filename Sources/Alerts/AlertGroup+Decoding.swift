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
        case .malformed(let detail): "the body is not an Alertmanager webhook: \(detail)"
        case .unsupportedVersion(let version):
            "webhook version \"\(version)\" is not supported; Alertmanager's \"4\" is"
        case .tooManyAlerts(let count, let limit):
            "\(count) alerts in one notification, \(limit) are accepted; set max_alerts in Alertmanager's webhook_config"
        }
    }
}

extension AlertGroup {
    /// Reads a webhook's body. Unknown fields are accepted: newer releases add some.
    ///
    /// - Parameter maximumAlerts: above it the body is refused.
    package init(webhookBody body: [UInt8], maximumAlerts: Int = 10_000) throws(WebhookDecodingError) {
        let wire: WireGroup
        do {
            let version = try JSONDecoder().decode(WireVersion.self, from: Data(body)).version
            guard version == "4" else { throw WebhookDecodingError.unsupportedVersion(version) }
            wire = try JSONDecoder().decode(WireGroup.self, from: Data(body))
        } catch let error as WebhookDecodingError {
            throw error
        } catch {
            throw .malformed(detail: Self.explain(error))
        }
        guard wire.alerts.count <= maximumAlerts else {
            throw .tooManyAlerts(count: wire.alerts.count, limit: maximumAlerts)
        }
        guard !wire.alerts.isEmpty else { throw .malformed(detail: "alerts is empty") }
        var alerts: [Alert] = []
        for (index, alert) in wire.alerts.enumerated() {
            guard let startsAt = Timestamp(rfc3339: alert.startsAt) else {
                throw .malformed(detail: "alerts[\(index)].startsAt is no RFC 3339 time: \(alert.startsAt.prefix(40))")
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
        keys.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
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
