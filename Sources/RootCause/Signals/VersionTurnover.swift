import Telemetry

/// A new version that took over from another one: since then, no pod of the old one has served a call.
///
/// Where both serve side by side, `OverrepresentedAttributes` compares them at the same time, which tells more.
struct VersionTurnover: Hashable, Sendable {
    let version: String
    let old: String
    /// When the new one was first seen.
    let at: Timestamp
    /// Calls that the old version served and the new one.
    let callsBefore: Int
    let callsAfter: Int

    private static let fewestCalls = 5
    /// How long a new version may serve before it does harm, and still be the most likely reason.
    private static let latest = Duration.seconds(600)
    /// Onsets are found to a few seconds; the first failing call may be the first call of all.
    private static let tolerance = Duration.seconds(10)

    /// - Parameter onset: when the service began to go wrong.
    static func find(of service: String, in table: SpanTable, before onset: Timestamp) -> VersionTurnover? {
        guard let number = table.serviceNumber(service) else { return nil }
        struct Stay {
            var first = Timestamp(nanoseconds: .max)
            var last = Timestamp(nanoseconds: .min)
            var calls = 0
            var wasBefore = false
        }
        var stays: [String: Stay] = [:]
        var versions: [Int32: String] = [:]
        for trace in table.traceRows where trace.compared != .neither {
            for row in trace.rows where table.service(of: row) == number {
                let place = table.rows[row].place
                if versions[place] == nil { versions[place] = version(of: row, in: table) }
                guard let version = versions[place], !version.isEmpty else { continue }
                let start = Timestamp(nanoseconds: table.rows[row].start)
                var stay = stays[version] ?? Stay()
                stay.first = min(stay.first, start)
                stay.last = max(stay.last, start)
                let parent = Int(table.rows[row].parent)
                if parent < 0 || table.service(of: parent) != number { stay.calls += 1 }
                if trace.compared != .window { stay.wasBefore = true }
                stays[version] = stay
            }
        }
        let new = stays.filter { !$0.value.wasBefore }
        guard new.count == 1, let (version, stay) = new.first,
            let old = stays.filter(\.value.wasBefore).max(by: { ($0.value.last, $1.key) < ($1.value.last, $0.key) }),
            stay.first - tolerance <= onset, onset - stay.first <= latest, old.value.last <= onset + tolerance,
            stay.calls >= fewestCalls, old.value.calls >= fewestCalls
        else { return nil }
        return VersionTurnover(
            version: version, old: old.key, at: stay.first, callsBefore: old.value.calls, callsAfter: stay.calls)
    }

    /// Empty when its resource names none.
    private static func version(of row: Int, in table: SpanTable) -> String {
        let resource = table.span(of: row).resource
        return resource.text("service.version") ?? resource.text("container.image.tag")
            ?? resource.text("k8s.replicaset.name") ?? ""
    }
}
