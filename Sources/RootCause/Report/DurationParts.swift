import Telemetry

/// Where the average trace's time goes: of builds to the queue and their stages, of others to the services.
enum DurationParts {
    /// Named parts; the others are the rest.
    private static let mostNamed = 8

    private struct Part: Hashable {
        let kind: Impact.DurationPart.Kind
        let name: String
    }

    /// - Parameter traces: numbers of those that count.
    static func of(_ traces: [Int], _ weights: TraceWeights, in scene: Scene) -> [Impact.DurationPart] {
        let builds = scene.slowBuilds.times.filter { number, _ in
            // A build within another one is part of that one's time.
            scene.builds[number].root.map { scene.spans.rows[$0].parent < 0 } ?? false
        }
        guard builds.isEmpty else {
            return ofBuilds(
                builds.sorted { $0.key < $1.key }.map { ($0.value, weights[scene.builds[$0.key].traceID]) })
        }
        return ofServices(traces, weights, in: scene.spans)
    }

    private static func ofBuilds(_ builds: [(times: BuildTimes, weight: Double)]) -> [Impact.DurationPart] {
        var seconds: [Part: Double] = [:]
        for (times, weight) in builds {
            seconds[Part(kind: .queue, name: ""), default: 0] += weight * times.queue
            for stage in times.stages.keys.sorted() {
                seconds[Part(kind: .stage, name: stage), default: 0] += weight * (times.stages[stage] ?? 0)
            }
            seconds[Part(kind: .rest, name: ""), default: 0] += weight * times.rest
        }
        return parts(seconds, of: builds.reduce(0) { $0 + $1.weight })
    }

    private static func ofServices(
        _ traces: [Int], _ weights: TraceWeights, in table: SpanTable
    ) -> [Impact.DurationPart] {
        var nanoseconds: [Int: Double] = [:]
        var count = 0.0
        for trace in traces {
            let weight = weights[table.traces[trace].id]
            count += weight
            for row in table.traceRows[trace].rows {
                nanoseconds[table.service(of: row), default: 0] += weight * Double(table.rows[row].selfTime)
            }
        }
        var seconds: [Part: Double] = [:]
        for (service, time) in nanoseconds {
            seconds[Part(kind: .service, name: table.services[service])] = time * 1e-9
        }
        return parts(seconds, of: count)
    }

    private static func parts(_ seconds: [Part: Double], of count: Double) -> [Impact.DurationPart] {
        let ordered = seconds.filter { $0.value > 0 && $0.value.isFinite }.sorted {
            ($1.value, $0.key.kind.rawValue, $0.key.name) < ($0.value, $1.key.kind.rawValue, $1.key.name)
        }
        let total = ordered.reduce(0) { $0 + $1.value }
        guard total > 0, count > 0 else { return [] }
        let named = ordered.filter { $0.key.kind != .rest }.prefix(mostNamed)
        let rest = total - named.reduce(0) { $0 + $1.value }
        func part(_ key: Part, _ seconds: Double) -> Impact.DurationPart {
            Impact.DurationPart(
                key.kind, key.name, average: .milliseconds((seconds / count * 1000).rounded()),
                share: seconds / total)
        }
        // What is left of sums of doubles is no part.
        let least = 1e-6 * total
        return named.map { part($0.key, $0.value) }
            + (rest > least ? [part(Part(kind: .rest, name: ""), rest)] : [])
    }
}
