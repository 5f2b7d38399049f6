import Telemetry

extension MetricQuery {
    /// The query with its placeholders filled, so that no name can change what it asks.
    ///
    /// A placeholder without a name matches everything, for as long as another one narrows the query down.
    ///
    /// - Returns: nil when the query has placeholders for names and there is a name for none of them: it would be about
    ///   everything there is.
    func filled(with names: MetricNames, rateWindow: Duration) -> String? {
        let wanted = placeholders.subtracting([.interval])
        guard wanted.isEmpty || wanted.contains(where: { !names.patterns(for: $0).isEmpty }) else { return nil }
        return parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder("interval"): "\(rateWindow.components.seconds)s"
            case .placeholder(let word):
                Placeholder(rawValue: word).map { Self.alternatives(names.patterns(for: $0)) } ?? "$\(word)"
            }
        }.joined()
    }

    /// As it stands inside of a literal in double quotes.
    private static func alternatives(_ patterns: [String]) -> String {
        let pattern =
            switch patterns.count {
            case 0: ".*"
            case 1: patterns[0]
            default: "(?:\(patterns.joined(separator: "|")))"
            }
        return String(QuotedText.doubleQuoted(pattern).dropFirst().dropLast())
    }
}
