package import Metrics
import Synchronization
import Telemetry

/// Keeps the service's own metrics and writes them in Prometheus' text exposition format.
///
/// The backend of swift-metrics for this process. Counters keep their name; a timer becomes a summary in seconds
/// (`_sum`, `_count`), which is enough for rates and means without buckets to choose.
/// Format: https://prometheus.io/docs/instrumenting/exposition_formats/
package final class MetricsRegistry: MetricsFactory {
    struct Key: Hashable, Comparable {
        let name: String
        let labels: String

        static func < (left: Key, right: Key) -> Bool { (left.name, left.labels) < (right.name, right.labels) }
    }

    enum Value {
        case counter(Double)
        case gauge(Double)
        case summary(sum: Double, count: UInt64)

        var type: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .summary: "summary"
            }
        }
    }

    private let values = Mutex<[Key: Value]>([:])

    package init() {}

    func update(_ key: Key, _ change: @Sendable (Value?) -> Value) {
        values.withLock { $0[key] = change($0[key]) }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        MetricHandler(registry: self, key: key(label, dimensions), initial: .counter(0))
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        MetricHandler(registry: self, key: key(label, dimensions), initial: .counter(0))
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        MetricHandler(registry: self, key: key(label, dimensions), initial: .gauge(0))
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        MetricHandler(
            registry: self, key: key(label, dimensions), initial: aggregate ? .summary(sum: 0, count: 0) : .gauge(0))
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        MetricHandler(registry: self, key: key(label, dimensions), initial: .summary(sum: 0, count: 0))
    }

    // A series lives as long as the process: Prometheus would read a vanished counter as a reset.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything, sorted by name and labels, each name's type before its series.
    package func exposition() -> String {
        let sorted = values.withLock { $0 }.sorted { $0.key < $1.key }
        var text = ""
        var previous: String?
        for (key, value) in sorted {
            if key.name != previous { text += "# TYPE \(key.name) \(value.type)\n" }
            previous = key.name
            let labels = key.labels.isEmpty ? "" : "{\(key.labels)}"
            switch value {
            case .counter(let number), .gauge(let number): text += "\(key.name)\(labels) \(Self.text(number))\n"
            case .summary(let sum, let count):
                text += "\(key.name)_sum\(labels) \(Self.text(sum))\n\(key.name)_count\(labels) \(count)\n"
            }
        }
        return text
    }

    /// The format's own spelling of what is no finite number.
    private static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        return number.isFinite ? "\(number)" : number > 0 ? "+Inf" : "-Inf"
    }

    private func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
        let labels = dimensions.sorted { $0.0 < $1.0 }.map { "\($0.0)=\(QuotedText.labelValue($0.1))" }
        return Key(name: label, labels: labels.joined(separator: ","))
    }
}
