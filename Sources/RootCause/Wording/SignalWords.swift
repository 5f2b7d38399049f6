import Languages

/// A signal in words, with its numbers.
enum SignalWords {
    /// What was seen: "`cart` no longer calls `GET /stock`: 0 calls a run, before 1 (31 traces)".
    static func sentence(_ signal: Signal) -> Phrase {
        switch signal.kind {
        case .failureOrigin:
            let sentence: Phrase =
                "\(signal.count) failures begin in `\(signal.operation)`: \(Words.percent(signal.after)) of its runs"
            return sentence + (signal.isCompared ? ", before \(Words.percent(signal.before))" : .empty)
        case .slowness:
            return
                "nine in ten \(place(of: signal)) take up to \(Words.duration(seconds: signal.after)), before \(Words.duration(seconds: signal.before))\(ownPart(of: signal)) (\(Words.count(signal.count, "run")))"
        case .metrics:
            if let pod = signal.metric?.onePod { return "`\(signal.operation)` of pod `\(pod)`: \(values(signal))" }
            return "`\(signal.operation)` of `\(signal.service)`: \(values(signal))"
        case .callStructure, .cutShort, .logs: return "`\(signal.service)` \(predicate(signal))"
        }
    }

    /// What the service does otherwise than before, to be put behind its name.
    ///
    /// - Parameter since: ` since 10:42:10 UTC`, or nothing.
    static func predicate(_ signal: Signal, since: Phrase = .empty) -> Phrase {
        let operation = signal.operation
        switch signal.kind {
        case .callStructure:
            let rates = rates(signal, isOfLines: false)
            return switch change(signal) {
            case .gone: "no longer calls `\(operation)`\(since): \(rates)"
            case .new: "now calls `\(operation)`\(since): \(rates)"
            case .more: "calls more often `\(operation)`\(since): \(rates)"
            case .less: "calls less often `\(operation)`\(since): \(rates)"
            }
        case .cutShort:
            let (after, before) = (Words.percent(signal.after), Words.percent(signal.before))
            if let caller = signal.caller {
                return
                    "makes `\(caller)` stop after `\(operation)` in \(after) of the runs\(since), before in \(before) (\(traces(signal)))"
            }
            return
                "stops after `\(operation)` in \(after) of the runs\(since), before in \(before) (\(traces(signal)))"
        case .logs:
            let lines = lines(signal)
            return switch change(signal) {
            case .gone: "no longer writes\(since): `\(operation)`; \(lines)"
            case .new: "writes a new line\(since): `\(operation)`; \(lines)"
            case .more: "writes more often\(since): `\(operation)`; \(lines)"
            case .less: "writes less often\(since): `\(operation)`; \(lines)"
            }
        case .failureOrigin: return "fails\(since) in `\(operation)`"
        case .slowness: return "is slower\(since) at `\(operation)`"
        case .metrics: return "differs\(since) in `\(operation)`: \(values(signal))"
        }
    }

    private enum Change { case gone, new, more, less }

    private static func change(_ signal: Signal) -> Change {
        if signal.after < signal.before * negligible { return .gone }
        if signal.before < signal.after * negligible { return .new }
        return signal.after > signal.before ? .more : .less
    }

    /// A metric's values, as shares where it is one: `99 %, before 4 %`.
    static func values(_ signal: Signal) -> Phrase {
        guard let scale = signal.metric?.scale else {
            let places = max(abs(signal.after), abs(signal.before)) < 10 ? 2 : 0
            return
                "\(Words.decimal(signal.after, places: places)), before \(Words.decimal(signal.before, places: places))"
        }
        return "\(Words.percent(signal.after / scale)), before \(Words.percent(signal.before / scale))"
    }

    /// A part as large as this is the whole.
    private static let whole = 0.95
    /// Less than this share of the other is none to speak of.
    private static let negligible = 0.02

    /// Which runs: `runs of \`SELECT\``, `calls of \`shop\` to \`cart\` (\`GET /cart\`)`.
    private static func place(of signal: Signal) -> Phrase {
        guard let other = signal.caller else { return "runs of `\(signal.operation)`" }
        let (caller, callee) = signal.isOutgoing ? (signal.service, other) : (other, signal.service)
        return "calls of `\(caller)` to `\(callee)` (`\(signal.operation)`)"
    }

    /// What of it is no wait for others: `; 2.0 s on the way, before 4.1 ms`.
    static func ownPart(of signal: Signal) -> Phrase {
        guard let own = signal.own, own.after > own.before, own.after < signal.after * whole else { return .empty }
        let (after, before) = (Words.duration(seconds: own.after), Words.duration(seconds: own.before))
        return signal.caller == nil
            ? "; \(after) of its own, before \(before)" : "; \(after) on the way, before \(before)"
    }

    /// `in 6 % of the runs, before in 38 % (31 traces)`, or `2.1 calls a run, before 4 (31 traces)`.
    private static func rates(_ signal: Signal, isOfLines: Bool) -> Phrase {
        if max(signal.before, signal.after) <= 1 {
            return
                "in \(Words.percent(signal.after)) of the runs, before in \(Words.percent(signal.before)) (\(traces(signal)))"
        }
        let (after, before) = (rate(signal.after), rate(signal.before))
        return isOfLines
            ? "\(after) lines a run, before \(before) (\(traces(signal)))"
            : "\(after) calls a run, before \(before) (\(traces(signal)))"
    }

    /// Lines that name no span are counted in the window and in a time as long before.
    private static func lines(_ signal: Signal) -> Phrase {
        if signal.site >= 0 { return rates(signal, isOfLines: true) }
        return
            "\(Words.count(Int(signal.after), "line")) in the window, before \(Words.decimal(signal.before, places: signal.before < 10 ? 1 : 0)) in as long a time"
    }

    private static func rate(_ value: Double) -> Phrase {
        value == value.rounded() ? Words.decimal(value, places: 0) : Words.decimal(value, places: 2)
    }

    private static func traces(_ signal: Signal) -> Phrase { Words.count(signal.count, "trace") }
}
