import Telemetry

/// Where a known failure shows in the traces: the other end of the calls that fail with it, and all who called them.
struct FailureReach {
    private(set) var services: Set<String> = []

    /// Of the failing traces that end at one place, as many must have the sign: the others may have lost it.
    private static let leastShare = 0.5

    init(of failure: KnownFailure, in scene: Scene) {
        let signed = Set(failure.signs.filter { $0.bearing != .everyday }.compactMap(\.trace))
        guard !signed.isEmpty else { return }
        let table = scene.spans
        var ends: [String: (traces: Set<Int>, rows: [Int])] = [:]
        for origin in scene.failures.origins {
            let end = FailureTarget.service(of: origin.row, in: table)
            ends[end, default: ([], [])].traces.insert(origin.trace)
            ends[end, default: ([], [])].rows.append(origin.row)
        }
        for (end, found) in ends {
            // The search stops at so many signs of one kind.
            let expected = Double(min(found.traces.count, SightingSearch.mostSpansOfOperation))
            guard Double(signed.intersection(found.traces).count) >= expected * Self.leastShare else { continue }
            services.insert(end)
            for row in found.rows where signed.contains(Int(table.rows[row].trace)) {
                var current = row
                while current >= 0 {
                    services.insert(table.services[table.service(of: current)])
                    current = Int(table.rows[current].parent)
                }
            }
        }
    }
}
