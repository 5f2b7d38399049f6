import Telemetry

/// A process of the shop.
struct ShopService: Hashable {
    let name: String
    let pod: String
    let node: String
    var version = "1.18.2"

    private static let nodes = ["aks-apps-30175528-vmss000000", "aks-apps-30175528-vmss000001"]
    private static let suffixes = [
        "storefront": ["7c9d6b5f84-4kq2z", "7c9d6b5f84-vx8wd"], "checkout": ["5f6c8d9b7-h2t6m", "5f6c8d9b7-zz9rk"],
        "cart": ["6d5b4c7f98-bn5lp", "6d5b4c7f98-qg2xv"],
        "payments-gateway": ["849fd7c6b5-6wjtc", "849fd7c6b5-pk4hn"],
        "catalog": ["78b6f9d5c4-d7s8f", "78b6f9d5c4-lm6tq"],
    ]

    static let names = suffixes.keys.sorted()

    /// Two of each, one on either node.
    static func pods(of name: String) -> [ShopService] {
        zip(suffixes[name] ?? [], nodes).map { ShopService(name: name, pod: "\(name)-\($0)", node: $1) }
    }

    var resource: Attributes {
        [
            "service.name": .string(name), "service.namespace": .string("shop"), "service.version": .string(version),
            "k8s.namespace.name": .string("shop"), "k8s.pod.name": .string(pod), "k8s.node.name": .string(node),
        ]
    }
}

/// A request on its way through the services, span by span.
struct Call {
    let traceID: TraceID
    private(set) var spans: [Span] = []

    init(traceID: TraceID) { self.traceID = traceID }

    /// A span that has not ended.
    struct Open {
        let traceID: TraceID
        let id: SpanID
        let name: String
        let kind: Span.Kind
        let parent: SpanID?
        let service: ShopService
        let start: Timestamp
        /// The caller's span of the same request; it ends a millisecond later.
        var caller: [Open] = []
        var attributes: [(String, AttributeValue)] = []
    }

    /// The server's span of a request.
    mutating func enter(
        _ name: String, of service: String, from parent: SpanID?, at start: Timestamp, _ random: inout SplitMix
    ) -> Open {
        let id = SpanID(random.next())
        return enter(name, on: random.element(of: ShopService.pods(of: service)), as: id, from: parent, at: start)
    }

    /// The same on a certain pod.
    func enter(_ name: String, on pod: ShopService, as id: SpanID, from parent: SpanID?, at start: Timestamp) -> Open {
        let route = name.split(separator: " ")
        return Open(
            traceID: traceID, id: id, name: name, kind: .server, parent: parent, service: pod, start: start,
            attributes: [
                ("http.request.method", .string(String(route[0]))), ("http.route", .string(String(route[1]))),
            ])
    }

    /// The caller's span and the server's below it.
    mutating func request(
        _ name: String, of service: String, from caller: Open, at start: Timestamp, _ random: inout SplitMix
    ) -> Open {
        let client = enterClient(
            String(name.prefix { $0 != " " }), to: service, from: caller, at: start, &random)
        var server = enter(name, of: service, from: client.id, at: start + random.milliseconds(0...2), &random)
        server.caller = [client]
        return server
    }

    /// The same to a certain pod.
    mutating func request(
        _ name: String, on pod: ShopService, from caller: Open, at start: Timestamp, _ random: inout SplitMix
    ) -> Open {
        let client = enterClient(
            String(name.prefix { $0 != " " }), to: pod.name, from: caller, at: start, &random)
        let arrival = start + random.milliseconds(0...2)
        var server = enter(name, on: pod, as: SpanID(random.next()), from: client.id, at: arrival)
        server.caller = [client]
        return server
    }

    mutating func enterClient(
        _ method: String, to host: String, from parent: Open, at start: Timestamp, _ random: inout SplitMix
    ) -> Open {
        Open(
            traceID: traceID, id: SpanID(random.next()), name: method, kind: .client, parent: parent.id,
            service: parent.service, start: start,
            attributes: [("http.request.method", .string(method)), ("server.address", .string(host))])
    }

    mutating func enterInternal(
        _ name: String, from parent: Open, at start: Timestamp, _ random: inout SplitMix
    ) -> Open {
        Open(
            traceID: traceID, id: SpanID(random.next()), name: name, kind: .internal, parent: parent.id,
            service: parent.service, start: start)
    }

    /// Ends a span, and that of its caller. From 500 on, both are errors.
    mutating func leave(_ span: Open, at end: Timestamp, status: Int = 200) {
        let code: [(String, AttributeValue)] =
            span.kind == .internal ? [] : [("http.response.status_code", .int(Int64(status)))]
        add(span, end, status >= 500 ? .error(message: "") : .unset, span.attributes + code)
        for caller in span.caller { leave(caller, at: end + .milliseconds(1), status: status) }
    }

    mutating func fail(_ span: Open, at end: Timestamp, type: String, message: String) {
        let exception = Span.Event(
            at: end, name: "exception",
            attributes: ["exception.type": .string(type), "exception.message": .string(message)])
        add(span, end, .error(message: message), span.attributes, [exception])
    }

    private mutating func add(
        _ span: Open, _ end: Timestamp, _ status: Span.Status, _ attributes: [(String, AttributeValue)],
        _ events: [Span.Event] = []
    ) {
        spans.append(
            Span(
                traceID: traceID, id: span.id, parentID: span.parent, name: span.name, kind: span.kind,
                start: span.start, end: end, status: status, attributes: Attributes(attributes),
                resource: span.service.resource, events: events))
    }
}
