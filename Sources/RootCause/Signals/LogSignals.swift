import LogTemplates
import Telemetry

/// Log templates that are new, burst, or no longer come, of lines that name no span: counted by stretches of time.
///
/// Lines that name their span are compared run by run (`FlowSignals`), so that more traffic is no burst and less traffic
/// no silence.
enum LogSignals {
    private struct Key: Hashable {
        let service: Int
        let template: Int
    }

    /// Counts of a stretch of time vary with the traffic as well.
    private static let untracedEffect = 0.5
    /// Error lines that no longer come are good news.
    private static let goodNews = 0.4
    private static let plainLine = 0.8

    static func find(in logs: LogTable, spans table: SpanTable) -> [Signal] {
        let window = table.stretches.count
        guard window > 1 else { return [] }
        var numbers: [Key: Int] = [:]
        var pairs: [(key: Key, lines: [Double])] = []
        for row in logs.rows where row.span < 0 && row.service >= 0 {
            guard let stretch = table.stretches.index(of: row.population) else { continue }
            let key = Key(service: row.service, template: row.template)
            let pair = numbers[key] ?? pairs.count
            if pair == pairs.count {
                numbers[key] = pair
                pairs.append((key, [Double](repeating: 0, count: window + 1)))
            }
            pairs[pair].lines[stretch] += 1
        }
        return pairs.compactMap { pair in
            guard pair.lines[window] > 0 else { return nil }
            let moments = perStretch(pair.lines, stretches: table.stretches)
            let shift = Shift(baseline: moments.prefix(window), window: moments[window], floor: 1, variance: 1)
            let isError = logs.isErrorLike(pair.key.template)
            let weight = isError ? (shift.z > 0 ? 1 : goodNews) : plainLine
            return Signal(
                .logs, service: logs.services[pair.key.service], z: abs(shift.z), effect: weight * untracedEffect,
                operation: logs.templates[pair.key.template].text, before: shift.before, after: shift.after,
                count: Int(pair.lines[window]))
        }
    }

    /// The number of lines of each stretch as one observation; the window's scaled to a stretch's length.
    private static func perStretch(_ lines: [Double], stretches: Stretches) -> [Moments] {
        let length = stretches.baseline.duration.inSeconds / Double(max(stretches.count, 1))
        let scale = length / max(stretches.window.duration.inSeconds, 1e-9)
        return lines.enumerated().map { stretch, count in
            var one = Moments()
            one.add(stretch == stretches.count ? count * scale : count)
            return one
        }
    }
}
