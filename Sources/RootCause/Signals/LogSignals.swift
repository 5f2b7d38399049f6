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
    private static let goodNews = 0.3
    private static let plainLine = 0.8
    /// One event may write thousands of lines: more than this is not surer.
    private static let mostDeviations = 8.0

    /// - Parameters:
    ///   - judged: services whose lines are left to rules of their own: those that run builds.
    ///   - isSampled: whether lines were fetched up to a limit: then a service of which nothing is known from before cannot
    ///     be compared.
    static func find(
        in logs: LogTable, spans table: SpanTable, except judged: Set<String> = [], isSampled: Bool = false
    ) -> [Signal] {
        let window = table.stretches.count
        guard window > 0 else { return [] }
        var numbers: [Key: Int] = [:]
        var pairs: [(key: Key, lines: [Double])] = []
        for row in logs.rows where row.span < 0 && row.service >= 0 && !judged.contains(logs.services[row.service]) {
            guard let stretch = table.stretches.index(of: row.population) else { continue }
            let key = Key(service: row.service, template: row.template)
            let pair = numbers[key] ?? pairs.count
            if pair == pairs.count {
                numbers[key] = pair
                pairs.append((key, [Double](repeating: 0, count: window + 1)))
            }
            pairs[pair].lines[stretch] += 1
        }
        var known: Set<Int> = []
        for pair in pairs where pair.lines.dropLast().contains(where: { $0 > 0 }) { known.insert(pair.key.service) }
        return pairs.compactMap { pair in
            guard !isSampled || known.contains(pair.key.service) else { return nil }
            let (expected, z) = deviation(pair.lines, stretches: table.stretches)
            let isError = logs.isErrorLike(pair.key.template)
            let weight = isError ? (z > 0 ? 1 : goodNews) : plainLine
            return Signal(
                .logs, service: logs.services[pair.key.service], z: abs(z), effect: weight * untracedEffect,
                operation: logs.templates[pair.key.template].text, before: expected, after: pair.lines[window],
                count: Int(pair.lines[window]))
        }
    }

    /// How many lines were to be expected, and how far their number lies from it, in standard errors.
    ///
    /// The square root of a count varies by a half, whatever the count (Anscombe); where the stretches vary more among
    /// themselves than independent lines would, it says less.
    private static func deviation(_ lines: [Double], stretches: Stretches) -> (expected: Double, z: Double) {
        let before = lines.dropLast()
        let mean = before.reduce(0, +) / Double(before.count)
        let variance = before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(before.count - 1, 1))
        let dispersion = mean > 0 ? max(1, variance / mean) : 1
        let length = stretches.baseline.duration.inSeconds / Double(stretches.count)
        let expected = mean * stretches.window.duration.inSeconds / max(length, 1e-9)
        let root = 0.375
        let difference = ((lines.last ?? 0) + root).squareRoot() - (expected + root).squareRoot()
        // The expectation is itself an estimate, from as many stretches as there are.
        let z = 2 * difference / (dispersion * (1 + 1 / Double(before.count))).squareRoot()
        return (expected, min(max(z, -mostDeviations), mostDeviations))
    }
}
