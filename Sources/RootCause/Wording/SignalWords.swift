/// A signal in words, with its numbers.
enum SignalWords {
    /// What was seen: "`cart` no longer calls `GET /stock`: 0 calls a run, before 1 (31 traces)".
    static func sentence(_ signal: Signal) -> String {
        switch signal.kind {
        case .failureOrigin:
            "\(signal.count) failures begin in `\(signal.operation)`: \(Phrases.percent(signal.after)) of its runs"
                + (signal.isCompared ? ", before \(Phrases.percent(signal.before))" : "")
        case .slowness:
            "nine in ten \(place(of: signal)) take up to \(Phrases.duration(seconds: signal.after)), before \(Phrases.duration(seconds: signal.before))\(ownPart(of: signal)) (\(Phrases.count(signal.count, "run")))"
        case .metrics:
            "`\(signal.operation)` of \(signal.metric?.onePod.map { "pod `\($0)`" } ?? "`\(signal.service)`"): \(values(signal))"
        case .callStructure, .cutShort, .logs: "`\(signal.service)` \(predicate(signal))"
        }
    }

    /// What the service does otherwise than before, to be put behind its name.
    ///
    /// - Parameter since: ` since 10:42:10 UTC`, or nothing.
    static func predicate(_ signal: Signal, since: String = "") -> String {
        let isMore = signal.after > signal.before
        let isGone = signal.after < signal.before * negligible
        let isNew = signal.before < signal.after * negligible
        switch signal.kind {
        case .callStructure:
            let verb =
                isGone ? "no longer calls" : isNew ? "now calls" : isMore ? "calls more often" : "calls less often"
            return "\(verb) `\(signal.operation)`\(since): \(rates(signal, "calls"))"
        case .cutShort:
            let verb = signal.caller.map { "makes `\($0)` stop" } ?? "stops"
            return
                "\(verb) after `\(signal.operation)` in \(Phrases.percent(signal.after)) of the runs\(since), before in \(Phrases.percent(signal.before)) (\(traces(signal)))"
        case .logs:
            let verb =
                isGone
                ? "no longer writes" : isNew ? "writes a new line" : isMore ? "writes more often" : "writes less often"
            return "\(verb)\(since): `\(signal.operation)`; \(lines(signal))"
        case .failureOrigin: return "fails\(since) in `\(signal.operation)`"
        case .slowness: return "is slower\(since) at `\(signal.operation)`"
        case .metrics: return "differs\(since) in `\(signal.operation)`: \(values(signal))"
        }
    }

    /// A metric's values, as shares where it is one: `99 %, before 4 %`.
    static func values(_ signal: Signal) -> String {
        guard let scale = signal.metric?.scale else {
            let places = max(abs(signal.after), abs(signal.before)) < 10 ? 2 : 0
            return
                "\(Phrases.decimal(signal.after, places: places)), before \(Phrases.decimal(signal.before, places: places))"
        }
        return "\(Phrases.percent(signal.after / scale)), before \(Phrases.percent(signal.before / scale))"
    }

    /// A part as large as this is the whole.
    private static let whole = 0.95
    /// Less than this share of the other is none to speak of.
    private static let negligible = 0.02

    /// Which runs: `runs of \`SELECT\``, `calls of \`shop\` to \`cart\` (\`GET /cart\`)`.
    private static func place(of signal: Signal) -> String {
        guard let other = signal.caller else { return "runs of `\(signal.operation)`" }
        let (caller, callee) = signal.isOutgoing ? (signal.service, other) : (other, signal.service)
        return "calls of `\(caller)` to `\(callee)` (`\(signal.operation)`)"
    }

    /// What of it is no wait for others: `; 2.0 s on the way, before 4.1 ms`.
    static func ownPart(of signal: Signal) -> String {
        guard let own = signal.own, own.after > own.before, own.after < signal.after * whole else { return "" }
        let place = signal.caller == nil ? "of its own" : "on the way"
        return
            "; \(Phrases.duration(seconds: own.after)) \(place), before \(Phrases.duration(seconds: own.before))"
    }

    /// `in 6 % of the runs, before in 38 % (31 traces)`, or `2.1 calls a run, before 4 (31 traces)`.
    private static func rates(_ signal: Signal, _ unit: String) -> String {
        if max(signal.before, signal.after) <= 1 {
            return
                "in \(Phrases.percent(signal.after)) of the runs, before in \(Phrases.percent(signal.before)) (\(traces(signal)))"
        }
        return "\(rate(signal.after)) \(unit) a run, before \(rate(signal.before)) (\(traces(signal)))"
    }

    /// Lines that name no span are counted in the window and in a time as long before.
    private static func lines(_ signal: Signal) -> String {
        if signal.site >= 0 { return rates(signal, "lines") }
        return
            "\(Phrases.count(Int(signal.after), "line")) in the window, before \(Phrases.decimal(signal.before, places: signal.before < 10 ? 1 : 0)) in as long a time"
    }

    private static func rate(_ value: Double) -> String {
        value == value.rounded() ? Phrases.decimal(value, places: 0) : Phrases.decimal(value, places: 2)
    }

    private static func traces(_ signal: Signal) -> String { Phrases.count(signal.count, "trace") }
}
