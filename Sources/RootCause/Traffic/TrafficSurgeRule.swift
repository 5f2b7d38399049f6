import Languages
import Telemetry

/// A service gets many times the requests that it got before, and is slow, fails or runs out of something since.
///
/// The rise comes first: failures that make callers try again raise the rate as well, and are no surge. A rise that harms
/// nobody is no cause.
struct TrafficSurgeRule: Rule {
    let cause = Cause.trafficSurge
    let needs: Set<EvidenceSource> = [.metrics, .traces, .logs]

    /// Log-odds of a rise to three times; more for each doubling.
    private static let riseWeight = 1.6
    private static let doublingWeight = 0.5
    private static let mostRiseWeight = 2.8
    /// Lines follow requests less closely than a meter does.
    private static let lineShare = 0.6
    private static let orderWeight = 0.6
    private static let furtherWeight = 0.3
    /// Somebody near it is harmed, and not the service itself.
    private static let nearWeight = 0.8
    /// Each request calls this many times more often than before: that is trying again, not more requests.
    private static let repeated = 1.5

    func drafts(in scene: Scene) -> [Draft] {
        let harmed = scene.blame.filter { Self.isHarmed($0, in: scene) }
        guard !harmed.isEmpty else { return [] }
        let rates = RequestRates.all(in: scene)
        let rising = Self.rising(rates, in: scene)
        guard !rising.isEmpty else { return [] }
        if let blame = harmed.first(where: { rising[$0.service] != nil }), let risen = rising[blame.service] {
            return [draft(blame.service, risen, in: scene)]
        }
        let near = rising.filter { service, _ in harmed.contains { Self.areConnected($0.service, service, in: scene) } }
        let strongest = near.max {
            (Self.ratio($0.value), $1.key) < (Self.ratio($1.value), $0.key)
        }
        return strongest.map { [draft($0.key, $0.value, near: harmed[0].service, in: scene)] } ?? []
    }

    /// Slow or failing; at the end of a resource where no trace tells whether that harms it.
    private static func isHarmed(_ blame: ServiceBlame, in scene: Scene) -> Bool {
        let isTraced = scene.spans.serviceNumber(blame.service) != nil
        return blame.strength >= ServiceBlame.least
            && blame.signals.contains {
                $0.strength >= ServiceBlame.least
                    && ($0.kind == .failureOrigin || $0.kind == .slowness
                        || (!isTraced && $0.metric?.isExhausted == true))
            }
    }

    /// Services whose every meter rose, before the harm, and with them those that call them.
    private static func rising(_ rates: [RequestRate], in scene: Scene) -> [String: [RequestRate]] {
        let byService = Dictionary(grouping: rates) { $0.service }
        return byService.filter { service, rates in
            let meters = rates.filter { $0.source != .logs }
            // Lines alone may grow for other reasons; beside a meter they only confirm.
            guard (meters.isEmpty ? rates : meters).allSatisfy({ $0.rise != nil }) else { return false }
            // A meter that averages over minutes lags behind: the earliest is the nearest to when it was.
            if let onset = scene.onset, let rise = rates.compactMap(\.rise).min(by: { $0.at < $1.at }),
                rise.at > onset + rise.step
            {
                return false
            }
            guard !isEnteredFromOutside(service, in: scene) else { return true }
            let callers = callers(of: service, in: scene)
            let areFlat = callers.compactMap { byService[$0] }.flatMap { $0 }.filter { $0.source != .logs }
                .contains { ($0.growth ?? .infinity) < repeated }
            return !areFlat && callsPerTrace(to: service, in: scene) < repeated
        }.mapValues { $0.filter { $0.rise != nil } }
    }

    private static func ratio(_ rates: [RequestRate]) -> Double { rates.compactMap(\.rise?.ratio).max() ?? 0 }

    /// Services from which requests come, by the spans.
    private static func callers(of service: String, in scene: Scene) -> Set<String> {
        let table = scene.spans
        guard let number = table.serviceNumber(service) else { return [] }
        var callers: Set<Int> = []
        for row in table.rows.indices where table.service(of: row) == number && table.rows[row].parent >= 0 {
            callers.insert(table.service(of: Int(table.rows[row].parent)))
        }
        callers.remove(number)
        return Set(callers.map { table.services[$0] })
    }

    /// Whether most of its requests now come from nobody who is traced: then its callers say nothing of how many there are.
    private static func isEnteredFromOutside(_ service: String, in scene: Scene) -> Bool {
        let table = scene.spans
        guard let number = table.serviceNumber(service) else { return false }
        var entries = 0
        var roots = 0
        for trace in table.traceRows where trace.compared == .window {
            for row in trace.rows where table.service(of: row) == number && RequestRates.isEntry(row, in: table) {
                entries += 1
                if table.rows[row].parent < 0, !table.rows[row].isOrphan { roots += 1 }
            }
        }
        return 2 * roots > entries
    }

    private static func areConnected(_ one: String, _ other: String, in scene: Scene) -> Bool {
        callers(of: one, in: scene).contains(other) || callers(of: other, in: scene).contains(one)
    }

    /// How many times as often a trace that reaches the service calls it than one of the baseline; 1 when nothing is known.
    private static func callsPerTrace(to service: String, in scene: Scene) -> Double {
        let table = scene.spans
        guard let number = table.serviceNumber(service) else { return 1 }
        var now = Moments()
        var before = Moments()
        for trace in table.traceRows where trace.compared != .neither {
            let calls = trace.rows.count {
                table.service(of: $0) == number && RequestRates.isEntry($0, in: table)
            }
            guard calls > 0 else { continue }
            if trace.compared == .window { now.add(Double(calls)) } else { before.add(Double(calls)) }
        }
        return before.mean > 0 && now.count > 0 ? now.mean / before.mean : 1
    }

    private func draft(
        _ service: String, _ rates: [RequestRate], near other: String? = nil, in scene: Scene
    ) -> Draft {
        let risen = rates.compactMap { rate in rate.rise.map { (rate: rate, rise: $0) } }
            .sorted { rank($0.rate) < rank($1.rate) }
        var findings: [Finding] = []
        for (position, one) in risen.enumerated() {
            let weight = position == 0 ? weight(one.rate, one.rise) : Self.furtherWeight
            findings.append(
                Finding(
                    one.rate.source, at: one.rise.at, text: Self.sentence(one.rate, one.rise), weight: weight))
        }
        let rise = risen[0].rise
        if let onset = scene.onset, rise.at < onset {
            findings.append(
                Finding(
                    .traces, at: onset,
                    text:
                        "what goes wrong began \(Words.duration(seconds: (onset - rise.at).inSeconds)) after the rise",
                    weight: Self.orderWeight))
        }
        let blamed = BlamedService.all(in: scene).first { $0.blame.service == service }
        if let blamed {
            findings += blamed.findings(in: scene)
        } else {
            findings.append(
                Finding(
                    .traces, text: "`\(other ?? service)` is slower or fails since", weight: Self.nearWeight))
        }
        let consequence: Phrase = blamed?.lead.map { "; it \(SignalWords.predicate($0))" } ?? .empty
        return Draft(
            subject: .init(.service, service),
            statement:
                "`\(service)` gets \(Self.times(rise.ratio)) times the requests since \(Words.clock(rise.at)) (\(Self.amounts(risen[0].rate, rise)))\(consequence).",
            findings: findings,
            recommendations: [
                "See who sends them: requests to `\(service)` by client and path, since \(Words.clock(rise.at)).",
                "Add replicas of `\(service)`, or limit the rate at the edge until it falls.",
                "Check the autoscaler of `\(service)` and its maximum: `kubectl describe hpa`.",
            ],
            prior: blamed == nil ? Draft.usualPrior : BlamedService.prior, explains: [service],
            showsAt: [service])
    }

    /// Meters first, lines last.
    private func rank(_ rate: RequestRate) -> Int {
        switch rate.source {
        case .metrics: 0
        case .traces: 1
        default: 2
        }
    }

    private func weight(_ rate: RequestRate, _ rise: RequestRate.Rise) -> Double {
        let doublings = Exponential.log(max(rise.ratio, 1) / 3) / Exponential.log(2)
        let weight = min(Self.riseWeight + Self.doublingWeight * max(0, doublings), Self.mostRiseWeight)
        return rate.source == .logs ? weight * Self.lineShare : weight
    }

    private static func sentence(_ rate: RequestRate, _ rise: RequestRate.Rise) -> Phrase {
        let (times, clock, amounts) = (times(rise.ratio), Words.clock(rise.at), amounts(rate, rise))
        if let metric = rate.metric {
            return "`\(metric)` of `\(rate.service)` rose \(times) times at \(clock): \(amounts)"
        }
        return rate.source == .logs
            ? "log lines of `\(rate.service)` rose \(times) times at \(clock): \(amounts)"
            : "requests to `\(rate.service)` rose \(times) times at \(clock): \(amounts)"
    }

    private static func times(_ ratio: Double) -> Phrase { Words.decimal(ratio, places: ratio < 10 ? 1 : 0) }

    /// "120 a minute, before 22"
    private static func amounts(_ rate: RequestRate, _ rise: RequestRate.Rise) -> Phrase {
        func number(_ value: Double) -> Phrase { Words.decimal(value, places: value < 10 ? 1 : 0) }
        let unit: Phrase
        switch rate.metric {
        case let metric? where metric.hasSuffix("_per_second"): unit = " a second"
        case nil: unit = " in \(Words.duration(seconds: rise.step.inSeconds))"
        default: unit = .empty
        }
        return "\(number(rise.risen))\(unit), before \(number(rise.usual))"
    }
}
