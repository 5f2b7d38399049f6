/// A signal in words, with its numbers.
enum SignalWords {
    /// What was seen: "`cart` no longer calls `GET /stock`: 0 calls a run, before 1 (31 traces)".
    static func sentence(_ signal: Signal) -> String {
        switch signal.kind {
        case .failureOrigin:
            "\(signal.count) failures begin in `\(signal.operation)`: \(Phrases.percent(signal.after)) of its runs, before \(Phrases.percent(signal.before))"
        case .slowness:
            "\(place(of: signal)): nine in ten now take up to \(Phrases.duration(seconds: signal.after)), before \(Phrases.duration(seconds: signal.before)) (\(Phrases.count(signal.count, "run")))"
        case .metrics: "`\(signal.operation)` of `\(signal.service)`: \(values(signal))"
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
            let rates = "\(rate(signal.after)) calls a run, before \(rate(signal.before)) (\(traces(signal)))"
            let verb =
                isGone ? "no longer calls `\(signal.operation)`" : isNew ? "now calls `\(signal.operation)`" : nil
            return "\(verb ?? "calls `\(signal.operation)` \(isMore ? "more" : "less") often")\(since): \(rates)"
        case .cutShort:
            let shares =
                "in \(Phrases.percent(signal.after)) of the runs\(since), before in \(Phrases.percent(signal.before)) (\(traces(signal)))"
            guard let caller = signal.caller else { return "stops after `\(signal.operation)` \(shares)" }
            return "makes `\(caller)` stop after `\(signal.operation)` \(shares)"
        case .logs:
            let rates = "\(rate(signal.after)) lines a run, before \(rate(signal.before)) (\(traces(signal)))"
            let verb =
                isGone
                ? "no longer writes" : isNew ? "writes a new line" : isMore ? "writes more often" : "writes less often"
            return "\(verb)\(since): `\(signal.operation)`; \(rates)"
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

    /// Less than this share of the other is none to speak of.
    private static let negligible = 0.02

    private static func place(of signal: Signal) -> String {
        signal.caller.map { "calls between `\(signal.service)` and `\($0)` (`\(signal.operation)`)" }
            ?? "`\(signal.operation)`"
    }

    private static func rate(_ value: Double) -> String {
        value == value.rounded() ? Phrases.decimal(value, places: 0) : Phrases.decimal(value, places: 2)
    }

    private static func traces(_ signal: Signal) -> String { Phrases.count(signal.count, "trace") }
}
