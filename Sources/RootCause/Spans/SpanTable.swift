import Telemetry

/// All spans of the evidence as one flat table, with names as numbers.
///
/// There may be hundreds of thousands of spans and each is visited many times: here, that costs no string comparison,
/// no allocation and no reference counting. The table is the same for the same traces, whatever order they come in.
struct SpanTable: Sendable {
    /// Where a span ran.
    struct Place: Hashable, Sendable {
        let service: Int
        let pod: String?
        let node: String?
        /// Whose cloud it is: the value of `cloud.provider`, or of `cloud.platform` where that is missing.
        let cloud: String?
    }

    /// What a span does: a name within a service, and for a call the operation that answers it.
    struct Operation: Hashable, Sendable {
        let service: Int
        let name: String
        /// The operation that serves this call; nil for what is no call, and for a call that nobody answered.
        var callee: Int?
        /// Whom a call went to of which nothing is seen on the other side; nil for calls of databases.
        var peer: String?
    }

    struct Row: Sendable {
        var operation: Int32
        /// A number in `sites`.
        var site: Int32 = 0
        let place: Int32
        /// A row, or -1 for a root, an orphan, and where a cycle was cut.
        var parent: Int32
        var firstChild: Int32 = -1
        var nextSibling: Int32 = -1
        var depth: Int32 = 0
        let trace: Int32
        /// Nanoseconds since the epoch, within ±73 years of it, so that no difference can overflow.
        let start: Int64
        let end: Int64
        /// Nanoseconds in which this span, and nothing that it waited for, held up its trace.
        var selfTime: Int64 = 0
        let kind: Span.Kind
        let failed: Bool
        /// Whether a parent is named that is not in the evidence.
        let isOrphan: Bool

        var duration: Int64 { end - start }
    }

    struct TraceRow: Sendable {
        let rows: Range<Int>
        let population: Population
        /// Whether it is the trace of a build. Builds differ from each other by what people change: they are judged by
        /// rules of their own and not compared with a baseline, span by span.
        let isPipeline: Bool

        /// Which side of the comparison of spans it is on.
        var compared: Population { isPipeline ? .neither : population }
    }

    /// In the order of their ids.
    let traces: [Trace]
    private(set) var traceRows: [TraceRow] = []
    private(set) var services: [String] = []
    var leftOut = LeftOut()
    /// Of those that are compared.
    var tracesInWindow = 0.0
    var tracesBefore = 0.0
    private(set) var places: [Place] = []
    private(set) var operations: [Operation] = []
    /// Who serves which `rpc.service`.
    var servers: [String: String] = [:]
    /// Nanoseconds that calls take in the baseline, by their operation.
    var usualCalls: [Int32: Double] = [:]
    var sites: [Site] = []
    /// By kind of call the service that answers; -1 where several do.
    var answerers: [CallKind: Int] = [:]
    var rows: [Row] = []
    let stretches: Stretches

    /// Span names that hold ids would make every span an operation of its own; beyond this many they share one.
    static let mostOperations = 20_000
    private static let otherName = "(other operations)"
    /// A trace without a span that is named for a build is one all the same if one of its first spans is a step.
    private static let examinedSteps = 20

    private var serviceNumbers: [String: Int] = [:]
    private var placeNumbers: [Attributes: Int] = [:]
    private var operationNumbers: [Operation: Int] = [:]

    init(_ evidence: Evidence) {
        traces = Self.canonical(evidence.traces)
        stretches = Stretches(window: evidence.window, baseline: evidence.baseline)
        rows.reserveCapacity(traces.reduce(0) { $0 + $1.spans.count })
        traceRows.reserveCapacity(traces.count)
        for (number, trace) in traces.enumerated() { append(trace, number: Int32(clamping: number)) }
        nameServers()
        nameCalls()
        nameAnswerers()
        nameSites()
        measureCalls()
        countTraces()
        countLeftOut()
    }

    /// What of the spans could not be looked at as it is.
    struct LeftOut: Hashable, Sendable {
        /// Spans that share the name of all that are too many.
        var unnamed = 0
        /// Spans that are told apart by their operation alone.
        var withoutSite = 0
        /// Rings of spans that are their own ancestors.
        var rings = 0
        /// Spans that end before they begin.
        var backwards = 0
        /// Spans whose id another span of the trace has.
        var rivals = 0
        /// Traces that are neither of the window nor of the baseline.
        var outside = 0
    }

    private mutating func countLeftOut() {
        leftOut.rivals = traces.reduce(0) { $0 + $1.rivals }
        leftOut.outside = traceRows.count { $0.population == .neither }
        guard operations.count >= Self.mostOperations else { return }
        leftOut.unnamed = rows.count { operations[Int($0.operation)].name == Self.otherName }
    }

    func span(of row: Int) -> Span {
        let trace = Int(rows[row].trace)
        return traces[trace].spans[row - traceRows[trace].rows.lowerBound]
    }

    func operation(of row: Int) -> Operation { operations[Int(rows[row].operation)] }

    func service(of row: Int) -> Int { operations[Int(rows[row].operation)].service }

    func population(of row: Int) -> Population { traceRows[Int(rows[row].trace)].population }

    /// The number of a service that has spans.
    func serviceNumber(_ name: String) -> Int? { serviceNumbers[name] }

    /// `ts-order-service POST /orders`
    func label(_ operation: Int) -> String {
        "\(services[operations[operation].service]) \(operations[operation].name)"
    }

    func children(of row: Int) -> Children { Children(rows: rows, upcoming: rows[row].firstChild) }

    struct Children: Sequence, IteratorProtocol {
        fileprivate let rows: [Row]
        fileprivate var upcoming: Int32

        mutating func next() -> Int? {
            guard upcoming >= 0 else { return nil }
            let row = Int(upcoming)
            upcoming = rows[row].nextSibling
            return row
        }
    }

    /// Sorted by id, with the parts of one trace put together.
    private static func canonical(_ traces: [Trace]) -> [Trace] {
        let sorted = traces.filter { !$0.spans.isEmpty }.sorted { $0.id < $1.id }
        var result: [Trace] = []
        result.reserveCapacity(sorted.count)
        var position = 0
        while position < sorted.count {
            let end = sorted[position...].firstIndex { $0.id != sorted[position].id } ?? sorted.endIndex
            if end - position == 1 {
                result.append(sorted[position])
            } else {
                // Copies of one span may differ: the longest is the most complete.
                let spans = sorted[position..<end].flatMap(\.spans).sorted { left, right in
                    (left.id, right.end, left.start, left.name) < (right.id, left.end, right.start, right.name)
                }
                let isPartial = sorted[position..<end].allSatisfy(\.isPartial)
                result.append(Trace(id: sorted[position].id, spans: spans, isPartial: isPartial))
            }
            position = end
        }
        return result
    }

    private mutating func append(_ trace: Trace, number: Int32) {
        let first = rows.count
        var numbers: [SpanID: Int32] = Dictionary(minimumCapacity: trace.spans.count)
        for (offset, span) in trace.spans.enumerated() { numbers[span.id] = Int32(clamping: first + offset) }
        for (offset, span) in trace.spans.enumerated() {
            if span.endedBeforeStart { leftOut.backwards += 1 }
            let place = placeNumber(span.resource)
            var parent = span.parentID.flatMap { numbers[$0] } ?? -1
            if Int(parent) == first + offset { parent = -1 }
            let operation = Operation(service: places[place].service, name: span.name, callee: nil)
            rows.append(
                Row(
                    operation: Int32(clamping: operationNumber(operation)), place: Int32(clamping: place),
                    parent: parent, trace: number, start: Self.clamped(span.start), end: Self.clamped(span.end),
                    kind: span.kind, failed: FailureMarks.isFailed(span),
                    isOrphan: span.parentID.map { numbers[$0] == nil } ?? false))
        }
        let range = first..<rows.count
        link(range)
        let stay = SelfTime.assign(in: range, of: &rows)
        traceRows.append(
            TraceRow(
                rows: range,
                population: stretches.population(
                    from: Timestamp(nanoseconds: stay.start), to: Timestamp(nanoseconds: stay.end)),
                isPipeline: trace.spans.contains { PipelineNames.isPipeline($0.name) }
                    || trace.spans.prefix(Self.examinedSteps).contains(where: PipelineNames.isStep)))
    }

    /// Gives a call the name of what it calls: `HTTP GET` alone says nothing.
    private mutating func nameCalls() {
        for row in rows.indices where rows[row].kind == .client || rows[row].kind == .producer {
            var child = rows[row].firstChild
            while child >= 0, rows[Int(child)].kind != .server, rows[Int(child)].kind != .consumer {
                child = rows[Int(child)].nextSibling
            }
            var operation = operations[Int(rows[row].operation)]
            if child >= 0 {
                operation.callee = Int(rows[Int(child)].operation)
            } else {
                let attributes = span(of: row).attributes
                guard rows[row].firstChild < 0, !Peer.isStore(attributes),
                    let peer = Peer.name(attributes, servers: servers), peer != services[operation.service]
                else { continue }
                operation.peer = peer
            }
            rows[row].operation = Int32(clamping: operationNumber(operation))
        }
    }

    private mutating func placeNumber(_ resource: Attributes) -> Int {
        if let number = placeNumbers[resource] { return number }
        let name = resource.text("service.name") ?? "unknown_service"
        let place = Place(
            service: serviceNumber(adding: name), pod: resource.text("k8s.pod.name"),
            node: resource.text("k8s.node.name"),
            cloud: resource.text("cloud.provider") ?? resource.text("cloud.platform"))
        places.append(place)
        placeNumbers[resource] = places.count - 1
        return places.count - 1
    }

    private mutating func serviceNumber(adding name: String) -> Int {
        if let number = serviceNumbers[name] { return number }
        services.append(name)
        serviceNumbers[name] = services.count - 1
        return services.count - 1
    }

    private mutating func operationNumber(_ operation: Operation) -> Int {
        if let number = operationNumbers[operation] { return number }
        if operations.count >= Self.mostOperations, operation.name != Self.otherName {
            return operationNumber(Operation(service: operation.service, name: Self.otherName, callee: nil))
        }
        operations.append(operation)
        operationNumbers[operation] = operations.count - 1
        return operations.count - 1
    }

    /// ±2^61 ns are 73 years around the epoch: differences of two such instants fit with room to spare.
    private static func clamped(_ instant: Timestamp) -> Int64 {
        min(max(instant.nanoseconds, -(1 << 61)), 1 << 61)
    }
}
