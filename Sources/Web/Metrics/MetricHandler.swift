import Metrics

/// One series of the registry, in whichever of swift-metrics' roles it was made for.
final class MetricHandler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    private let registry: MetricsRegistry
    private let key: MetricsRegistry.Key
    private let initial: MetricsRegistry.Value

    /// The series exists from now on, at its initial value, so that an alert on it works before its first event.
    init(registry: MetricsRegistry, key: MetricsRegistry.Key, initial: MetricsRegistry.Value) {
        self.registry = registry
        self.key = key
        self.initial = initial
        registry.update(key) { [initial] in $0 ?? initial }
    }

    func increment(by amount: Int64) { add(Double(amount)) }
    func increment(by amount: Double) { add(amount) }
    func reset() { registry.update(key) { [initial] _ in initial } }
    func set(_ value: Int64) { registry.update(key) { _ in .gauge(Double(value)) } }
    func set(_ value: Double) { registry.update(key) { _ in .gauge(value) } }
    func decrement(by amount: Double) { add(-amount) }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        registry.update(key) { [initial] current in
            switch current ?? initial {
            case .summary(let sum, let count): .summary(sum: sum + value, count: count + 1)
            case .counter, .gauge: .gauge(value)
            }
        }
    }

    private func add(_ amount: Double) {
        registry.update(key) { [initial] current in
            switch current ?? initial {
            case .counter(let number): .counter(number + amount)
            case .gauge(let number): .gauge(number + amount)
            case .summary(let sum, let count): .summary(sum: sum + amount, count: count + 1)
            }
        }
    }
}
