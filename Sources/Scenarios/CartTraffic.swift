import Telemetry

/// Requests to the cart: storefront → cart → a Redis, whose primary changes on the way.
struct CartTraffic {
    private(set) var spans: [Span] = []
    private(set) var lines: [LogEntry] = []
    private let failover: Timestamp
    private var additions = 0

    /// Two on the first node, one on the second.
    static let pods = [
        ("6d5b4c7f98-bn5lp", 0), ("6d5b4c7f98-qg2xv", 1), ("6d5b4c7f98-w7t4c", 0),
    ].map { ShopService(name: "cart", pod: "cart-\($0)", node: "aks-apps-30175528-vmss00000\($1)") }
    /// It does not notice that its connection leads to a replica now.
    static let stalePod = pods[2]

    /// - Parameter failover: from then on, the stale pod writes to a replica.
    init(failover: Timestamp) { self.failover = failover }

    mutating func add(at planned: Timestamp, _ random: inout SplitMix) {
        let (start, pod) = (planned + random.milliseconds(0...1500), random.element(of: Self.pods))
        var call = Call(traceID: TraceID(high: random.next() >> 4, low: random.next()))
        additions += 1
        let isRefused = start >= failover && pod == Self.stalePod
        // One of a good pod, in passing.
        let isTimeout = additions == 101
        let root = call.enter("POST /cart/{id}/items", of: "storefront", from: nil, at: start, &random)
        let cart = call.request("POST /cart/{id}/items", on: pod, from: root, at: start + .milliseconds(4), &random)
        let redis = redis("SET", from: cart, &call, &random)
        let answered = redis.start + (isTimeout ? .milliseconds(500) : random.milliseconds(0...3))
        if isRefused || isTimeout {
            let message =
                isRefused
                ? "READONLY You can't write against a read only replica." : "no answer from cart-redis within 500 ms"
            call.fail(redis, at: answered, type: isRefused ? "ReplyError" : "TimeoutError", message: message)
            tell(cart, answered + .milliseconds(1), "error", "item not stored: \(message)")
        } else {
            call.leave(redis, at: answered)
            tell(cart, answered + .milliseconds(1), "info", "item stored, cart has \(random.number(1...9)) items")
        }
        finish(cart, root, at: answered, status: isRefused || isTimeout ? 500 : 200, &call, &random)
    }

    mutating func show(at planned: Timestamp, _ random: inout SplitMix) {
        let (start, pod) = (planned + random.milliseconds(0...1500), random.element(of: Self.pods))
        var call = Call(traceID: TraceID(high: random.next() >> 4, low: random.next()))
        let root = call.enter("GET /cart/{id}", of: "storefront", from: nil, at: start, &random)
        let cart = call.request("GET /cart/{id}", on: pod, from: root, at: start + .milliseconds(4), &random)
        let redis = redis("GET", from: cart, &call, &random)
        let answered = redis.start + random.milliseconds(0...3)
        call.leave(redis, at: answered)
        finish(cart, root, at: answered, status: 200, &call, &random)
    }

    /// The other pods were told by a broken connection.
    mutating func tellOfFailover(_ random: inout SplitMix) {
        for pod in Self.pods where pod != Self.stalePod {
            let at = failover - .seconds(4) + random.milliseconds(0...900)
            lines.append(ShopLog.line(of: pod, at, "warn", "connection to cart-redis closed by peer"))
            lines.append(
                ShopLog.line(
                    of: pod, at + random.milliseconds(300...900), "info", "connected to cart-redis, role primary"))
        }
    }

    private func redis(_ command: String, from cart: Call.Open, _ call: inout Call, _ random: inout SplitMix)
        -> Call.Open
    {
        let at = cart.start + random.milliseconds(1...4)
        var span = call.enterClient(command, to: "cart-redis", from: cart, at: at, &random)
        span.attributes = [
            ("db.system.name", .string("redis")), ("db.operation.name", .string(command)),
            ("server.address", .string("cart-redis")),
        ]
        return span
    }

    private mutating func finish(
        _ cart: Call.Open, _ root: Call.Open, at answered: Timestamp, status: Int, _ call: inout Call,
        _ random: inout SplitMix
    ) {
        call.leave(cart, at: answered + random.milliseconds(1...3), status: status)
        call.leave(root, at: answered + random.milliseconds(7...12), status: status)
        spans += call.spans
    }

    private mutating func tell(_ span: Call.Open, _ at: Timestamp, _ level: String, _ message: String) {
        lines.append(ShopLog.line(of: span, at, level, message))
    }
}
