import Languages
import RootCause
import Telemetry

/// What a chart and a table say of the time around the onset, in words.
struct CourseFigures {
    let course: Course
    let zone: ClockZone
    let language: Language

    /// With fewer in a part, shares jump up and down and say nothing: the numbers are shown.
    private static let manyInPart = 20.0

    /// Whether failures are shown as shares of all.
    var showsShares: Bool {
        guard course.measure == .failures, !course.isSample, !course.parts.isEmpty else { return false }
        return Double(course.parts.reduce(0) { $0 + $1.total }) / Double(course.parts.count) >= Self.manyInPart
    }

    /// "Builds per 2 min"; of a sample "Builds looked at per 2 min": where few were fetched, there may be many.
    var title: String {
        let step = Self.length(course.step)
        let service = course.service.plainLine
        let title: Phrase =
            switch (course.measure, course.kind) {
            case (.failures, .builds) where showsShares: "Builds, % failed per \(step)"
            case (.failures, .traces) where showsShares: "Traces, % failed per \(step)"
            case (.failures, .requests) where showsShares: "Requests to \(service), % failed per \(step)"
            case (.failures, .builds) where course.isSample: "Builds looked at per \(step)"
            case (.failures, .traces) where course.isSample: "Traces looked at per \(step)"
            case (.failures, .builds), (.volume, .builds): "Builds per \(step)"
            case (.failures, .traces), (.volume, .traces): "Traces per \(step)"
            case (.failures, .requests), (.volume, .requests): "Requests to \(service) per \(step)"
            case (.duration, .builds): "Builds: 95 % within"
            case (.duration, .traces): "Traces: 95 % within"
            case (.duration, .requests): "Requests to \(service): 95 % within"
            }
        return say(title)
    }

    func say(_ phrase: Phrase) -> String { phrase.said(in: language) }

    /// "since 14:30: 3 of 9 failed · before: 0 of 71"
    var comparison: String { say(compared) }

    private var compared: Phrase {
        let (start, before, after) = split
        guard let start else { return .empty }
        let since = clock(start)
        let sample: Phrase = course.isSample ? " (of a sample)" : .empty
        switch course.measure {
        case .failures:
            let (all, bad) = Self.sum(after)
            let (allBefore, badBefore) = Self.sum(before)
            let now: Phrase = "since \(since): \(Quantities.count(bad)) of \(Quantities.count(all)) failed" + sample
            guard allBefore > 0 else { return now }
            return "\(now) · before: \(Quantities.count(badBefore)) of \(Quantities.count(allBefore))"
        case .duration:
            guard let slowest = after.compactMap(\.slow).max() else { return .empty }
            let now: Phrase = "since \(since): up to \(Quantities.duration(slowest))" + sample
            return course.usual?.slow.map { "\(now) · before: \(Quantities.duration($0))" } ?? now
        case .volume:
            let now: Phrase = "since \(since): \(average(after)) per \(Self.length(course.step))" + sample
            return course.usual.map { "\(now) · before: \(Self.rounded($0.total))" } ?? now
        }
    }

    /// The parts before the onset, and those from it on; all are before it where nothing began.
    private var split: (start: Timestamp?, before: ArraySlice<Course.Part>, after: ArraySlice<Course.Part>) {
        guard let onset = course.onset, course.window.contains(onset) else { return (nil, course.parts[...], []) }
        let place = Int((onset - course.start).nanoseconds / course.step.nanoseconds)
        return (course.start + course.step * place, course.parts[..<place], course.parts[place...])
    }

    // MARK: - As a table

    /// A few before the onset and more after it: as many as are read at a glance.
    static let mostRows = 8
    private static let rowsBefore = 3

    /// The numbers around the onset; nil where nothing began.
    var table: Summary.Course? {
        let (start, before, after) = split
        guard start != nil else { return nil }
        let first = max(0, min(before.count - Self.rowsBefore, course.parts.count - Self.mostRows))
        let rows = (first..<min(course.parts.count, first + Self.mostRows)).map { place in
            let isFirst = place == after.startIndex
            let part = course.parts[place]
            let line = line(part)
            let onset = isFirst ? course.onset.map(zone.time) : nil
            return Summary.Step(
                time: clock(course.start + course.step * place),
                text: say(onset.map { "\(line) · began \($0)" } ?? line))
        }
        return Summary.Course(title: title, rows: rows)
    }

    private func line(_ part: Course.Part) -> Phrase {
        switch course.measure {
        case .failures: "\(Quantities.count(part.failed)) of \(Quantities.count(part.total)) failed"
        case .duration: part.slow.map { "up to \(Quantities.duration($0))" } ?? "–"
        case .volume: Quantities.count(part.total)
        }
    }

    private static func sum(_ parts: ArraySlice<Course.Part>) -> (all: Int, failed: Int) {
        parts.reduce((0, 0)) { ($0.0 + $1.total, $0.1 + $1.failed) }
    }

    private func average(_ parts: ArraySlice<Course.Part>) -> Phrase {
        Self.rounded(Double(Self.sum(parts).all) / Double(max(1, parts.count)))
    }

    /// One digit after the point where the number is small.
    static func rounded(_ number: Double) -> Phrase {
        let tenths = Int((min(max(number, 0), 1e15) * 10).rounded())
        return tenths >= 100 || tenths % 10 == 0
            ? Quantities.count((tenths + 5) / 10) : Phrase(decimal: "\(tenths / 10).\(tenths % 10)")
    }

    /// "15:30", with seconds where the parts are shorter than a minute.
    func clock(_ instant: Timestamp) -> String {
        let time = zone.time(instant)
        return course.step < .seconds(60) ? time : String(time.prefix(5))
    }

    /// "min", "2 min", "30 s", "h"
    static func length(_ step: Duration) -> String {
        switch step {
        case .seconds(1): "s"
        case .seconds(60): "min"
        case .seconds(3600): "h"
        case ..<Duration.seconds(60): "\(rounded(step.inSeconds).english) s"
        case ..<Duration.seconds(3600): "\(rounded(step.inSeconds / 60).english) min"
        default: "\(rounded(step.inSeconds / 3600).english) h"
        }
    }
}
