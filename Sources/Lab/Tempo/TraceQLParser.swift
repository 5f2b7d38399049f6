import Telemetry

/// Reads TraceQL, by recursive descent.
struct TraceQLParser {
    private var scanner: QueryScanner

    static func parse(_ text: String) throws(TraceQLError) -> TraceQL {
        var parser = TraceQLParser(scanner: QueryScanner(text))
        var query = TraceQL(spans: try parser.spanSets())
        while parser.scanner.take("|") { query.stages.append(try parser.stage()) }
        if parser.scanner.take(word: "with") { query.isMostRecent = try parser.hints() }
        guard parser.scanner.isAtEnd() else { throw parser.unexpected() }
        return query
    }

    // MARK: Span sets

    private mutating func spanSets() throws(TraceQLError) -> TraceQL.SpanSetExpression {
        var left = try spanSet()
        while let sign = scanner.take(oneOf: ["&&", "||", ">>", ">"]) {
            let right = try spanSet()
            left =
                switch sign {
                case "&&": .both(left, right)
                case "||": .either(left, right)
                case ">>": .descendant(left, right)
                default: .child(left, right)
                }
        }
        return left
    }

    private mutating func spanSet() throws(TraceQLError) -> TraceQL.SpanSetExpression {
        if scanner.take("(") {
            let inner = try spanSets()
            try expect(")")
            return inner
        }
        try expect("{")
        if scanner.take("}") { return .selector(nil) }
        let condition = try disjunction()
        try expect("}")
        return .selector(condition)
    }

    // MARK: Conditions

    private mutating func disjunction() throws(TraceQLError) -> TraceQL.Condition {
        var left = try conjunction()
        while scanner.take("||") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(TraceQLError) -> TraceQL.Condition {
        var left = try condition()
        while scanner.take("&&") { left = .and(left, try condition()) }
        return left
    }

    private mutating func condition() throws(TraceQLError) -> TraceQL.Condition {
        if scanner.take("(") {
            let inner = try disjunction()
            try expect(")")
            return inner
        }
        if scanner.take(word: "true") { return .constant(true) }
        if scanner.take(word: "false") { return .constant(false) }
        let field = try field()
        let sign = try comparisonOperator()
        let literal = try literal(for: field, sign)
        return .comparison(field, sign, literal)
    }

    private mutating func comparisonOperator() throws(TraceQLError) -> TraceQL.Operator {
        guard let text = scanner.take(oneOf: ["=~", "!~", "!=", "=", ">=", "<=", ">", "<"]),
            let sign = TraceQL.Operator(rawValue: text)
        else { throw unexpected() }
        return sign
    }

    private mutating func field() throws(TraceQLError) -> TraceQL.Field {
        scanner.skipSpace()
        let start = scanner
        if scanner.take(".") { return .attribute(nil, try attributeName()) }
        var word = scanner.takeWord()
        if scanner.peek == ":" {
            word += scanner.take { $0 == ":" } + scanner.takeWord()
        } else if let scope = TraceQL.Scope(rawValue: word), scanner.peek == "." {
            _ = scanner.take(".")
            return .attribute(scope, try attributeName())
        }
        if let field = TraceQL.Field.words[word] { return field }
        scanner = start
        if word.isEmpty { throw unexpected() }
        throw TraceQLError(text: "parse error \(scanner.position()): unknown identifier: \(word)")
    }

    /// Bare (`http.status_code`) or quoted (`"with space"`).
    private mutating func attributeName() throws(TraceQLError) -> String {
        if scanner.peek == "\"", let name = try string() { return name }
        let name = scanner.take {
            !$0.properties.isWhitespace && !"{}()=~!<>&|^,\"`".unicodeScalars.contains($0)
        }
        if name.isEmpty { throw unexpected() }
        return name
    }

    // MARK: Literals

    private mutating func literal(for field: TraceQL.Field, _ sign: TraceQL.Operator) throws(TraceQLError)
        -> TraceQL.Literal
    {
        let literal = try literal()
        let written: String? =
            switch (field, literal) {
            case (_, .null), (.attribute, _): nil
            case (.status, .status), (.kind, .kind), (.duration, .duration), (.traceDuration, .duration): nil
            case (.status, let other), (.kind, let other), (.duration, let other), (.traceDuration, let other):
                Self.written(other)
            case (_, .string): nil
            case (_, let other): Self.written(other)
            }
        if let written {
            let names = TraceQL.Field.words.keys.filter { TraceQL.Field.words[$0] == field && !$0.contains(":") }
            let name = names.first ?? ""
            let text = "binary operations must operate on the same type: \(name) \(sign.rawValue) \(written)"
            throw TraceQLError(text: text)
        }
        guard sign == .matches || sign == .matchesNot else { return literal }
        guard case .string(let pattern) = literal else { throw unexpected() }
        guard let regex = GoRegex(pattern, isAnchored: true) else {
            throw TraceQLError(text: "invalid regex: `\(pattern)`")
        }
        return .regex(pattern, regex)
    }

    private static func written(_ literal: TraceQL.Literal) -> String {
        switch literal {
        case .string(let text), .regex(let text, _): "`\(text)`"
        case .int(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): String(flag)
        case .duration(let duration): "\(duration)"
        case .status(let word), .kind(let word): word
        case .null: "nil"
        }
    }

    private mutating func literal() throws(TraceQLError) -> TraceQL.Literal {
        if let text = try string() { return .string(text) }
        let start = scanner
        let isNegative = scanner.take("-")
        let word = scanner.take { $0 == "." || $0 == "_" || $0 == "µ" || $0.properties.isAlphabetic || $0.isDigit }
        switch word {
        case "true", "false": return .bool(word == "true")
        case "nil": return .null
        case "error", "ok", "unset": return .status(word)
        case "unspecified", "internal", "server", "client", "producer", "consumer": return .kind(word)
        default: break
        }
        if let number = Int64(word) { return .int(isNegative ? -number : number) }
        if let number = Double(word) { return .double(isNegative ? -number : number) }
        if let duration = GoNumbers.duration(word) { return .duration(isNegative ? .zero - duration : duration) }
        scanner = start
        throw unexpected()
    }

    private mutating func string() throws(TraceQLError) -> String? {
        do {
            return try scanner.takeString()
        } catch {
            throw TraceQLError(text: "parse error \(scanner.position(error.offset)): \(error.reason)")
        }
    }

    // MARK: Stages and hints

    private mutating func stage() throws(TraceQLError) -> TraceQL.Stage {
        let start = scanner
        let word = scanner.takeWord()
        if word == "select" {
            try expect("(")
            var fields = [try field()]
            while scanner.take(",") { fields.append(try field()) }
            try expect(")")
            return .select(fields)
        }
        guard let aggregate = TraceQL.Aggregate(rawValue: word) else {
            scanner = start
            throw TraceQLError(
                text: "parse error \(scanner.position()): this lab evaluates select, count, avg, min, max and sum only")
        }
        try expect("(")
        let field = aggregate == .count ? nil : try field()
        try expect(")")
        return .aggregate(aggregate, field, try comparisonOperator(), try literal())
    }

    /// `(most_recent=true, …)`; hints that the lab does not know change nothing.
    private mutating func hints() throws(TraceQLError) -> Bool {
        try expect("(")
        var isMostRecent = false
        repeat {
            let name = scanner.takeWord()
            try expect("=")
            if case .bool(true) = try literal(), name == "most_recent" { isMostRecent = true }
        } while scanner.take(",")
        try expect(")")
        return isMostRecent
    }

    private mutating func expect(_ text: String) throws(TraceQLError) {
        guard scanner.take(text) else { throw unexpected() }
    }

    private mutating func unexpected() -> TraceQLError {
        let token = scanner.nextToken()
        return TraceQLError(text: "parse error \(scanner.position()): syntax error: unexpected \(token)")
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
