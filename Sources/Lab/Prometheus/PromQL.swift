import Scenarios
import Telemetry

/// PromQL in the part of the language that the lab evaluates: a number, a text, or a selector, which may be compared with a
/// number, have a range, or be counted by the metrics' names.
enum PromQL {
    case number(Double)
    case text(String)
    case selector(Selector, Comparison?)
    /// The samples as they were recorded, of an instant query.
    case range(Selector, Duration)
    /// `count by (__name__) (…)`
    case countByName(Selector)

    struct Selector {
        /// The name is the label `__name__`. They mean what they mean in LogQL.
        let matchers: [LogQL.Matcher]

        func selects(_ series: MetricSeries) -> Bool {
            matchers.allSatisfy { $0.holds($0.name == "__name__" ? series.name : series.labels[$0.name]) }
        }
    }

    /// Keeps the samples for which it holds.
    struct Comparison {
        let sign: String
        let number: Double

        func holds(_ value: Double) -> Bool {
            switch sign {
            case "==": value == number
            case "!=": value != number
            case ">=": value >= number
            case "<=": value <= number
            case ">": value > number
            default: value < number
            }
        }
    }
}

/// Why there is no value.
enum PromQLFault: Error {
    /// Prometheus would refuse it as well, in these words.
    case syntax(String)
    /// Prometheus would evaluate it, or might.
    case beyondLab
}

/// Reads PromQL, by recursive descent.
struct PromQLParser {
    private var scanner: QueryScanner

    static func parse(_ text: String) throws(PromQLFault) -> PromQL {
        var parser = PromQLParser(scanner: QueryScanner(text))
        guard !parser.scanner.isAtEnd() else { throw .syntax("1:1: parse error: no expression found in input") }
        let query = try parser.expression()
        guard parser.scanner.isAtEnd() else { throw .beyondLab }
        return query
    }

    private mutating func expression() throws(PromQLFault) -> PromQL {
        if let number = takeNumber() { return .number(number) }
        if let text = try takeString() { return .text(text) }
        if scanner.take(word: "count") {
            for text in ["by", "(", "__name__", ")", "("] {
                guard scanner.take(text) else { throw .beyondLab }
            }
            let selector = try selector()
            guard scanner.take(")") else { throw .beyondLab }
            return .countByName(selector)
        }
        let selector = try selector()
        if scanner.take("[") {
            let text = scanner.take { $0 != "]" && $0 != ":" }
            guard scanner.take("]"), let duration = GoNumbers.duration(text) else { throw .beyondLab }
            return .range(selector, duration)
        }
        guard let sign = scanner.take(oneOf: ["==", "!=", ">=", "<=", ">", "<"]) else {
            return .selector(selector, nil)
        }
        guard let number = takeNumber() else { throw .beyondLab }
        return .selector(selector, PromQL.Comparison(sign: sign, number: number))
    }

    private mutating func selector() throws(PromQLFault) -> PromQL.Selector {
        let name = scanner.take {
            $0 == "_" || $0 == ":" || $0.isASCII && ($0.properties.isAlphabetic || Self.isDigit($0))
        }
        var matchers: [LogQL.Matcher] = []
        if !name.isEmpty { matchers.append(.init(name: "__name__", sign: .equal, value: name, regex: nil)) }
        if scanner.take("{") {
            while !scanner.take("}") {
                matchers.append(try matcher())
                guard scanner.take(",") || scanner.sees("}") else { throw unexpected() }
            }
        }
        guard !matchers.isEmpty else { throw .beyondLab }
        guard matchers.contains(where: { !$0.holds("") }) else {
            throw .syntax("1:1: parse error: vector selector must contain at least one non-empty matcher")
        }
        return PromQL.Selector(matchers: matchers)
    }

    private mutating func matcher() throws(PromQLFault) -> LogQL.Matcher {
        let name = scanner.takeWord()
        guard !name.isEmpty,
            let sign = scanner.take(oneOf: ["=~", "!~", "!=", "="]).flatMap(LogQL.Matcher.Operator.init)
        else { throw unexpected() }
        guard let value = try takeString() else { throw unexpected() }
        let isRegular = sign == .matches || sign == .matchesNot
        let regex = isRegular ? GoRegex(value, isAnchored: true) : nil
        guard !isRegular || regex != nil else {
            throw .syntax("1:1: parse error: error parsing regexp: `\(value)`")
        }
        return LogQL.Matcher(name: name, sign: sign, value: value, regex: regex)
    }

    private mutating func takeNumber() -> Double? {
        var ahead = scanner
        let text = ahead.take { Self.isDigit($0) || ".eE+-".unicodeScalars.contains($0) }
        guard let first = text.unicodeScalars.first, first != "e", first != "E", let number = Double(text) else {
            return nil
        }
        scanner = ahead
        return number
    }

    private mutating func takeString() throws(PromQLFault) -> String? {
        do {
            return try scanner.takeString()
        } catch {
            throw .syntax("1:\(error.offset + 1): parse error: \(error.reason)")
        }
    }

    /// Inside of braces.
    private mutating func unexpected() -> PromQLFault {
        scanner.isAtEnd()
            ? .syntax("1:\(scanner.offset + 1): parse error: unexpected end of input inside braces")
            : .syntax("1:\(scanner.offset + 1): parse error: unexpected \(scanner.nextToken()) in label matching")
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
