/// Reads LogQL log queries, by recursive descent.
struct LogQLParser {
    private var scanner: QueryScanner

    static func parse(_ text: String) throws(LogQLError) -> LogQL {
        guard !text.isEmpty else { throw LogQLError(text: "parse error : syntax error: unexpected $end") }
        var parser = LogQLParser(scanner: QueryScanner(text))
        var query = LogQL(matchers: try parser.selector())
        while !parser.scanner.isAtEnd() { query.stages.append(try parser.stage()) }
        return query
    }

    // MARK: The selector

    private mutating func selector() throws(LogQLError) -> [LogQL.Matcher] {
        guard scanner.take("{") else {
            guard scanner.nextToken() == "IDENTIFIER" else { throw unexpected() }
            throw LogQLError(text: "parse error \(scanner.position()): this lab evaluates log queries only, no metrics")
        }
        var matchers: [LogQL.Matcher] = []
        if !scanner.take("}") {
            repeat { matchers.append(try matcher()) } while scanner.take(",")
            guard scanner.take("}") else { throw unexpected(expecting: "} or ,") }
        }
        guard matchers.contains(where: { !$0.holds("") }) else {
            throw LogQLError(
                text: "parse error : queries require at least one regexp or equality matcher that does not have an "
                    + "empty-compatible value. For instance, app=~\".*\" does not meet this requirement, "
                    + "but app=~\".+\" will")
        }
        return matchers
    }

    private mutating func matcher() throws(LogQLError) -> LogQL.Matcher {
        let name = scanner.takeWord()
        guard !name.isEmpty else { throw unexpected() }
        guard let sign = scanner.take(oneOf: ["=~", "!~", "!=", "="]).flatMap(LogQL.Matcher.Operator.init) else {
            throw unexpected(expecting: "= or =~ or !~ or !=")
        }
        let value = try string(expecting: "STRING")
        let isRegular = sign == .matches || sign == .matchesNot
        return LogQL.Matcher(
            name: name, sign: sign, value: value, regex: isRegular ? try regex(value, isAnchored: true) : nil)
    }

    // MARK: The stages

    private mutating func stage() throws(LogQLError) -> LogQL.Stage {
        switch scanner.take(oneOf: ["|=", "|~", "!=", "!~", "|"]) {
        case "|=": return .contains(try patterns(areRegular: false), isNegated: false)
        case "|~": return .contains(try patterns(areRegular: true), isNegated: false)
        case "!=": return .contains(try patterns(areRegular: false), isNegated: true)
        case "!~": return .contains(try patterns(areRegular: true), isNegated: true)
        case "|": break
        default: throw unexpected()
        }
        if scanner.take(word: "json") { return .json }
        if scanner.take(word: "logfmt") { return .logfmt }
        var ahead = scanner
        let word = ahead.takeWord()
        if ["regexp", "pattern", "unpack", "line_format", "label_format", "drop", "keep", "decolorize", "unwrap"]
            .contains(word)
        {
            throw LogQLError(text: "parse error \(scanner.position()): this lab does not evaluate | \(word)")
        }
        return .filter(try disjunction())
    }

    /// One text, or several with `or` between them.
    private mutating func patterns(areRegular: Bool) throws(LogQLError) -> [LogQL.Pattern] {
        var patterns: [LogQL.Pattern] = []
        repeat {
            let text = try string(expecting: "STRING or ip")
            patterns.append(areRegular ? .regex(try regex(text, isAnchored: false)) : .text(text))
        } while scanner.take(word: "or")
        return patterns
    }

    private mutating func disjunction() throws(LogQLError) -> LogQL.Filter {
        var left = try conjunction()
        while scanner.take(word: "or") { left = .or(left, try conjunction()) }
        return left
    }

    /// `and`, a comma or nothing but a space mean the same.
    private mutating func conjunction() throws(LogQLError) -> LogQL.Filter {
        var left = try filter()
        while scanner.take(word: "and") || scanner.take(",") { left = .and(left, try filter()) }
        return left
    }

    private mutating func filter() throws(LogQLError) -> LogQL.Filter {
        guard scanner.take("(") else { return .matcher(try matcher()) }
        let inner = try disjunction()
        guard scanner.take(")") else { throw unexpected() }
        return inner
    }

    // MARK: Pieces

    private mutating func string(expecting expected: String) throws(LogQLError) -> String {
        do {
            if let text = try scanner.takeString() { return text }
        } catch {
            throw LogQLError(text: "parse error \(scanner.position(error.offset)): \(error.reason)")
        }
        throw unexpected(expecting: expected)
    }

    private func regex(_ pattern: String, isAnchored: Bool) throws(LogQLError) -> GoRegex {
        guard let regex = GoRegex(pattern, isAnchored: isAnchored) else {
            throw LogQLError(text: "parse error : error parsing regexp: `\(pattern)`")
        }
        return regex
    }

    private mutating func unexpected(expecting expected: String? = nil) -> LogQLError {
        let token = scanner.nextToken()
        let text = "parse error \(scanner.position()): syntax error: unexpected \(token)"
        return LogQLError(text: text + (expected.map { ", expecting \($0)" } ?? ""))
    }
}
