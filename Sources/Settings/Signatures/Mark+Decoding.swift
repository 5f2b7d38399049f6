import Signatures

extension Mark {
    /// What a list of marks is for: it decides which weights make sense.
    enum Role {
        case sign, stronger, ruledOut

        /// Log-odds beyond six are a certainty that no single mark gives.
        fileprivate var weights: ClosedRange<Double> {
            switch self {
            case .sign, .stronger: 0.1...6
            case .ruledOut: -6 ... -0.1
            }
        }
    }

    /// Where a mark can be looked for; a mark has exactly one of these keys.
    private static let places = ["log", "event", "container", "exit_code", "pod", "exception", "span"]

    init?(_ reader: YAMLReader, role: Role) {
        let log = reader.optional("log", as: .literals)
        let reasons = reader.optional("event", as: .oneOrMoreTexts)
        let object = reader.optional("object", as: .text)
        let container = reader.optional("container", as: .oneOrMoreTexts)
        let exitCode = reader.optional("exit_code", as: .integer(in: 0...255))
        let pod = reader.optional("pod", as: .oneOrMoreTexts)
        let exception = reader.optional("exception", as: .oneOrMoreTexts)
        let span = reader.optional("span", as: .section(Mark.spanAttribute))
        let text = reader.optional("text", as: .text)
        let unless = reader.optional("unless", as: .oneOrMoreTexts) ?? []
        let pattern = reader.optional("pattern", as: .regularExpression)
        let weight = reader.required("weight", as: .weight(in: role.weights))
        let given = Self.places.filter(reader.has)
        guard given.count == 1, let place = given.first else {
            reader.report(
                given.isEmpty
                    ? "says not where to look: give it one of \(Self.places.joined(separator: ", "))"
                    : "has \(given.joined(separator: " and ")): make a mark of each")
            return nil
        }
        if object != nil, place != "event" { reader.node("object")?.report("is for events only") }
        if text != nil, !["event", "exception"].contains(place) {
            reader.node("text")?.report("is for events and exceptions only")
        }
        if pattern != nil, !["log", "event", "exception"].contains(place) {
            reader.node("pattern")?.report("is for log, event and exception only")
        }
        let kind: Kind? =
            switch place {
            case "log": log.map(Kind.log)
            case "event": reasons.map { .event(reasons: $0, object: object) }
            case "container": container.map(Kind.container)
            case "exit_code": exitCode.map(Kind.exitCode)
            case "pod": pod.map(Kind.pod)
            case "exception": exception.map(Kind.exception)
            default: span
            }
        if !unless.isEmpty, !["log", "event", "exception"].contains(place) {
            reader.node("unless")?.report("is for log, event and exception only")
        }
        guard let kind, let weight else { return nil }
        self.init(kind, text: text, unless: unless, pattern: pattern, weight: weight)
    }

    private static func spanAttribute(_ reader: YAMLReader) -> Kind? {
        let value = reader.optional("value", as: .text)
        return reader.required("attribute", as: .text).map { .span(attribute: $0, value: value) }
    }
}

extension YAMLShape<[Mark]> {
    static func marks(_ role: Mark.Role) -> YAMLShape { .list(of: .section { Mark($0, role: role) }) }
}

extension YAMLShape<[String]> {
    /// What is shorter stands in every other line, and what is mostly digits is looked for in each line one by one.
    private static var shortestLiteral: Int { 4 }

    fileprivate static var literals: YAMLShape {
        YAMLShape { node in
            guard let literals = YAMLShape.oneOrMoreTexts.read(node) else { return nil }
            guard !literals.isEmpty else {
                node.report("expected a text that the line must contain, found an empty list")
                return nil
            }
            for literal in literals where literal.preFilter.utf8.count < shortestLiteral {
                node.report(
                    "expected \(shortestLiteral) characters or more in a row without a digit, quote, slash or square "
                        + "bracket, found \"\(literal)\": a shorter text is in too many lines")
                return nil
            }
            return literals
        }
    }
}

extension YAMLShape<String> {
    fileprivate static var regularExpression: YAMLShape {
        YAMLShape { node in
            guard let text = YAMLShape.text.read(node) else { return nil }
            guard node.context.triesEverything else { return text }
            do {
                _ = try MarkPattern(text)
                return text
            } catch {
                node.report("is no regular expression: \(error)")
                return nil
            }
        }
    }
}

extension YAMLShape<Double> {
    /// A number that may be negative.
    fileprivate static func weight(in range: ClosedRange<Double>) -> YAMLShape {
        .scalar("a weight from \(range.lowerBound) to \(range.upperBound)") { text in
            guard text.utf8.allSatisfy({ "-.0123456789".utf8.contains($0) }) else { return nil }
            return Double(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}
