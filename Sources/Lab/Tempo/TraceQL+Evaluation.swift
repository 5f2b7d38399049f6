import Scenarios
import Telemetry

extension TraceQL {
    /// The spans of the trace that the query finds, by start time; empty when the trace is not found.
    func matches(in trace: Trace) -> [Span] {
        let facts = TraceFacts(trace)
        let ids = Self.evaluate(spans, facts)
        let found = trace.spans.filter { ids.contains($0.id) }
        for case .aggregate(let aggregate, let field, let sign, let literal) in stages {
            guard !found.isEmpty, aggregate.holds(for: found, field, sign, literal, facts) else { return [] }
        }
        return found
    }

    private static func evaluate(_ expression: SpanSetExpression, _ facts: TraceFacts) -> Set<SpanID> {
        switch expression {
        case .selector(nil): return Set(facts.trace.spans.map(\.id))
        case .selector(let condition?):
            return Set(facts.trace.spans.filter { condition.holds(for: $0, facts) }.map(\.id))
        case .both(let left, let right):
            let (left, right) = (evaluate(left, facts), evaluate(right, facts))
            return left.isEmpty || right.isEmpty ? [] : left.union(right)
        case .either(let left, let right): return evaluate(left, facts).union(evaluate(right, facts))
        case .descendant(let left, let right):
            let above = evaluate(left, facts)
            return evaluate(right, facts).filter { facts.ancestors(of: $0).contains(where: above.contains) }
        case .child(let left, let right):
            let above = evaluate(left, facts)
            return evaluate(right, facts).filter { facts.ancestors(of: $0).first.map(above.contains) ?? false }
        }
    }

    /// The fields that a search lists beside a span: those that were selected, and those of the comparisons that hold
    /// for it. Of `{A} && {B}`, a span that only A found does not show what B compares.
    func listedFields(of span: Span, _ facts: TraceFacts) -> Set<Field> {
        var fields: Set<Field> = []
        for case .select(let selected) in stages { fields.formUnion(selected) }
        Self.collect(spans) { comparison, field in
            if comparison.holds(for: span, facts) { fields.insert(field) }
        }
        return fields
    }

    private static func collect(_ expression: SpanSetExpression, _ visit: (Condition, Field) -> Void) {
        switch expression {
        case .selector(let condition): condition?.visitComparisons(visit)
        case .both(let left, let right), .either(let left, let right), .descendant(let left, let right),
            .child(let left, let right):
            collect(left, visit)
            collect(right, visit)
        }
    }
}

/// A trace with what the fields of its root and its tree need.
struct TraceFacts {
    let trace: Trace
    private let parents: [SpanID: SpanID]

    init(_ trace: Trace) {
        self.trace = trace
        parents = Dictionary(
            trace.spans.compactMap { span in span.parentID.map { (span.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// From the parent upwards; ends at a span that comes twice.
    func ancestors(of id: SpanID) -> [SpanID] {
        var chain: [SpanID] = []
        var next = parents[id]
        while let id = next, !chain.contains(id) {
            chain.append(id)
            next = parents[id]
        }
        return chain
    }
}

extension TraceQL.Condition {
    func holds(for span: Span, _ facts: TraceFacts) -> Bool {
        switch self {
        case .and(let left, let right): left.holds(for: span, facts) && right.holds(for: span, facts)
        case .or(let left, let right): left.holds(for: span, facts) || right.holds(for: span, facts)
        case .constant(let value): value
        case .comparison(let field, let sign, .null):
            sign == .equal ? field.values(of: span, facts).isEmpty : !field.values(of: span, facts).isEmpty
        // A span without the attribute is not found by `!=` either: it has no value to differ.
        case .comparison(let field, let sign, let literal):
            field.values(of: span, facts).contains { sign.holds($0, literal) }
        }
    }

    fileprivate func visitComparisons(_ visit: (TraceQL.Condition, TraceQL.Field) -> Void) {
        switch self {
        case .and(let left, let right), .or(let left, let right):
            left.visitComparisons(visit)
            right.visitComparisons(visit)
        case .constant: break
        case .comparison(let field, _, _): visit(self, field)
        }
    }
}

extension TraceQL.Field {
    /// None, one, or several: an event's attribute, and an array's elements.
    func values(of span: Span, _ facts: TraceFacts) -> [TraceQL.Literal] {
        switch self {
        case .name: [.string(span.name)]
        case .status: [.status(span.status.word)]
        case .statusMessage: [.string(span.status.message)]
        case .kind: [.kind(span.kind.rawValue)]
        case .duration: [.duration(span.duration)]
        case .rootName: (facts.trace.root?.name).map { [.string($0)] } ?? []
        case .rootServiceName: (facts.trace.root?.service).map { [.string($0)] } ?? []
        case .traceDuration: [.duration(facts.trace.window?.duration ?? .zero)]
        case .traceID: [.string(span.traceID.description), .string(span.traceID.stripped)]
        case .spanID: [.string(span.id.description)]
        case .parentID: (span.parentID?.description).map { [.string($0)] } ?? []
        case .eventName: span.events.map { .string($0.name) }
        case .attribute(.span, let name): Self.literals(span.attributes[name])
        case .attribute(.resource, let name): Self.literals(span.resource[name])
        case .attribute(.event, let name): span.events.flatMap { Self.literals($0.attributes[name]) }
        case .attribute(nil, let name): Self.literals(span.attributes[name] ?? span.resource[name])
        }
    }

    private static func literals(_ value: AttributeValue?) -> [TraceQL.Literal] {
        switch value {
        case .string(let text): [.string(text)]
        case .int(let number): [.int(number)]
        case .double(let number): [.double(number)]
        case .bool(let flag): [.bool(flag)]
        case .array(let values): values.flatMap(literals)
        case .map, .bytes, nil: []
        }
    }
}

extension TraceQL.Operator {
    /// Whether `value` stands in this relation to `literal`. Values of different types stand in none.
    func holds(_ value: TraceQL.Literal, _ literal: TraceQL.Literal) -> Bool {
        switch (value, literal) {
        case (.string(let text), .regex(_, let regex)): regex.matches(text) == (self == .matches)
        case (.string(let left), .string(let right)): compare(left, right)
        case (.status(let left), .status(let right)), (.kind(let left), .kind(let right)): compare(left, right)
        case (.bool(let left), .bool(let right)): compare(left ? 1 : 0, right ? 1 : 0)
        case (.duration(let left), .duration(let right)): compare(left, right)
        case (.int(let left), .int(let right)): compare(left, right)
        case (.int(let left), .double(let right)): compare(Double(left), right)
        case (.double(let left), .int(let right)): compare(left, Double(right))
        case (.double(let left), .double(let right)): compare(left, right)
        default: false
        }
    }

    private func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .matches, .matchesNot: false
        }
    }
}

extension TraceQL.Aggregate {
    /// Compares the spans' count, or their durations in seconds or their numbers, taken together.
    fileprivate func holds(
        for spans: [Span], _ field: TraceQL.Field?, _ sign: TraceQL.Operator, _ literal: TraceQL.Literal,
        _ facts: TraceFacts
    ) -> Bool {
        guard let limit = literal.number else { return false }
        let numbers = field.map { field in spans.flatMap { field.values(of: $0, facts) }.compactMap(\.number) } ?? []
        let sum = numbers.reduce(0, +)
        let value: Double? =
            switch self {
            case .count: Double(spans.count)
            case .avg: numbers.isEmpty ? nil : sum / Double(numbers.count)
            case .min: numbers.min()
            case .max: numbers.max()
            case .sum: numbers.isEmpty ? nil : sum
            }
        return value.map { sign.holds(.double($0), .double(limit)) } ?? false
    }
}

extension TraceQL.Literal {
    fileprivate var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        case .duration(let duration): duration.inSeconds
        default: nil
        }
    }
}

extension Span.Status {
    var word: String {
        switch self {
        case .unset: "unset"
        case .ok: "ok"
        case .error: "error"
        }
    }

    var message: String { if case .error(let message) = self { message } else { "" } }
}
