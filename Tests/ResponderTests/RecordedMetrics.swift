import Metrics
import Synchronization

/// Keeps the last value of every meter; what else is made goes nowhere.
final class RecordedMetrics: MetricsFactory {
    private let values = Mutex<[String: [String: Double]]>([:])

    /// By the name of the metric and the value of its only label.
    var meters: [String: [String: Double]] { values.withLock { $0 } }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        Meter { [self] value in
            values.withLock { $0[label, default: [:]][dimensions.map(\.1).joined(separator: " ")] = value }
        }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        NOOPMetricsHandler.instance
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { NOOPMetricsHandler.instance }

    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private final class Meter: MeterHandler {
        private let store: @Sendable (Double) -> Void

        init(_ store: @escaping @Sendable (Double) -> Void) { self.store = store }

        func set(_ value: Int64) { store(Double(value)) }
        func set(_ value: Double) { store(value) }
        func increment(by amount: Double) {}
        func decrement(by amount: Double) {}
    }
}
