import Telemetry

/// A TraceQL query in the part of the language that the lab evaluates: selectors, their combinations, structural
/// operators, `select`, comparisons of an aggregate, and the hint `most_recent`.
struct TraceQL {
    var spans: SpanSetExpression
    var stages: [Stage] = []
    var isMostRecent = false

    /// Which spans of a trace.
    indirect enum SpanSetExpression {
        /// `{ … }`; nil for `{}`.
        case selector(Condition?)
        case both(SpanSetExpression, SpanSetExpression)
        case either(SpanSetExpression, SpanSetExpression)
        /// `>>`: spans of the right side below one of the left side.
        case descendant(SpanSetExpression, SpanSetExpression)
        /// `>`: spans of the right side right below one of the left side.
        case child(SpanSetExpression, SpanSetExpression)
    }

    /// Whether one span is selected.
    indirect enum Condition {
        case and(Condition, Condition)
        case or(Condition, Condition)
        case constant(Bool)
        case comparison(Field, Operator, Literal)
    }

    enum Stage {
        case select([Field])
        case aggregate(Aggregate, Field?, Operator, Literal)
    }

    enum Aggregate: String, CaseIterable { case count, avg, min, max, sum }

    enum Operator: String {
        case equal = "="
        case notEqual = "!="
        case matches = "=~"
        case matchesNot = "!~"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    enum Scope: String, CaseIterable { case span, resource, event }

    enum Field: Hashable {
        case name, status, statusMessage, kind, duration, rootName, rootServiceName, traceDuration, traceID, spanID
        case parentID, eventName
        /// A nil scope (`.http.status_code`) looks at the span first and then at the resource.
        case attribute(Scope?, String)

        /// The name that a search gives to the value, where it lists it at all.
        var key: String? {
            switch self {
            case .status: "status"
            case .statusMessage: "statusMessage"
            case .kind: "kind"
            case .eventName: "event:name"
            case .attribute(_, let name): name
            default: nil
            }
        }

        static let words: [String: Field] = [
            "name": .name, "status": .status, "statusMessage": .statusMessage, "kind": .kind, "duration": .duration,
            "rootName": .rootName, "rootServiceName": .rootServiceName, "traceDuration": .traceDuration,
            "span:name": .name, "span:status": .status, "span:statusMessage": .statusMessage, "span:kind": .kind,
            "span:duration": .duration, "span:id": .spanID, "span:parentID": .parentID, "trace:id": .traceID,
            "trace:duration": .traceDuration, "trace:rootName": .rootName, "trace:rootService": .rootServiceName,
            "event:name": .eventName,
        ]
    }

    enum Literal {
        case string(String)
        case regex(String, GoRegex)
        case int(Int64)
        case double(Double)
        case bool(Bool)
        case duration(Duration)
        case status(String)
        case kind(String)
        case null
    }
}

/// Why a query is refused. The text has Tempo's form: `parse error at line 1, col 26: syntax error: unexpected $end`.
struct TraceQLError: Error {
    let text: String
}
