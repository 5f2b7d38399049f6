import Telemetry

/// A configured query whose answer is among a case's series, under its name.
///
/// The lab cannot compute what cAdvisor's counters would have given; a case has what came of them. So an expression that is
/// this query, with whatever names filled in, is answered with those series that the names select.
struct RecordedQuery: Sendable {
    let name: String
    private let pieces: [MetricQuery.Part]

    init(_ query: MetricQuery) {
        name = query.name
        pieces = query.parts
    }

    /// What the names that were filled in ask of labels; nil when the expression is another one.
    ///
    /// A label that the answer has lost on the way, by an aggregation, cannot be asked for.
    func matchers(in expression: String) -> [LogQL.Matcher]? {
        var rest = expression[...]
        var matchers: [LogQL.Matcher] = []
        var before = ""
        for piece in pieces {
            switch piece {
            case .text(let text):
                guard rest.hasPrefix(text) else { return nil }
                rest = rest.dropFirst(text.count)
                before = text
            case .placeholder("interval"):
                let duration = rest.prefix { $0 != "]" && $0 != ":" }
                guard GoNumbers.duration(String(duration)) != nil else { return nil }
                rest = rest.dropFirst(duration.count)
            case .placeholder:
                guard let (literal, end) = Self.literal(rest) else { return nil }
                rest = end
                if let matcher = Self.matcher(before, literal) { matchers.append(matcher) }
            }
        }
        return rest.isEmpty ? matchers : nil
    }

    /// The text up to the quote that ends the literal, and what follows it from the quote on.
    private static func literal(_ text: Substring) -> (String, Substring)? {
        var rest = text
        while let next = rest.first, next != "\"" { rest = rest.dropFirst(next == "\\" ? 2 : 1) }
        guard !rest.isEmpty else { return nil }
        return (String(text[..<rest.startIndex]), rest)
    }

    /// - Parameter before: the query up to the placeholder: `x{pod=~"`.
    private static func matcher(_ before: String, _ literal: String) -> LogQL.Matcher? {
        guard let match = before.firstMatch(of: /([A-Za-z_][A-Za-z0-9_]*)\s*=~\s*"$/) else { return nil }
        var scanner = QueryScanner("\"\(literal)\"")
        guard let pattern = (try? scanner.takeString()) ?? nil, let regex = GoRegex(pattern, isAnchored: true) else {
            return nil
        }
        return LogQL.Matcher(name: String(match.1), sign: .matches, value: pattern, regex: regex)
    }

    func selects(_ series: MetricSeries, _ matchers: [LogQL.Matcher]) -> Bool {
        series.name == name && matchers.allSatisfy { series.labels[$0.name] == nil || $0.holds(series.labels[$0.name]) }
    }
}
