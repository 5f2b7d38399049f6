import Telemetry

/// Which side of the comparison something is on.
enum Population: Hashable, Sendable {
    case window
    /// - Parameter stretch: which of the baseline's stretches, each about as long as the window.
    case baseline(stretch: Int)
    case neither

    var isBaseline: Bool { if case .baseline = self { true } else { false } }
}

/// Cuts window and baseline into stretches that can be compared with each other.
struct Stretches: Hashable, Sendable {
    let window: TimeWindow
    /// Without what of it is in the window.
    let baseline: TimeWindow
    /// How many stretches the baseline has; 0 when it is empty.
    let count: Int

    /// More stretches than this would leave too few spans in each.
    private static let most = 12

    init(window: TimeWindow, baseline: TimeWindow) {
        self.window = window
        let baseline = Self.quiet(baseline, without: window)
        self.baseline = baseline
        let fitting = baseline.duration.inSeconds / max(window.duration.inSeconds, 1e-9)
        count = baseline.duration > .zero ? Int(min(max(fitting, 1), Double(Self.most))) : 0
    }

    /// The part of the baseline before the window, and where there is none the part after it.
    private static func quiet(_ baseline: TimeWindow, without window: TimeWindow) -> TimeWindow {
        guard baseline.overlaps(window) else { return baseline }
        if baseline.start < window.start { return TimeWindow(start: baseline.start, end: window.start) }
        return TimeWindow(start: max(baseline.start, window.end), end: baseline.end)
    }

    func population(of instant: Timestamp) -> Population {
        if window.contains(instant) { return .window }
        if baseline.contains(instant) { return .baseline(stretch: stretch(of: instant)) }
        return .neither
    }

    /// A trace that reaches into the window belongs to it: a build that dies in it may have begun an hour before.
    func population(from start: Timestamp, to end: Timestamp) -> Population {
        if start < window.end, end >= window.start { return .window }
        if start < baseline.end, end >= baseline.start { return .baseline(stretch: stretch(of: start)) }
        return .neither
    }

    private func stretch(of instant: Timestamp) -> Int {
        let share = (instant - baseline.start).inSeconds / max(baseline.duration.inSeconds, 1e-9)
        return Int(min(max(share * Double(count), 0), Double(max(count - 1, 0))))
    }
}
