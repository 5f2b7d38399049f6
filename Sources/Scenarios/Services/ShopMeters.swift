import Telemetry

/// What Prometheus has of the shop: rates over five minutes from the spans, and the pods' gauges, once a minute.
struct ShopMeters {
    let world: ShopWorld
    /// The collector counts spans before it samples them: of fifty traces one is kept.
    private static let tracesForOneKept = 50.0
    private static let step = 60
    /// What a process that leaks takes from its start to its limit.
    private static let secondsToFill = 110.0
    private static let range = Duration.seconds(300)

    init(_ world: ShopWorld) { self.world = world }

    private var instants: [Timestamp] {
        stride(from: 0, to: world.window.end.seconds - world.baseline.start.seconds, by: Int64.Stride(Self.step)).map {
            world.baseline.start + .seconds($0)
        }
    }

    func series(_ random: inout SplitMix) -> [MetricSeries] {
        ShopMap.services.flatMap(requestSeries) + world.pods.flatMap { podSeries($0, &random) } + world.otherSeries
    }

    private func requestSeries(_ service: String) -> [MetricSeries] {
        let served = world.spans.filter { $0.service == service && $0.kind == .server }.sorted { $0.end < $1.end }
        // A series without scrapes goes stale after five minutes.
        let end = world.silent[service].map { $0 + Self.range } ?? world.window.end
        var (rates, failures, latencies): ([MetricSeries.Sample], [MetricSeries.Sample], [MetricSeries.Sample]) =
            ([], [], [])
        for at in instants where at <= end {
            let recent = served.filter { at - Self.range < $0.end && $0.end <= at }
            let perSecond = Self.tracesForOneKept / Self.range.inSeconds
            rates.append(.init(at: at, value: rounded(Double(recent.count) * perSecond)))
            failures.append(.init(at: at, value: rounded(Double(recent.count(where: \.isError)) * perSecond)))
            let durations = recent.map(\.duration.inSeconds).sorted()
            let p90 = durations.isEmpty ? .nan : durations[min(durations.count - 1, durations.count * 9 / 10)]
            latencies.append(.init(at: at, value: p90.isNaN ? p90 : rounded(p90)))
        }
        return [
            ("service_requests_per_second", rates), ("service_failed_requests_per_second", failures),
            ("service_latency_p90_seconds", latencies),
        ].map { MetricSeries(name: $0, labels: ["service": service], samples: $1) }
    }

    private func podSeries(_ pod: ShopPod, _ random: inout SplitMix) -> [MetricSeries] {
        let times = instants.filter { at in
            pod.from.map { $0 - .seconds(10) <= at } ?? true && pod.until.map { at < $0 } ?? true
        }
        guard !times.isEmpty else { return [] }
        let strains = world.strains.filter { $0.concerns(pod) }
        let ends = world.memoryKills[pod.name] ?? []
        let (cpuBase, memoryBase) = (Double(random.number(18...34)) / 100, Double(random.number(44...66)) / 100)
        let usual = Double(max(1, world.servedPerRange(pod, endingAt: world.window.start)))
        var samples: [String: [MetricSeries.Sample]] = [:]
        func add(_ name: String, _ at: Timestamp, _ value: Double) {
            samples[name, default: []].append(.init(at: at, value: rounded(value)))
        }
        for at in times {
            let isSeen = pod.answers(at: at) && !(world.unscraped[pod.service].map { $0 <= at } ?? false)
            add("up", at, isSeen ? 1 : 0)
            guard pod.answers(at: at) else { continue }
            let load = Double(world.servedPerRange(pod, endingAt: at)) / usual
            var cpu = cpuBase * (0.6 + 0.4 * load) + Double(random.number(-25...25)) / 1000
            var memory = memoryBase + Double(random.number(-20...20)) / 1000
            for strain in strains where strain.from <= at {
                if let level = strain.cpu { cpu = max(cpu, level + Double(random.number(-20...10)) / 1000) }
                if let level = strain.memory {
                    let since = (ends.last { $0 <= at } ?? strain.from)
                    memory = min(level, memory + (at - since).inSeconds / Self.secondsToFill * level)
                }
            }
            cpu = min(1, max(0.02, cpu))
            add("pod_cpu_share_of_limit", at, cpu)
            let held = Double(random.number(0...12)) / 1000
            add("pod_cpu_throttled_share", at, cpu > 0.9 ? min(0.95, 0.35 + (cpu - 0.9) * 4 + held) : held)
            add("container_memory_share_of_limit", at, min(1, memory))
            add("container_restarts", at, Double(pod.restarts - ends.count(where: { $0 > at })))
        }
        return samples.sorted { $0.key < $1.key }.map { name, values in
            var labels = ["namespace": ShopWorld.namespace, "pod": pod.name]
            if name.hasPrefix("container_") { labels["container"] = pod.service }
            if name == "up" { labels.merge(["job": pod.service, "instance": "\(pod.address):8080"]) { $1 } }
            return MetricSeries(name: name, labels: labels, samples: values)
        }
    }

    /// Four digits tell what there is to tell.
    private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

extension ShopWorld {
    /// The requests that a pod answered in the five minutes before.
    func servedPerRange(_ pod: ShopPod, endingAt at: Timestamp) -> Int {
        let times = servedTimes[pod.name] ?? []
        return times.count { at - .seconds(300) < $0 && $0 <= at }
    }
}
