import Telemetry

/// What the rules about services share: the evidence that blames one, with weights and words.
struct BlamedService: Sendable {
    let blame: ServiceBlame
    /// The strength of the next service; 0 when there is none.
    let next: Double

    /// The log-odds that the first suspect is the one: fitted by logistic regression to 814 variants of 37 labelled
    /// failures (whole, with a half to an eighth of the window's traces, and quiet times in which nothing was wrong), so
    /// that what is said with 0.8 holds about four times in five.
    static let prior = -1.8
    /// For each standard error, up to `fullStrength`.
    private static let weightOfStrength = 0.2
    private static let fullStrength = 12.0
    /// When nobody else stands out; less by the share of the next one's strength.
    private static let weightOfMargin = 4.2
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

    /// The strongest signal that shows what the service does; metrics only tell in what state it is. nil when none is
    /// beyond chance.
    var lead: Signal? {
        blame.signals.first { $0.kind != .metrics && ($0.strength >= ServiceBlame.least || $0 == blame.signals.first) }
    }

    func has(_ kind: Signal.Kind) -> Bool {
        blame.signals.contains { $0.kind == kind && $0.strength >= ServiceBlame.least }
    }

    /// The strength and how clearly it stands out, as findings; the signals themselves carry the words.
    func findings(in scene: Scene) -> [Finding] {
        let strength = min(blame.strength, Self.fullStrength) * Self.weightOfStrength
        let margin = max(-1, (blame.strength - max(next, Self.noise)) / blame.strength) * Self.weightOfMargin
        let shown = shownSignals
        let sum = shown.reduce(0) { $0 + $1.strength }
        return shown.enumerated().map { position, signal in
            let share = sum > 0 ? signal.strength / sum : 0
            return Finding(
                signal.kind == .logs ? .logs : signal.kind == .metrics ? .metrics : .traces,
                at: signal.span >= 0 ? scene.spans.span(of: signal.span).start : nil,
                text: SignalWords.sentence(signal), weight: strength * share + (position == 0 ? margin : 0),
                reference: reference(signal, in: scene))
        }
            + scene.overrepresented.findings(
                for: blame.service, in: scene.spans, given: Self.prior + strength + margin)
    }

    /// The strongest, each place once; what is used up is always among them.
    private var shownSignals: [Signal] {
        struct Words: Hashable {
            let kind: Signal.Kind
            let operation: String
            let other: String?
        }
        var told: Set<Words> = []
        let different = blame.signals.filter {
            told.insert(Words(kind: $0.kind, operation: $0.operation, other: $0.caller)).inserted
        }
        var shown = Array(different.prefix(Self.mostSignals))
        if let exhausted, !shown.contains(exhausted) {
            if shown.count == Self.mostSignals { shown.removeLast() }
            shown.append(exhausted)
        }
        return shown
    }

    private func reference(_ signal: Signal, in scene: Scene) -> Reference? {
        guard signal.span >= 0 else { return signal.kind == .logs ? .logsOfService(signal.service) : nil }
        let span = scene.spans.span(of: signal.span)
        return signal.kind == .logs ? .logsOfTrace(span.traceID) : .trace(span.traceID, span: span.id)
    }
}
