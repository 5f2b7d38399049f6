import Telemetry

/// An event in either of its forms: core/v1 and events.k8s.io/v1.
///
/// The two are the same object seen through two APIs. An event that was written through the newer one shows in core/v1
/// with `firstTimestamp` and `lastTimestamp` null and its times in `eventTime` and `series`; an event that was written
/// through the older one shows in events.k8s.io/v1 with them under `deprecated…`.
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
struct WireEvent: KubernetesObject {
    static let kind = "Event"

    let event: ClusterEvent

    private enum CodingKeys: CodingKey {
        case metadata, type, reason, count, deprecatedCount, message, note, involvedObject, regarding, source
        case deprecatedSource, reportingComponent, reportingController, series
        case firstTimestamp, lastTimestamp, deprecatedFirstTimestamp, deprecatedLastTimestamp, eventTime
    }

    private struct ObjectReference: Decodable {
        let kind: String?
        let namespace: String?
        let name: String?
    }

    private struct Source: Decodable { let component: String? }

    private struct Series: Decodable {
        let count: WireCount?
        let lastObservedTime: WireTime?
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func time(_ keys: CodingKeys...) throws -> Timestamp? {
            for key in keys {
                if let time = try container.decodeIfPresent(WireTime.self, forKey: key) { return time.at }
            }
            return nil
        }
        func text(_ keys: CodingKeys...) throws -> String? {
            for key in keys {
                if let text = try container.decodeIfPresent(String.self, forKey: key), !text.isEmpty { return text }
            }
            return nil
        }
        let metadata = try container.decodeIfPresent(WireMetadata.self, forKey: .metadata)
        let series = try container.decodeIfPresent(Series.self, forKey: .series)
        let last = try series?.lastObservedTime?.at ?? time(.lastTimestamp, .deprecatedLastTimestamp)
        guard
            let first = try time(.firstTimestamp, .deprecatedFirstTimestamp, .eventTime) ?? last
                ?? metadata?.creationTimestamp?.at
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .eventTime, in: container, debugDescription: "an event without any time")
        }
        let object =
            try container.decodeIfPresent(ObjectReference.self, forKey: .involvedObject)
            ?? container.decodeIfPresent(ObjectReference.self, forKey: .regarding)
        let source =
            try container.decodeIfPresent(Source.self, forKey: .source)
            ?? container.decodeIfPresent(Source.self, forKey: .deprecatedSource)
        let count =
            try series?.count ?? container.decodeIfPresent(WireCount.self, forKey: .count)
            ?? container.decodeIfPresent(WireCount.self, forKey: .deprecatedCount)
        event = ClusterEvent(
            at: first, lastSeen: last, reason: try text(.reason) ?? "", message: try text(.message, .note) ?? "",
            type: try text(.type) ?? "Normal",
            // The object's own namespace: events about nodes are stored in `default`, yet a node has none.
            object: ClusterEvent.Object(
                kind: object?.kind ?? "", namespace: object?.namespace ?? "", name: object?.name ?? ""),
            count: max(1, count?.number ?? 1),
            reporter: try text(.reportingComponent, .reportingController) ?? source?.component ?? "")
    }
}
