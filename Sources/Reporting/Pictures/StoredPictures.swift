import RootCause
import Telemetry

/// How it went over time, as a stored diagnosis has it.
struct StoredCourse: Decodable {
    struct Part: Decodable {
        let total: Int
        let failed: Int
        let p95Seconds: Double?
    }

    struct Usual: Decodable {
        let total: Double
        let failedShare: Double
        let p95Seconds: Double?
    }

    struct Mark: Decodable {
        let at: String
        let cause: String
    }

    let kind: String
    let measure: String
    let service: String?
    let start: String
    let stepSeconds: Double
    let onset: String?
    let isSample: Bool
    let usual: Usual?
    let marks: [Mark]
    let parts: [Part]
}

/// The exemplary failing trace, as a stored diagnosis has it.
struct StoredTrace: Decodable {
    struct Row: Decodable {
        let name: String
        let service: String
        let level: Int
        let startSeconds: Double
        let durationSeconds: Double
        let failed: Bool
        let focus: Bool
        let reason: String?
    }

    let traceId: String
    let start: String
    let durationSeconds: Double
    let spans: Int
    let rows: [Row]
}

extension StoredCourse {
    /// nil where something is missing or out of its bounds.
    var value: Course? {
        guard let kind = Course.Kind(rawValue: kind), let measure = Course.Measure(rawValue: measure),
            let start = Timestamp(rfc3339: start), let step = Duration(stored: stepSeconds), step > .zero,
            (1...Course.mostParts).contains(parts.count),
            parts.allSatisfy({ $0.failed >= 0 && $0.failed <= $0.total && $0.total <= Self.mostCounted })
        else { return nil }
        return Course(
            kind: kind, measure: measure, service: service ?? "", start: start, step: step,
            parts: parts.map {
                Course.Part(
                    total: $0.total, failed: $0.failed, slow: $0.p95Seconds.flatMap { Duration(stored: $0) })
            },
            usual: usual.map {
                Course.Usual(
                    total: max(0, $0.total), failedShare: min(max(0, $0.failedShare), 1),
                    slow: $0.p95Seconds.flatMap { Duration(stored: $0) })
            },
            onset: onset.flatMap { Timestamp(rfc3339: $0) },
            marks: marks.prefix(Self.mostMarks).compactMap { mark in
                guard let at = Timestamp(rfc3339: mark.at), let cause = Cause(rawValue: mark.cause) else { return nil }
                return Course.Mark(at: at, cause: cause)
            }, isSample: isSample)
    }

    /// Sums of all parts stay far from what an `Int` holds.
    private static let mostCounted = 1 << 48
    private static let mostMarks = 3
}

extension StoredTrace {
    /// nil where something is missing or out of its bounds.
    var value: TraceOutline? {
        guard let id = TraceID(hex: traceId), let start = Timestamp(rfc3339: start),
            let duration = Duration(stored: durationSeconds), (1...TraceOutline.mostRows).contains(rows.count)
        else { return nil }
        let rows = rows.compactMap { row -> TraceOutline.Row? in
            guard let start = Duration(stored: row.startSeconds), let duration = Duration(stored: row.durationSeconds)
            else { return nil }
            return TraceOutline.Row(
                name: row.name, service: row.service, level: min(max(0, row.level), TraceOutline.mostRows),
                start: start, duration: duration, isFailed: row.failed, isFocus: row.focus, reason: row.reason)
        }
        return TraceOutline(traceID: id, start: start, duration: duration, spans: spans, rows: rows)
    }
}

extension Duration {
    /// nil for what is negative or longer than a hundred years: no run takes that.
    fileprivate init?(stored seconds: Double) {
        guard seconds >= 0, seconds < 3_155_760_000 else { return nil }
        self = .nanoseconds(Int64((seconds * 1e9).rounded()))
    }
}
