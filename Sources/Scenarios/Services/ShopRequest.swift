import Telemetry

/// One request on its way through the shop: its spans and what is logged about it.
struct ShopRequest {
    let traceID: TraceID
    private(set) var spans: [Span] = []
    private(set) var lines: [LogEntry] = []

    init(traceID: TraceID) { self.traceID = traceID }

    /// How many of 10,000 operations fail on an ordinary day: with about four a request, 0.2 % of the requests.
    private static let everydayFailures = 5
    /// What a caller waits for an answer of a service, and of a host outside.
    private static let patience = (inside: 10_000, outside: 3000)

    static func usual(_ random: inout SplitMix) -> ShopMap.Operation {
        var pick = random.number(0...19)
        for (operation, share) in ShopMap.usualMix {
            if pick < share { return operation }
            pick -= share
        }
        return ShopMap.product
    }

    struct Outcome {
        let end: Timestamp
        let error: ShopError?
    }

    /// A request that comes from outside the shop.
    @discardableResult
    mutating func serve(
        _ operation: ShopMap.Operation, below parent: SpanID?, at: Timestamp, in world: ShopWorld,
        _ random: inout SplitMix
    ) -> Outcome? {
        let pods = world.pods(of: operation.service, at: at).filter { $0.answers(at: at) }
        guard !pods.isEmpty else { return nil }
        return serve(operation, on: random.element(of: pods), below: parent, at: at, world, &random)
    }

    /// The same with the browser's span around it, and the way there and back.
    mutating func browse(
        _ operation: ShopMap.Operation, at: Timestamp, isSlow: Bool, in world: ShopWorld, _ random: inout SplitMix
    ) {
        let id = SpanID(random.next())
        let way = random.heavyTailed(milliseconds: isSlow ? 900 : 45)
        guard let outcome = serve(operation, below: id, at: at + way, in: world, &random) else { return }
        let end = outcome.end + random.heavyTailed(milliseconds: isSlow ? 1400 : 60)
        let method = String(operation.name.prefix { $0 != " " })
        let status = outcome.error?.status ?? 200
        spans.append(
            Span(
                traceID: traceID, id: id, name: "HTTP \(method)", kind: .client, start: at, end: end,
                status: status >= 500 ? .error(message: "") : .unset,
                attributes: [
                    "http.request.method": .string(method), "http.response.status_code": .int(Int64(status)),
                    "url.full": .string("https://shop.example.com\(operation.path)"),
                    "server.address": .string("shop.example.com"), "server.port": .int(443),
                ],
                resource: [
                    "service.name": .string("shop-web"), "service.namespace": .string(ShopWorld.namespace),
                    "telemetry.sdk.language": .string("webjs"), "telemetry.sdk.name": .string("opentelemetry"),
                ]))
    }

    // MARK: The server's side

    private mutating func serve(
        _ operation: ShopMap.Operation, on pod: ShopPod, below parent: SpanID?, at start: Timestamp,
        _ world: ShopWorld, _ random: inout SplitMix
    ) -> Outcome {
        let id = SpanID(random.next())
        let site = Site(operation: operation, pod: pod, span: id)
        let faults = world.faults.filter { $0.strikes(operation, on: pod, at: start) }
        var factor = 1
        var now = start + random.milliseconds(0...1)
        var error: ShopError?
        var events: [Span.Event] = []
        for fault in faults where random.number(0...99) < fault.percent {
            switch fault.effect {
            case .slower(let times): factor *= times
            case .fails(let own, let milliseconds):
                now = now + random.milliseconds(milliseconds)
                error = own.filled(at: now, &random)
            case .deadline: break
            }
        }
        if error == nil, random.number(0...9999) < Self.everydayFailures {
            error = ShopError.everyday(ShopMap.language(of: operation.service))
        }
        if let error {
            // A client that went away is nobody's error.
            let isError = error.status >= 500
            events = isError ? [error.event(at: now)] : []
            say(isError ? .error : .info, "\(operation.shortName) failed: \(error.message)", at: now, site, error.type)
        } else {
            for step in operation.steps where error == nil {
                let outcome = take(step, site, factor, at: now, world, &random)
                (now, error) = (outcome.end, outcome.error)
            }
            if let error { say(.error, error.message, at: now, site, error.type) }
        }
        now = now + random.milliseconds(0...1)
        let status = error?.status ?? 200
        spans.append(
            Span(
                traceID: traceID, id: id, parentID: parent, name: operation.name, kind: .server, start: start, end: now,
                status: status >= 500 ? .error(message: events.isEmpty ? "" : error?.message ?? "") : .unset,
                attributes: ShopAttributes.server(operation, status: status), resource: pod.resource, events: events))
        if error == nil { sayDone(site, took: now - start, at: now, &random) }
        return Outcome(end: now, error: error)
    }

    /// Who does something: what a span's or a line's origin is.
    private struct Site {
        let operation: ShopMap.Operation
        let pod: ShopPod
        let span: SpanID
    }

    private mutating func take(
        _ step: ShopMap.Step, _ site: Site, _ factor: Int, at now: Timestamp, _ world: ShopWorld,
        _ random: inout SplitMix
    ) -> Outcome {
        switch step {
        case .work(let name, let milliseconds):
            let end = now + random.heavyTailed(milliseconds: milliseconds * factor)
            if let name { add(name, .internal, site, now, end) }
            return Outcome(end: end, error: nil)
        case .call(let callee, let isNeeded):
            if let since = world.switchedOff[callee], since <= now { return Outcome(end: now, error: nil) }
            let outcome = call(callee, from: site, at: now, world, &random)
            guard let error = outcome.error else { return outcome }
            guard isNeeded else {
                say(.warn, "\(callee.service) left out: \(error.message)", at: outcome.end, site, error.type)
                return Outcome(end: outcome.end, error: nil)
            }
            return outcome
        case .store(let store, let statement, let milliseconds):
            return ask(
                store.rawValue, port: store.port, ShopAttributes.store(store, statement), statement, site,
                milliseconds, at: now, world, &random)
        case .outside(let host, let request, let milliseconds):
            return ask(
                host, port: 443, ShopAttributes.outside(host, request),
                String(request.prefix { $0 != " " }), site, milliseconds, at: now, world, &random)
        }
    }

    // MARK: The caller's side

    /// With as many attempts as the caller makes.
    private mutating func call(
        _ callee: ShopMap.Operation, from site: Site, at start: Timestamp, _ world: ShopWorld,
        _ random: inout SplitMix
    ) -> Outcome {
        let usual = callee.canBeRepeated ? 2 : 1
        let attempts = world.insistence.map { $0.service == callee.service ? $0.attempts : usual } ?? usual
        var outcome = attempt(callee, from: site, number: 0, at: start, world, &random)
        for number in 1..<max(attempts, 2) where outcome.error != nil && number < attempts {
            let pause = random.milliseconds(40...120)
            outcome = attempt(callee, from: site, number: number, at: outcome.end + pause, world, &random)
        }
        guard let error = outcome.error else { return outcome }
        let passedOn = ShopError(
            type: ShopError.upstream(ShopMap.language(of: site.pod.service)),
            message: "\(callee.shortName) of \(callee.service) answered \(callee.code(error))",
            status: site.operation.service == "storefront" ? 500 : max(500, error.status))
        return Outcome(end: outcome.end, error: passedOn)
    }

    private mutating func attempt(
        _ callee: ShopMap.Operation, from site: Site, number: Int, at start: Timestamp, _ world: ShopWorld,
        _ random: inout SplitMix
    ) -> Outcome {
        let id = SpanID(random.next())
        let language = ShopMap.language(of: site.pod.service)
        let deadline = world.deadline(of: site.pod, for: callee.service, at: start) ?? Self.patience.inside
        var error: ShopError?
        var end = start
        var hasAnswer = true
        let pods = world.pods(of: callee.service, at: start)
        if pods.isEmpty {
            error = .refused(by: callee.service, 8080, in: language)
            (end, hasAnswer) = (start + random.milliseconds(1...3), false)
        } else {
            let pod = random.element(of: pods)
            if pod.isClosed(at: start) {
                error = .refused(by: callee.service, 8080, in: language)
                (end, hasAnswer) = (start + random.milliseconds(1...3), false)
            } else if pod.answers(at: start) {
                let outcome = serve(callee, on: pod, below: id, at: start + random.milliseconds(0...1), world, &random)
                (end, error) = (outcome.end + random.milliseconds(0...1), outcome.error)
            } else {
                error = .timeout(of: pod.address, 8080, in: language, isConnecting: true)
                (end, hasAnswer) = (start + .milliseconds(min(deadline, 3000)) + random.milliseconds(0...4), false)
            }
        }
        if end - start > .milliseconds(deadline) {
            end = start + .milliseconds(deadline) + random.milliseconds(0...2)
            error = .timeout(of: callee.service, 8080, in: language, isConnecting: false)
            hasAnswer = false
        }
        let status = error?.status ?? 200
        let attributes = ShopAttributes.client(
            callee, status: hasAnswer ? status : nil, error: error, resend: number)
        let events = hasAnswer ? [] : error.map { [$0.event(at: end)] } ?? []
        add(
            callee.isRemoteProcedure ? callee.name : String(callee.name.prefix { $0 != " " }), .client, site, start,
            end,
            id: id, error: error.map { hasAnswer ? "" : $0.message }, attributes, events)
        return Outcome(end: end, error: error)
    }

    /// Asks a host that sends no spans.
    private mutating func ask(
        _ host: String, port: Int, _ attributes: [(String, AttributeValue)], _ name: String, _ site: Site,
        _ milliseconds: Int, at start: Timestamp, _ world: ShopWorld, _ random: inout SplitMix
    ) -> Outcome {
        let (id, language) = (SpanID(random.next()), ShopMap.language(of: site.pod.service))
        var (error, wait): (ShopError?, Duration?)
        var factor = 1
        for fault in world.faults where fault.strikes(host, seenBy: site.pod, at: start) {
            guard random.number(0...99) < fault.percent else { continue }
            switch fault.effect {
            case .slower(let times): factor *= times
            case .fails(let failure, let milliseconds):
                (error, wait) = (failure.filled(at: start, &random), random.milliseconds(milliseconds))
            case .deadline: break
            }
        }
        var end = start + (wait ?? random.heavyTailed(milliseconds: milliseconds * factor))
        if port == 443, end - start > .milliseconds(Self.patience.outside), error == nil {
            end = start + .milliseconds(Self.patience.outside) + random.milliseconds(0...3)
            error = .timeout(of: host, port, in: language, isConnecting: false)
        }
        var all = attributes
        if let error {
            all.append(("error.type", .string(error.answer.map(String.init) ?? error.type)))
            if let code = error.answer { all.append(("http.response.status_code", .int(Int64(code)))) }
        } else if port == 443 {
            all.append(("http.response.status_code", .int(200)))
        }
        add(
            name, .client, site, start, end, id: id, error: error?.message, all,
            error.map { [$0.event(at: end)] } ?? [])
        return Outcome(end: end, error: error.map { $0.told(of: host) })
    }

    // MARK: Spans and lines

    private mutating func add(
        _ name: String, _ kind: Span.Kind, _ site: Site, _ start: Timestamp, _ end: Timestamp, id: SpanID? = nil,
        error: String? = nil, _ attributes: [(String, AttributeValue)] = [], _ events: [Span.Event] = []
    ) {
        let id = id ?? SpanID(site.span.value ^ UInt64(bitPattern: start.nanoseconds))
        spans.append(
            Span(
                traceID: traceID, id: id, parentID: site.span, name: name, kind: kind, start: start, end: end,
                status: error.map { .error(message: $0) } ?? .unset, attributes: Attributes(attributes),
                resource: site.pod.resource, events: events))
    }

    private mutating func say(
        _ level: ShopSpeech.Level, _ text: String, at: Timestamp, _ site: Site, _ type: String? = nil
    ) {
        lines.append(
            ShopSpeech.line(
                of: site.pod, at, level, text, fields: type.map { [("error.type", $0)] } ?? [], traceID: traceID,
                spanID: site.span))
    }

    /// The front's access log, and the word of the services that have something to tell.
    private mutating func sayDone(_ site: Site, took: Duration, at: Timestamp, _ random: inout SplitMix) {
        let milliseconds = took.nanoseconds / 1_000_000
        let text: String? =
            switch site.operation {
            case ShopMap.place: "order \(random.number(100_000...999_999)) placed"
            case ShopMap.pay: "payment authorised in \(milliseconds) ms"
            case ShopMap.reserve: "reserved \(random.number(1...5)) items"
            case ShopMap.quote: "\(random.number(2...4)) rates offered"
            case ShopMap.find: "search answered, \(random.number(3...60)) hits in \(milliseconds) ms"
            case ShopMap.recommend where random.number(0...3) == 0: "scored \(random.number(60...220)) candidates"
            default: site.operation.service == "storefront" ? "\(site.operation.name) 200 \(milliseconds)ms" : nil
            }
        if let text { say(.info, text, at: at, site) }
    }
}

extension SplitMix {
    /// Around a median: a tenth takes twice as long and longer, the slowest four times.
    mutating func heavyTailed(milliseconds median: Int) -> Duration {
        // Of the median, in thousandths: the deciles of times as they are often measured.
        let deciles = [600, 720, 800, 870, 930, 1000, 1080, 1200, 1400, 1900, 4200]
        let (decile, rest) = (number(0...9), number(0...999))
        let thousandths = deciles[decile] + (deciles[decile + 1] - deciles[decile]) * rest / 1000
        return .nanoseconds(Int64(median) * Int64(thousandths) * 1000 + Int64(number(0...999)))
    }
}
