import RootCause
import Telemetry

extension DiagnosisJSON {
    /// How it went over time, in parts of equal length; `null` where nothing that can be counted changed.
    func value(_ course: Course) -> JSONValue {
        .fields([
            "kind": .string(course.kind.rawValue), "measure": .string(course.measure.rawValue),
            "service": course.service.isEmpty ? .null : .string(course.service),
            "start": .string(course.start.description), "stepSeconds": .number(course.step.inSeconds),
            "onset": .optional(course.onset?.description), "isSample": .bool(course.isSample),
            "usual": course.usual.map { usual in
                .fields([
                    "total": .number(usual.total), "failedShare": .number(usual.failedShare),
                    "p95Seconds": .optional(usual.slow?.inSeconds),
                ])
            } ?? .null,
            "marks": .array(
                course.marks.map {
                    .fields(["at": .string($0.at.description), "cause": .string($0.cause.rawValue)])
                }),
            "parts": .array(
                course.parts.map {
                    .fields([
                        "total": .integer($0.total), "failed": .integer($0.failed),
                        "p95Seconds": .optional($0.slow?.inSeconds),
                    ])
                }),
        ])
    }

    /// The exemplary failing trace in a few rows.
    func value(_ outline: TraceOutline) -> JSONValue {
        .fields([
            "traceId": .string(outline.traceID.description), "start": .string(outline.start.description),
            "durationSeconds": .number(outline.duration.inSeconds), "spans": .integer(outline.spans),
            "rows": .array(
                outline.rows.map { row in
                    .fields([
                        "name": .string(row.name), "service": .string(row.service), "level": .integer(row.level),
                        "startSeconds": .number(row.start.inSeconds),
                        "durationSeconds": .number(row.duration.inSeconds), "failed": .bool(row.isFailed),
                        "focus": .bool(row.isFocus), "reason": .optional(row.reason),
                    ])
                }),
        ])
    }
}
