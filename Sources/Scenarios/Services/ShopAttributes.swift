import Telemetry

/// The attributes of the shop's spans, by the semantic conventions for HTTP, RPC and databases.
enum ShopAttributes {
    typealias Pairs = [(String, AttributeValue)]

    static func server(_ operation: ShopMap.Operation, status: Int) -> Attributes {
        if operation.isRemoteProcedure { return Attributes(procedure(operation, status: status)) }
        let parts = operation.name.split(separator: " ").map(String.init)
        var pairs: Pairs = [
            ("http.request.method", .string(parts[0])), ("http.route", .string(parts[1])),
            ("url.scheme", .string("http")),
            ("http.response.status_code", .int(Int64(status))),
        ]
        if status >= 500 { pairs.append(("error.type", .string(String(status)))) }
        return Attributes(pairs)
    }

    /// - Parameter status: nil when no answer came.
    static func client(_ callee: ShopMap.Operation, status: Int?, error: ShopError?, resend: Int) -> Pairs {
        var pairs: Pairs = [
            ("server.address", .string(callee.service)),
            ("server.port", .int(callee.isRemoteProcedure ? 9090 : 8080)),
        ]
        if callee.isRemoteProcedure {
            pairs += procedure(callee, status: status ?? error?.status ?? 200)
        } else {
            pairs += [
                ("http.request.method", .string(String(callee.name.prefix { $0 != " " }))),
                ("url.full", .string("http://\(callee.service):8080\(callee.path)")),
            ]
            if let status { pairs.append(("http.response.status_code", .int(Int64(status)))) }
            if resend > 0 { pairs.append(("http.request.resend_count", .int(Int64(resend)))) }
            if let error { pairs.append(("error.type", .string(status.map(String.init) ?? error.type))) }
        }
        return pairs
    }

    private static func procedure(_ operation: ShopMap.Operation, status: Int) -> Pairs {
        let parts = operation.name.split(separator: "/").map(String.init)
        return [
            ("rpc.system", .string("grpc")), ("rpc.service", .string(parts[0])), ("rpc.method", .string(parts[1])),
            ("rpc.grpc.status_code", .int(ShopMap.Operation.procedureCode(status))),
        ]
    }

    static func store(_ store: ShopMap.Store, _ statement: String) -> Pairs {
        let operation = String(statement.prefix { $0 != " " })
        return [
            ("db.system.name", .string(store.isRedis ? "redis" : "postgresql")),
            ("db.operation.name", .string(operation)), ("db.query.summary", .string(statement)),
            ("server.address", .string(store.rawValue)), ("server.port", .int(Int64(store.port))),
        ]
    }

    static func outside(_ host: String, _ request: String) -> Pairs {
        let parts = request.split(separator: " ").map(String.init)
        return [
            ("http.request.method", .string(parts[0])), ("url.full", .string("https://\(host)\(parts[1])")),
            ("server.address", .string(host)), ("server.port", .int(443)),
        ]
    }
}

extension ShopMap.Operation {
    /// Without the method, without the package.
    var path: String { String(name.split(separator: " ").last ?? "") }

    var shortName: String { isRemoteProcedure ? String(name.split(separator: "/").last ?? "") : name }

    /// What its caller gets to see.
    func code(_ error: ShopError) -> String {
        guard isRemoteProcedure else { return String(error.status) }
        return switch Self.procedureCode(error.status) {
        case 4: "DEADLINE_EXCEEDED"
        case 14: "UNAVAILABLE"
        default: "INTERNAL"
        }
    }

    /// Of gRPC, for a status of HTTP.
    static func procedureCode(_ status: Int) -> Int64 {
        switch status {
        case ..<500: 0
        case 504: 4
        case 502, 503: 14
        default: 13
        }
    }
}

extension ShopError {
    func event(at: Timestamp) -> Span.Event {
        Span.Event(
            at: at, name: "exception",
            attributes: ["exception.type": .string(type), "exception.message": .string(message)])
    }

    /// As the service that asked a host tells it to its own caller.
    func told(of host: String) -> ShopError {
        ShopError(
            type: type, message: message.contains(host) ? message : "\(host): \(message)", status: max(500, status))
    }

    func filled(at: Timestamp, _ random: inout SplitMix) -> ShopError {
        guard message.contains("{") else { return self }
        let filled = message.replacing("{now}", with: Timestamp(seconds: at.seconds).description)
            .replacing("{number}", with: String(random.number(12...64)))
        return ShopError(type: type, message: filled, status: status, answer: answer)
    }

    /// The type of the exception by which a service says that another one let it down.
    static func upstream(_ language: ShopMap.Language) -> String {
        switch language {
        case .go: "*upstream.StatusError"
        case .java: "shop.upstream.UpstreamException"
        case .node: "UpstreamError"
        case .python: "UpstreamError"
        }
    }

    /// What happens once in a while and nobody looks at.
    static func everyday(_ language: ShopMap.Language) -> ShopError {
        switch language {
        case .go: ShopError(type: "*errors.errorString", message: "context canceled")
        case .java: ShopError(type: "java.io.IOException", message: "Broken pipe")
        case .node: ShopError(type: "Error", message: "socket hang up")
        case .python: ShopError(type: "ConnectionResetError", message: "[Errno 104] Connection reset by peer")
        }
    }
}

extension ShopFault {
    func strikes(_ operation: ShopMap.Operation, on pod: ShopPod, at instant: Timestamp) -> Bool {
        guard holds(at: instant), self.operation.map({ $0 == operation.name }) ?? true else { return false }
        return switch place {
        case .service(let name): name == pod.service
        case .pod(let name): name == pod.name
        case .version(let version, let service): service == pod.service && version == pod.version
        default: false
        }
    }

    func strikes(_ host: String, seenBy pod: ShopPod, at instant: Timestamp) -> Bool {
        guard holds(at: instant) else { return false }
        return switch place {
        case .dependency(let name): name == host
        case .dependencySeenBy(let caller, let name): name == host && caller == pod.name
        default: false
        }
    }
}

extension ShopWorld {
    /// nil for the usual one.
    func deadline(of caller: ShopPod, for callee: String, at instant: Timestamp) -> Int? {
        for fault in faults where fault.holds(at: instant) {
            if case .impatience(caller.service, caller.version, callee) = fault.place,
                case .deadline(let milliseconds) = fault.effect
            {
                return milliseconds
            }
        }
        return nil
    }
}
