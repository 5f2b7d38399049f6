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
        let minutes = minutes(of: service)
        // A series without scrapes goes stale after five minutes.
        let end = world.silent[service].map { $0 + Self.range } ?? world.window.end
        var samples: [[MetricSeries.Sample]] = [[], [], []]
        for (index, at) in instants.enumerated() where at <= end {
            let recent = minutes[index..<(index + Self.minutesOfRange)]
            let perSecond = Self.tracesForOneKept / Self.range.inSeconds
            let durations = recent.flatMap(\.seconds).sorted()
            let p90 = durations.isEmpty ? .nan : durations[min(durations.count - 1, durations.count * 9 / 10)]
            let failures = recent.reduce(0) { $0 + $1.failures }
            for (number, value) in [Double(durations.count) * perSecond, Double(failures) * perSecond, p90].enumerated()
            {
                samples[number].append(.init(at: at, value: value.isNaN ? value : rounded(value)))
            }
        }
        let names = [
            "service_requests_per_second", "service_failed_requests_per_second", "service_latency_p90_seconds",
        ]
        return zip(names, samples).map { MetricSeries(name: $0, labels: ["service": service], samples: $1) }
    }

    /// What a service answered in one minute.
    private struct Minute {
        var seconds: [Double] = []
        var failures = 0
    }

    private static let minutesOfRange = 5

    /// From five minutes before the baseline on, so that those of the range that ends at an instant begin at its index.
    private func minutes(of service: String) -> [Minute] {
        var minutes = [Minute](repeating: Minute(), count: instants.count + Self.minutesOfRange)
        for span in world.spans where span.service == service && span.kind == .server {
            let index = (span.end - (world.baseline.start - Self.range)).inWholeSeconds / Int64(Self.step)
            guard minutes.indices.contains(Int(index)) else { continue }
            minutes[Int(index)].seconds.append(span.duration.inSeconds)
            if span.isError { minutes[Int(index)].failures += 1 }
        }
        return minutes
    }

    /// How much a service has to do in the five minutes before each instant, against the mean of the quiet time.
    private func loads(of service: String) -> [Double] {
        let counts = world.answersPerMinute[service] ?? []
        guard counts.count >= instants.count + Self.minutesOfRange else { return instants.map { _ in 0 } }
        let quiet = instants.count { $0 < world.window.start }
        let mean =
            Double(counts[Self.minutesOfRange..<(quiet + Self.minutesOfRange)].reduce(0, +)) / Double(max(1, quiet))
        return instants.indices.map {
            Double(counts[$0..<($0 + Self.minutesOfRange)].reduce(0, +)) / Double(Self.minutesOfRange) / max(0.01, mean)
        }
    }

    private func podSeries(_ pod: ShopPod, _ random: inout SplitMix) -> [MetricSeries] {
        let times = instants.enumerated().filter { _, at in
            pod.from.map { $0 - .seconds(10) <= at } ?? true && pod.until.map { at < $0 } ?? true
        }
        guard !times.isEmpty else { return [] }
        let strains = world.strains.filter { $0.concerns(pod) }
        let ends = world.memoryKills[pod.name] ?? []
        let (cpuBase, memoryBase) = (Double(random.number(18...34)) / 100, Double(random.number(44...66)) / 100)
        let loads = loads(of: pod.service)
        var samples: [String: [MetricSeries.Sample]] = [:]
        func add(_ name: String, _ at: Timestamp, _ value: Double) {
            samples[name, default: []].append(.init(at: at, value: rounded(value)))
        }
        for (index, at) in times {
            let isSeen = pod.answers(at: at) && !(world.unscraped[pod.service].map { $0 <= at } ?? false)
            add("up", at, isSeen ? 1 : 0)
            guard pod.answers(at: at) else { continue }
            var cpu = cpuBase * (0.6 + 0.4 * loads[index]) + Double(random.number(-25...25)) / 1000
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
