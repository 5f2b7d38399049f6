import LogTemplates
import Telemetry

/// Log templates that are new, burst, or no longer come.
///
/// Counted per run of the operation that writes them where lines name their span, so that more traffic is no burst and
/// less traffic no silence; other lines are counted per stretch of time.
enum LogSignals {
    private struct Key: Hashable {
        /// An operation, or the service's number below -1 for lines that name no span.
        let writer: Int
        let template: Int
    }

    private struct Pair {
        let key: Key
        let service: String
        /// Lines by run, of the runs that wrote any; by stretch for lines that name no span.
        var lines: [Moments]
        var sample = -1
    }

    private static let fewestRuns = 5.0
    /// Lines without a span are compared as counts of a stretch of time, which vary with the traffic as well.
    private static let untracedEffect = 0.5

    static func find(in logs: LogTable, spans table: SpanTable) -> [Signal] {
        guard !logs.rows.isEmpty else { return [] }
        let window = table.stretches.count
        let runs = table.runs
        return pairs(of: logs, spans: table).compactMap { pair in
            var lines = pair.lines
            let isTraced = pair.key.writer >= 0
            if isTraced {
                for stretch in 0...window {
                    lines[stretch].addZeros(runs[pair.key.writer][stretch] - lines[stretch].count)
                }
            } else {
                lines = perStretch(lines, stretches: table.stretches)
            }
            let trials = lines.prefix(window).reduce(0) { $0 + $1.count }
            guard lines[window].count > 0, isTraced ? trials >= fewestRuns : trials > 1 else { return nil }
            let shift = Shift(
                baseline: lines.prefix(window), window: lines[window], floor: isTraced ? 0.01 : 1,
                variance: isTraced ? 1 / (trials + 1) + 0.01 : 1)
            let template = logs.templates[pair.key.template]
            let effect = effect(isError: logs.isErrorLike(pair.key.template), isMore: shift.z > 0)
            return Signal(
                .logs, service: pair.service, z: abs(shift.z),
                effect: isTraced ? effect : effect * untracedEffect, operation: template.text,
                before: shift.before, after: shift.after, count: Int(lines[window].sum), span: pair.sample)
        }
    }

    /// New or more error lines say most; error lines that no longer come are good news.
    private static func effect(isError: Bool, isMore: Bool) -> Double {
        switch (isError, isMore) {
        case (true, true): 1
        case (true, false): 0.4
        case (false, _): 0.8
        }
    }

    /// The number of lines of each stretch as one observation; the window's scaled to a stretch's length.
    private static func perStretch(_ lines: [Moments], stretches: Stretches) -> [Moments] {
        let length = stretches.baseline.duration.inSeconds / Double(max(stretches.count, 1))
        let scale = length / max(stretches.window.duration.inSeconds, 1e-9)
        return lines.enumerated().map { stretch, moments in
            var one = Moments()
            one.add(stretch == stretches.count ? moments.sum * scale : moments.sum)
            return one
        }
    }

    private static func pairs(of logs: LogTable, spans table: SpanTable) -> [Pair] {
        var pairs: [Pair] = []
        var numbers: [Key: Int] = [:]
        let empty = [Moments](repeating: Moments(), count: table.stretches.count + 1)
        for row in logs.rows {
            guard let stretch = table.stretches.index(of: row.population) else { continue }
            let isTraced = row.span >= 0
            guard isTraced || row.service >= 0 else { continue }
            let operation = isTraced ? Int(table.rows[row.span].operation) : -2 - row.service
            let key = Key(writer: operation, template: row.template)
            let pair = numbers[key] ?? pairs.count
            if pair == pairs.count {
                numbers[key] = pair
                let service =
                    isTraced
                    ? table.services[table.operations[operation].service] : logs.services[row.service]
                pairs.append(Pair(key: key, service: service, lines: empty))
            }
            pairs[pair].lines[stretch].add(1)
            if stretch == table.stretches.count, pairs[pair].sample < 0 { pairs[pair].sample = row.span }
        }
        return pairs
    }
}
