extension SeriesNeed {
    /// nil for what cannot be read as PromQL.
    init?(promQL text: String) {
        guard let tokens = PromQLToken.tokens(text) else { return nil }
        var parser = Parser(tokens: tokens[...])
        guard let need = parser.alternatives(), parser.tokens.isEmpty else { return nil }
        self = need
    }

    /// Only the precedence that matters here: `or` binds weakest, then `and` and `unless`, then everything else.
    private struct Parser {
        var tokens: ArraySlice<PromQLToken>
        /// Of brackets: deeper is no rule of people, and would exhaust the stack.
        private var depth = 0
        private static let deepest = 100

        init(tokens: ArraySlice<PromQLToken>) {
            self.tokens = tokens
        }

        mutating func alternatives() -> SeriesNeed? {
            depth += 1
            defer { depth -= 1 }
            guard depth < Self.deepest, let first = conjunction() else { return nil }
            var needs = [first]
            while takeWord("or") {
                modifiers()
                guard let next = conjunction() else { return nil }
                needs.append(next)
            }
            return needs.count == 1 ? first : .any(needs)
        }

        private mutating func conjunction() -> SeriesNeed? {
            guard let first = terms() else { return nil }
            var needs = [first]
            while true {
                if takeWord("and") {
                    modifiers()
                    guard let next = terms() else { return nil }
                    needs.append(next)
                } else if takeWord("unless") {
                    // What is taken away need not be there.
                    modifiers()
                    guard terms() != nil else { return nil }
                } else {
                    return needs.count == 1 ? first : .all(needs)
                }
            }
        }

        private static let operators: Set<String> = ["+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<="]

        private mutating func terms() -> SeriesNeed? {
            guard let first = term() else { return nil }
            var needs = [first]
            while isOperator {
                tokens.removeFirst()
                _ = takeWord("bool")
                modifiers()
                guard let next = term() else { return nil }
                needs.append(next)
            }
            return needs.count == 1 ? first : .all(needs)
        }

        private var isOperator: Bool {
            switch tokens.first {
            case .mark(let mark): Self.operators.contains(mark)
            case .name(let word): word.lowercased() == "atan2"
            default: false
            }
        }

        private mutating func term() -> SeriesNeed? {
            while takeMark("-") || takeMark("+") {}
            let need: SeriesNeed?
            switch tokens.first {
            case .number, .text:
                tokens.removeFirst()
                need = .nothing
            case .mark("("):
                tokens.removeFirst()
                need = alternatives()
                guard takeMark(")") else { return nil }
            case .mark("{"): need = selector(named: nil)
            case .name(let name):
                tokens.removeFirst()
                need = named(name)
            default: return nil
            }
            guard let need, skipSuffixes() else { return nil }
            return need
        }

        /// Functions whose value is there just because their argument is not.
        private static let ofAbsence: Set<String> = ["absent", "absent_over_time"]

        private mutating func named(_ name: String) -> SeriesNeed? {
            if ["inf", "nan"].contains(name.lowercased()) { return .nothing }
            if case .mark("{") = tokens.first { return selector(named: name) }
            let isGrouped = takeGrouping()
            guard case .mark("(") = tokens.first else { return isGrouped ? nil : .metric(name) }
            guard let needs = arguments() else { return nil }
            _ = takeGrouping()
            if Self.ofAbsence.contains(name.lowercased()) { return .nothing }
            let meant = needs.filter { $0 != .nothing }
            return meant.isEmpty ? .nothing : meant.count == 1 ? meant[0] : .all(meant)
        }

        private mutating func arguments() -> [SeriesNeed]? {
            guard takeMark("(") else { return nil }
            var needs: [SeriesNeed] = []
            while !takeMark(")") {
                guard let need = alternatives() else { return nil }
                needs.append(need)
                if !takeMark(","), tokens.first != .mark(")") { return nil }
            }
            return needs
        }

        /// The matchers of a selector, of which `__name__="…"` and, since Prometheus 3, a name in quotes say the metric.
        private mutating func selector(named name: String?) -> SeriesNeed? {
            guard takeMark("{") else { return nil }
            var metric = name
            while !takeMark("}") {
                let matcher = tokens.prefix { $0 != .mark(",") && $0 != .mark("}") }
                guard !matcher.isEmpty else { return nil }
                tokens = tokens[matcher.endIndex...]
                if case .text(let quoted) = matcher.last,
                    matcher.count == 1 || matcher.starts(with: [.name("__name__"), .mark("=")])
                {
                    metric = quoted
                }
                _ = takeMark(",")
            }
            return metric.map(SeriesNeed.metric) ?? .nothing
        }

        /// `by (a, b)` or `without (a)` of an aggregation.
        private mutating func takeGrouping() -> Bool {
            guard takeWord("by") || takeWord("without") else { return false }
            skipLabels()
            return true
        }

        /// `on (a) group_left (b)` and the like, between an operator and its right side.
        private mutating func modifiers() {
            while ["on", "ignoring", "group_left", "group_right"].contains(where: { takeWord($0) }) { skipLabels() }
        }

        private mutating func skipLabels() {
            guard tokens.first == .mark("(") else { return }
            tokens = tokens.drop { $0 != .mark(")") }.dropFirst()
        }

        /// `[5m]`, `offset 5m`, `@ 1700000000`, `@ end()`.
        private mutating func skipSuffixes() -> Bool {
            while true {
                if tokens.first == .range {
                    tokens.removeFirst()
                } else if takeWord("offset") || takeMark("@") {
                    _ = takeMark("-")
                    switch tokens.popFirst() {
                    case .number: break
                    case .name: guard takeMark("("), takeMark(")") else { return false }
                    default: return false
                    }
                } else {
                    return true
                }
            }
        }

        private mutating func takeMark(_ mark: String) -> Bool {
            guard tokens.first == .mark(mark) else { return false }
            tokens.removeFirst()
            return true
        }

        private mutating func takeWord(_ word: String) -> Bool {
            guard case .name(let name) = tokens.first, name.lowercased() == word else { return false }
            tokens.removeFirst()
            return true
        }
    }
}
