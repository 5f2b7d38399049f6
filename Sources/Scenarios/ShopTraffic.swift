import Telemetry

/// Requests through a shop: storefront → checkout → cart and payments-gateway → an acquirer outside; storefront →
/// catalog.
struct ShopTraffic {
    private(set) var spans: [Span] = []
    private(set) var lines: [LogEntry] = []
    private let onset: Timestamp
    private let slowFrom: Timestamp
    /// Of the payments since the onset.
    private var paymentCount = 0

    /// - Parameters:
    ///   - onset: from then on, two of three payments get no connection to the acquirer.
    ///   - slowFrom: from then on, the catalogue's search takes four times as long.
    init(onset: Timestamp, slowFrom: Timestamp) {
        self.onset = onset
        self.slowFrom = slowFrom
    }

    /// How long a payment waits for a free connection before it gives up.
    private static let patience: Duration = .seconds(2)

    // MARK: Requests

    mutating func checkout(at planned: Timestamp, _ random: inout SplitMix) {
        let start = planned + random.milliseconds(0...900)
        var call = Call(traceID: TraceID(high: random.next() >> 4, low: random.next()))
        let fails = start >= onset && paymentCount % 3 != 2
        if start >= onset { paymentCount += 1 }
        let root = call.enter("POST /checkout", of: "storefront", from: nil, at: start, &random)
        let checkout = call.request("POST /checkout", of: "checkout", from: root, at: start + .milliseconds(6), &random)
        let cart = call.request(
            "GET /cart/{id}", of: "cart", from: checkout, at: checkout.start + .milliseconds(4), &random)
        let cartEnd = cart.start + random.milliseconds(6...19)
        call.leave(cart, at: cartEnd)
        let payment = call.request(
            "POST /pay", of: "payments-gateway", from: checkout, at: cartEnd + .milliseconds(3), &random)
        let paid = pay(payment, fails: fails, &call, &random)
        call.leave(payment, at: paid, status: fails ? 502 : 200)
        call.leave(checkout, at: paid + random.milliseconds(3...9), status: fails ? 500 : 200)
        call.leave(root, at: paid + random.milliseconds(12...20), status: fails ? 500 : 200)
        spans += call.spans
        let order = random.number(100_000...999_999)
        if fails {
            tell(payment, paid, "error", "payment refused with 502: no connection to acquirer.example.net")
            tell(
                checkout, paid + .milliseconds(2), "error",
                "POST http://payments-gateway/pay answered 502, order \(order) not placed")
        } else {
            tell(checkout, paid + .milliseconds(2), "info", "order \(order) placed")
        }
    }

    /// - Returns: when the gateway has its result.
    private mutating func pay(_ payment: Call.Open, fails: Bool, _ call: inout Call, _ random: inout SplitMix)
        -> Timestamp
    {
        let begin = payment.start + .milliseconds(2)
        let connection = call.enterInternal("acquire upstream connection", from: payment, at: begin, &random)
        guard fails else {
            let acquired = begin + random.milliseconds(0...3)
            call.leave(connection, at: acquired)
            let acquirer = call.enterClient("POST", to: "acquirer.example.net", from: payment, at: acquired, &random)
            let answered = acquired + random.milliseconds(90...210)
            call.leave(acquirer, at: answered)
            return answered + .milliseconds(1)
        }
        let gaveUp = begin + Self.patience + random.milliseconds(1...6)
        let message =
            "no connection from pool acquirer within 2000 ms (in use 20 of 20, waiting \(random.number(18...64)))"
        call.fail(connection, at: gaveUp, type: "ConnectionPoolTimeoutException", message: message)
        tell(payment, gaveUp, "error", message)
        return gaveUp + .milliseconds(1)
    }

    mutating func search(at planned: Timestamp, _ random: inout SplitMix) {
        let start = planned + random.milliseconds(0...1900)
        var call = Call(traceID: TraceID(high: random.next(), low: random.next()))
        let root = call.enter("GET /search", of: "storefront", from: nil, at: start, &random)
        let search = call.request("GET /search", of: "catalog", from: root, at: start + .milliseconds(5), &random)
        let usual = random.milliseconds(70...130)
        let end = search.start + (start >= slowFrom ? usual * 4 : usual)
        call.leave(search, at: end)
        call.leave(root, at: end + random.milliseconds(8...14))
        spans += call.spans
        tell(search, end, "info", "search answered, \(random.number(3...60)) hits")
    }

    // MARK: Logs

    /// What the gateway says of its pool twice a minute, on either pod.
    mutating func describePool(_ window: TimeWindow, _ random: inout SplitMix) {
        var at = window.start - .seconds(600)
        while at < window.end {
            let isFull = at >= onset - .seconds(20)
            for service in ShopService.pods(of: "payments-gateway") {
                let used = isFull ? 20 : random.number(3...8)
                log(
                    service, at + random.milliseconds(0...900), isFull ? "warn" : "info",
                    "pool acquirer: in use \(used) of 20, waiting \(isFull ? random.number(12...60) : 0)")
            }
            at = at + .seconds(60)
        }
    }

    private mutating func tell(_ span: Call.Open, _ at: Timestamp, _ level: String, _ message: String) {
        lines.append(ShopLog.line(of: span, at, level, message))
    }

    private mutating func log(_ service: ShopService, _ at: Timestamp, _ level: String, _ message: String) {
        lines.append(ShopLog.line(of: service, at, level, message))
    }
}
