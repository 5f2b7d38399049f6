import Scenarios

extension LogQL {
    /// The line with what the parsers found in it; nil when a filter drops it.
    func evaluate(_ line: LokiLine) -> LokiLine? {
        guard matchers.allSatisfy({ $0.holds(line.labels[$0.name]) }) else { return nil }
        var line = line
        for stage in stages {
            switch stage {
            case .contains(let patterns, let isNegated):
                guard patterns.contains(where: { $0.isIn(line.line) }) != isNegated else { return nil }
            case .json: line.parseJSON()
            case .logfmt:
                for pair in Logfmt.pairs(line.line) { line.keep(pair.name, pair.value) }
            case .filter(let filter):
                guard filter.holds(line.label) else { return nil }
            }
        }
        return line
    }
}

extension LokiLine {
    /// Nested names are joined by `_`, lists are skipped; a line that is no JSON stays and says so.
    fileprivate mutating func parseJSON() {
        guard let value = JSON(parsing: line.utf8), case .object(let members) = value else {
            parsed["__error__"] = "JSONParserErr"
            parsed["__error_details__"] = "Value looks like object, but can't find closing '}' symbol"
            return
        }
        keep(members, below: "")
    }

    private mutating func keep(_ members: [JSON.Member], below prefix: String) {
        for member in members {
            let name = prefix + member.name
            switch member.value {
            case .string(let text): keep(name, text)
            case .number(let digits): keep(name, digits)
            case .bool(let flag): keep(name, flag ? "true" : "false")
            case .object(let inner): keep(inner, below: name + "_")
            case .array, .null: break
            }
        }
    }
}
