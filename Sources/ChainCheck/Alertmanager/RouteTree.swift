/// A route of Alertmanager's configuration, with those below it.
struct AlertRoute: Hashable, Sendable {
    /// nil: the parent's.
    var receiver: String?
    var matchers: [AlertMatcher] = []
    /// Whether the routes after it are asked as well.
    var continues = false
    var routes: [AlertRoute] = []

    /// Where an alert goes, as far as it is known from some of its labels.
    struct Destinations: Hashable, Sendable {
        var certain: Set<String> = []
        /// If labels that are not known have the right values.
        var possible: Set<String> = []
    }

    /// - Parameter labels: those that are known; an alert has more.
    func destinations(of labels: [String: String]) -> Destinations {
        var destinations = Destinations()
        // The root takes everything, whatever stands in its matchers.
        visit(labels, inherited: nil, isCertain: true, &destinations)
        return destinations
    }

    /// The first of the routes below that matches takes the alert, and the next ones as well where it says `continue`;
    /// when none does, it is this one's.
    ///
    /// Source: https://prometheus.io/docs/alerting/latest/configuration/#route-related-settings
    private func visit(
        _ labels: [String: String], inherited: String?, isCertain: Bool, _ destinations: inout Destinations
    ) {
        let receiver = receiver ?? inherited
        var (isStillCertain, isTaken, mayBeTaken) = (isCertain, false, false)
        for route in routes {
            let matches = AlertMatcher.all(route.matchers, labels)
            guard matches != .no else { continue }
            route.visit(
                labels, inherited: receiver, isCertain: isStillCertain && matches == .yes, &destinations)
            mayBeTaken = true
            isTaken = isTaken || matches == .yes
            guard !route.continues else { continue }
            if matches == .yes { break }
            isStillCertain = false
        }
        guard !isTaken, let receiver else { return }
        if isCertain, !mayBeTaken { destinations.certain.insert(receiver) }
        destinations.possible.insert(receiver)
    }
}

/// A condition of a route on one label.
struct AlertMatcher: Hashable, Sendable {
    enum Operation: String, Hashable, Sendable {
        case equal = "="
        case unequal = "!="
        case matching = "=~"
        case unmatching = "!~"
    }

    enum Answer: Hashable { case yes, no, unknown }

    let label: String
    let operation: Operation
    let value: String

    func answer(_ labels: [String: String]) -> Answer {
        guard let actual = labels[label] else { return .unknown }
        switch operation {
        case .equal: return actual == value ? .yes : .no
        case .unequal: return actual != value ? .yes : .no
        case .matching, .unmatching:
            guard let pattern = try? Regex(value) else { return .unknown }
            let isMatch = (try? pattern.wholeMatch(in: actual)) != nil
            return isMatch == (operation == .matching) ? .yes : .no
        }
    }

    static func all(_ matchers: [AlertMatcher], _ labels: [String: String]) -> Answer {
        let answers = matchers.map { $0.answer(labels) }
        return answers.contains(.no) ? .no : answers.contains(.unknown) ? .unknown : .yes
    }

    /// `severity="critical"`, `alertname=~"A|B"`, `team=shop`, and several in braces or with commas between.
    static func parse(_ text: String) -> [AlertMatcher]? {
        var rest = Substring(text.trimmed)
        if rest.hasPrefix("{"), rest.hasSuffix("}") { rest = rest.dropFirst().dropLast() }
        var matchers: [AlertMatcher] = []
        while true {
            rest = rest.drop { $0 == "," || $0.isWhitespace }
            guard !rest.isEmpty else { return matchers }
            guard let sign = rest.firstIndex(where: { $0 == "=" || $0 == "!" }) else { return nil }
            let label = String(rest[..<sign]).trimmed.unquoted
            let two = String(rest[sign...].prefix(2))
            guard let operation = Operation(rawValue: two) ?? Operation(rawValue: String(two.prefix(1))) else {
                return nil
            }
            rest = rest[sign...].dropFirst(operation.rawValue.count).drop(while: \.isWhitespace)
            guard let value = value(&rest) else { return nil }
            matchers.append(AlertMatcher(label: label, operation: operation, value: value))
        }
    }

    private static func value(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != "," }
            rest = rest[value.endIndex...]
            return String(value).trimmed
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return value }
            guard character == "\\", let next = rest.popFirst() else {
                value.append(character)
                continue
            }
            // Only these are escapes; in a pattern `\d` stays what it is.
            value += next == "\"" || next == "\\" ? String(next) : next == "n" ? "\n" : "\\\(next)"
        }
        return nil
    }
}

extension String {
    fileprivate var trimmed: String {
        let front = drop(while: \.isWhitespace)
        return String(front.reversed().drop(while: \.isWhitespace).reversed())
    }

    fileprivate var unquoted: String {
        hasPrefix("\"") && hasSuffix("\"") && count > 1 ? String(dropFirst().dropLast()) : self
    }
}
