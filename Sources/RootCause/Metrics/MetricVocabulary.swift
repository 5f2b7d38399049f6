import Telemetry

/// Tells what a metric measures by the words of its name, for metrics of which the configuration says nothing.
///
/// The names follow Prometheus' conventions: words divided by underscores, units and `_total` at the end.
/// Source: https://prometheus.io/docs/practices/naming/.
enum MetricVocabulary {
    /// Words that decide, the most telling first: `container_cpu_cfs_throttled_periods_total` is about throttling.
    private static let vocabulary: [(words: [String], meaning: MetricMeaning)] = [
        (["throttled", "throttling"], .throttling),
        (["restarts", "restart"], .restarts),
        (["queue", "queued", "pending", "waiting", "backlog", "blocked"], .queue),
        (["latency", "duration", "delay", "rtt"], .latency),
        (["success", "availability"], .success),
        (["error", "errors", "failure", "failures", "failed", "exceptions", "5xx"], .errors),
        (["cpu"], .cpu),
        (["memory", "mem", "heap", "rss"], .memory),
        (
            [
                "requests", "request", "ops", "qps", "rps", "calls", "workload", "throughput", "network", "receive",
                "transmit", "bytes", "packets",
            ], .traffic
        ),
    ]

    /// What has one of these words is a bound or the opposite of a use, not a use.
    private static let unused: Set<String> = [
        "limit", "limits", "requests_cpu", "quota", "free", "available", "idle", "allocatable", "capacity", "info",
        "created", "bucket",
    ]

    /// nil for a name that says nothing that is understood.
    static func meaning(of name: String) -> MetricMeaning? {
        let words = words(of: name)
        // `kube_pod_container_resource_requests` is what was asked for, not what is used.
        guard unused.isDisjoint(with: words), !(words.contains("resource") && words.contains("requests")) else {
            return nil
        }
        return vocabulary.first { !words.isDisjoint(with: $0.words) }?.meaning
    }

    /// Whether its values are shares of something, from 0 to 1 or to 100.
    static func isShare(_ name: String) -> Bool {
        let words = words(of: name)
        if !words.isDisjoint(with: ["ratio", "percent", "percentage", "share", "utilization", "utilisation"]) {
            return true
        }
        // A "usage rate" is a share; with a unit beside it, it is so much a second.
        return words.isSuperset(of: ["usage", "rate"]) && hasNoUnit(words)
    }

    /// Whether no word of it is a unit: values may then be shares.
    static func hasNoUnit(_ name: String) -> Bool { hasNoUnit(words(of: name)) }

    private static func hasNoUnit(_ words: Set<String>) -> Bool {
        words.isDisjoint(with: ["seconds", "cores", "millicores", "bytes", "total", "count", "sum", "m", "mi", "gi"])
    }

    /// Whether it only ever grows, until its process starts anew.
    static func isCounter(_ name: String) -> Bool {
        name.hasSuffix("_total") || name.hasSuffix("_count") || name.hasSuffix("_sum")
    }

    /// Whether it is about a node and not about one of the pods on it, whatever its labels are.
    static func isOfNode(_ name: String) -> Bool { words(of: name).contains("node") }

    private static func words(of name: String) -> Set<String> {
        Set(name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}
