import RootCause
import Telemetry

/// What a chart and a table say of the time around the onset, in words.
struct CourseFigures {
    let course: Course
    let zone: ClockZone
    let words: PictureWords

    /// With fewer in a part, shares jump up and down and say nothing: the numbers are shown.
    private static let manyInPart = 20.0

    /// Whether failures are shown as shares of all.
    var showsShares: Bool {
        guard course.measure == .failures, !course.isSample, !course.parts.isEmpty else { return false }
        return Double(course.parts.reduce(0) { $0 + $1.total }) / Double(course.parts.count) >= Self.manyInPart
    }

    /// "Builds per 2 min"
    var title: String {
        let perStep = "\(words.per) \(Self.length(course.step))"
        switch course.measure {
        case .failures where showsShares: return "\(counted), % \(words.failed) \(perStep)"
        case .failures, .volume: return "\(counted) \(perStep)"
        case .duration: return "\(counted): \(words.nearlyAll)"
        }
    }

    private var counted: String {
        switch course.kind {
        case .builds: words.builds
        case .traces: words.traces
        case .requests: "\(words.requestsTo) \(course.service.plainLine)"
        }
    }

    /// "since 14:30: 3 of 9 failed · before: 0 of 71"
    var comparison: String {
        let (start, before, after) = split
        guard let start else { return "" }
        let since = "\(words.since) \(clock(start))"
        let sample = course.isSample ? " (\(words.sample))" : ""
        switch course.measure {
        case .failures:
            let (all, bad) = Self.sum(after)
            let (allBefore, badBefore) = Self.sum(before)
            let now = "\(since): \(Quantities.count(bad)) \(words.of) \(Quantities.count(all)) \(words.failed)\(sample)"
            guard allBefore > 0 else { return now }
            return "\(now) · \(words.before): \(Quantities.count(badBefore)) \(words.of) \(Quantities.count(allBefore))"
        case .duration:
            guard let slowest = after.compactMap(\.slow).max() else { return "" }
            let now = "\(since): \(words.upTo) \(Quantities.duration(slowest))\(sample)"
            return course.usual?.slow.map { "\(now) · \(words.before): \(Quantities.duration($0))" } ?? now
        case .volume:
            let now = "\(since): \(average(after)) \(words.per) \(Self.length(course.step))\(sample)"
            return course.usual.map { "\(now) · \(words.before): \(Self.rounded($0.total))" } ?? now
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
            return Summary.Step(
                time: clock(course.start + course.step * place),
                text: line(part) + (isFirst ? " · \(words.began) \(course.onset.map(zone.time) ?? "")" : ""))
        }
        return Summary.Course(title: title, rows: rows)
    }

    private func line(_ part: Course.Part) -> String {
        switch course.measure {
        case .failures:
            "\(Quantities.count(part.failed)) \(words.of) \(Quantities.count(part.total)) \(words.failed)"
        case .duration: part.slow.map { "\(words.upTo) \(Quantities.duration($0))" } ?? "–"
        case .volume: Quantities.count(part.total)
        }
    }

    private static func sum(_ parts: ArraySlice<Course.Part>) -> (all: Int, failed: Int) {
        parts.reduce((0, 0)) { ($0.0 + $1.total, $0.1 + $1.failed) }
    }

    private func average(_ parts: ArraySlice<Course.Part>) -> String {
        Self.rounded(Double(Self.sum(parts).all) / Double(max(1, parts.count)))
    }

    /// One digit after the point where the number is small.
    static func rounded(_ number: Double) -> String {
        let tenths = Int((min(max(number, 0), 1e15) * 10).rounded())
        return tenths >= 100 || tenths % 10 == 0
            ? Quantities.count((tenths + 5) / 10) : "\(tenths / 10).\(tenths % 10)"
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
        case ..<Duration.seconds(60): "\(rounded(step.inSeconds)) s"
        case ..<Duration.seconds(3600): "\(rounded(step.inSeconds / 60)) min"
        default: "\(rounded(step.inSeconds / 3600)) h"
        }
    }
}
