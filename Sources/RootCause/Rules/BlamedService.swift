import Telemetry

/// What the rules about services share: the evidence that blames one, with weights and words.
struct BlamedService: Sendable {
    let blame: ServiceBlame
    /// The strength of the next service; 0 when there is none.
    let next: Double

    /// The log-odds that the first suspect is the one: fitted by logistic regression to 700 variants of 37 labelled
    /// failures (whole, with a half to an eighth of the window's traces, and quiet times in which nothing was wrong), so
    /// that what is said with 0.8 holds about four times in five.
    static let prior = -1.8
    /// For each standard error, up to `fullStrength`.
    private static let weightOfStrength = 0.16
    private static let fullStrength = 12.0
    /// When nobody else stands out; less by the share of the next one's strength.
    private static let weightOfMargin = 4.5
    /// What the next one has at least: there is always some noise.
    private static let noise = 1.0
    private static let mostSignals = 4
    /// Services that are looked at: the rest is noise of the first ones.
    private static let mostServices = 3

    static func all(in scene: Scene) -> [BlamedService] {
        scene.blame.prefix(mostServices).enumerated().filter { $1.strength >= ServiceBlame.least }.map {
            position, blame in
            let others = scene.blame.enumerated().filter { $0.offset != position }.map(\.element.strength)
            return BlamedService(blame: blame, next: others.max() ?? 0)
        }
    }

    var top: Signal { blame.signals[0] }

    func has(_ kind: Signal.Kind) -> Bool {
        blame.signals.contains { $0.kind == kind && $0.strength >= ServiceBlame.least }
    }

    /// The strength and how clearly it stands out, as findings; the signals themselves carry the words.
    func findings(in scene: Scene) -> [Finding] {
        let strength = min(blame.strength, Self.fullStrength) * Self.weightOfStrength
        let margin = max(-1, (blame.strength - max(next, Self.noise)) / blame.strength) * Self.weightOfMargin
        let shown = blame.signals.prefix(Self.mostSignals)
        let sum = shown.reduce(0) { $0 + $1.strength }
        return shown.enumerated().map { position, signal in
            let share = sum > 0 ? signal.strength / sum : 0
            return Finding(
                signal.kind == .logs ? .logs : signal.kind == .metrics ? .metrics : .traces,
                at: signal.span >= 0 ? scene.spans.span(of: signal.span).start : nil,
                text: SignalWords.sentence(signal), weight: strength * share + (position == 0 ? margin : 0),
                reference: reference(signal, in: scene))
        } + scene.overrepresented.findings(for: blame.service, in: scene.spans)
    }

    private func reference(_ signal: Signal, in scene: Scene) -> Reference? {
        guard signal.span >= 0 else { return signal.kind == .logs ? .logsOfService(signal.service) : nil }
        let span = scene.spans.span(of: signal.span)
        return signal.kind == .logs ? .logsOfTrace(span.traceID) : .trace(span.traceID, span: span.id)
    }
}

/// A signal as a sentence with its numbers.
enum SignalWords {
    static func sentence(_ signal: Signal) -> String {
        switch signal.kind {
        case .failureOrigin:
            return
                "\(signal.count) failures begin in `\(signal.operation)`: \(Phrases.percent(signal.after)) of its runs, before \(Phrases.percent(signal.before))"
        case .slowness:
            let place =
                signal.caller.map { "calls between `\(signal.service)` and `\($0)` (`\(signal.operation)`)" }
                ?? "`\(signal.operation)`"
            return
                "\(place): nine in ten now take up to \(Phrases.duration(seconds: signal.after)), before \(Phrases.duration(seconds: signal.before)) (\(Phrases.count(signal.count, "run")))"
        case .callStructure:
            return
                "`\(signal.operation)`: \(Phrases.decimal(signal.after, places: 2)) calls a run, before \(Phrases.decimal(signal.before, places: 2)) (\(Phrases.count(signal.count, "run")))"
        case .cutShort:
            let share = "\(Phrases.percent(signal.after)) of the runs"
            let place = signal.caller.map { "\(share) on the edge to `\($0)`" } ?? share
            return
                "\(place) end after `\(Phrases.short(signal.operation, characters: 80))`, before \(Phrases.percent(signal.before)) (\(Phrases.count(signal.count, "trace")))"
        case .logs:
            let now = Phrases.decimal(signal.after, places: 2)
            return
                "log line \(signal.after > signal.before ? "more" : "less") often: \(now) a run, before \(Phrases.decimal(signal.before, places: 2)): \(Phrases.short(signal.operation))"
        case .metrics:
            return "`\(signal.operation)` of `\(signal.service)`: \(values(signal))"
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
}
