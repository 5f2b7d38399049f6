import Telemetry

/// How the shop's processes write: Go as slog's text, Java as Logback's JSON, Node as pino, Python as structlog.
enum ShopSpeech {
    enum Level: String { case info, warn, error }

    static func line(
        of pod: ShopPod, _ at: Timestamp, _ level: Level, _ text: String, fields: [(String, String)] = [],
        traceID: TraceID? = nil, spanID: SpanID? = nil
    ) -> LogEntry {
        var fields = fields
        var metadata = ["detected_level": level.rawValue]
        if let traceID, let spanID {
            fields += [("trace_id", traceID.description), ("span_id", spanID.description)]
            metadata["trace_id"] = traceID.description
            metadata["span_id"] = spanID.description
        }
        let milliseconds = Timestamp(milliseconds: at.milliseconds).description
        let line =
            switch ShopMap.language(of: pod.service) {
            case .go:
                "time=\(milliseconds) level=\(level.rawValue.uppercased()) msg=\(quoted(text))"
                    + fields.map { " \($0)=\($1)" }.joined()
            case .java:
                json(
                    [
                        ("@timestamp", .string(milliseconds)), ("level", .string(level.rawValue.uppercased())),
                        ("logger_name", .string("shop.\(pod.service).\(capitalised(pod.service))Service")),
                        ("message", .string(text)),
                    ], fields)
            case .node:
                json(
                    [
                        ("level", .string(level.rawValue)), ("time", .integer(at.milliseconds)),
                        ("hostname", .string(pod.name)), ("msg", .string(text)),
                    ], fields)
            case .python:
                json(
                    [
                        ("event", .string(text)), ("level", .string(level == .warn ? "warning" : level.rawValue)),
                        ("timestamp", .string(milliseconds)),
                    ], fields)
            }
        return LogEntry(at: at, line: line, labels: labels(of: pod), metadata: metadata)
    }

    static func labels(of pod: ShopPod) -> [String: String] {
        [
            "namespace": ShopWorld.namespace, "pod": pod.name, "container": pod.service, "app": pod.service,
            "service_name": pod.service, "node_name": pod.node,
        ]
    }

    private static func json(_ own: [(String, JSON)], _ fields: [(String, String)]) -> String {
        JSON.object((own + fields.map { ($0, .string($1)) }).map { .init(name: $0.0, value: $0.1) }).compact
    }

    /// As Go does it where it is necessary.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func capitalised(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}

extension ShopWorld {
    /// What the logs say on any day, on every pod, and means nothing.
    mutating func grumble() {
        let complaints: [(String, Int, ShopSpeech.Level, String)] = [
            ("catalog", 240, .warn, "slow query (#ms): SELECT product WHERE facets"),
            ("recommendations", 300, .warn, "no profile for visitor, popular items instead"),
            ("storefront", 200, .warn, "image resized in # ms, consider a smaller source"),
            ("payments", 420, .warn, "idempotency key seen before, earlier result returned"),
            ("inventory", 500, .warn, "stock of item # below reorder level"),
            ("checkout", 380, .warn, "voucher # unknown or expired"),
            ("cart", 450, .info, "evicted # idle carts"),
            ("shipping", 600, .warn, "address could not be normalised, used as given"),
        ]
        for (service, seconds, level, text) in complaints {
            var at = baseline.start + random.milliseconds(0...(seconds * 1000))
            while at < window.end - .seconds(20) {
                let candidates = pods(of: service, at: at).filter { $0.answers(at: at) }
                if !candidates.isEmpty {
                    let words = text.replacing("#", with: String(random.number(210...900)))
                    lines.append(ShopSpeech.line(of: random.element(of: candidates), at, level, words))
                }
                at = at + random.milliseconds((seconds * 500)...(seconds * 1500))
            }
        }
    }

    /// Lines that a pod of the service writes again and again.
    mutating func repeatLine(
        of service: String, every seconds: Int, from: Timestamp, until: Timestamp? = nil, _ level: ShopSpeech.Level,
        onAllPods: Bool = true, _ text: String
    ) {
        var at = from + random.milliseconds(0...4000)
        let end = until ?? window.end - .seconds(20)
        while at < end {
            let candidates = pods(of: service, at: at)
            if !candidates.isEmpty {
                for pod in onAllPods ? candidates : [random.element(of: candidates)] {
                    let words = text.replacing("{now}", with: Timestamp(seconds: at.seconds).description)
                        .replacing("{number}", with: String(random.number(12...64)))
                    lines.append(ShopSpeech.line(of: pod, at + random.milliseconds(0...900), level, words))
                }
            }
            at = at + random.milliseconds((seconds * 800)...(seconds * 1200))
        }
    }
}
