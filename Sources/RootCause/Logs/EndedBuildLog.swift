import BuildLogs
import Telemetry

/// The log of a build that ended badly and of which nothing but the log is known: no trace, and no line names its job.
///
/// A log is what one stream has between two ends of builds. Where several builds write to one stream at a time their lines
/// are mixed, and what explains the failure is still in them.
struct EndedBuildLog: Sendable {
    /// The best first.
    let lines: [StepLog.Line]
    /// `FAILURE`, as its last line says it.
    let result: String

    private static let badResults: Set<String> = ["FAILURE", "UNSTABLE"]
    /// Builds that fail at the same time mostly fail alike.
    private static let mostBuilds = 2
    private static let mostLines = 20
    /// A build whose end is not in the evidence, or a stream that is no build's, is not read beyond this.
    private static let mostEntries = 20_000

    private struct Part {
        let entries: [LogEntry]
        let reference: [LogEntry]
        let result: String
    }

    /// - Parameter builds: those that are known otherwise; lines of their traces are not looked at.
    static func all(in logs: LogTable, besides builds: [Build], window: TimeWindow) -> [EndedBuildLog] {
        let marks = Marks([endMark])
        let ends = logs.templates { marks.areIn($0) }
        guard ends.contains(true) else { return [] }
        let known = Set(builds.map(\.traceID))
        return parts(of: logs, endingWith: ends, besides: known, window: window).prefix(mostBuilds).compactMap { part in
            let written = part.entries.flatMap(StepLog.written)
            let good = part.reference.isEmpty ? nil : BuildLog(lines: part.reference.map(\.line))
            let excerpt = Excerpt(
                of: BuildLog(lines: written.map(\.text)), reference: good, maximumLines: mostLines)
            let lines = excerpt.lines.map {
                StepLog.Line(entry: written[$0.number - 1].entry, text: $0.text, why: $0.why)
            }
            return lines.isEmpty ? nil : EndedBuildLog(lines: lines, result: part.result)
        }
    }

    /// In the order of their ends.
    ///
    /// - Parameter ends: by template, whether its lines may be the last of a build.
    private static func parts(
        of logs: LogTable, endingWith ends: [Bool], besides known: Set<TraceID>, window: TimeWindow
    ) -> [Part] {
        struct Stream {
            var open: [LogEntry] = []
            var good: [LogEntry] = []
        }
        var streams: [String: Stream] = [:]
        var parts: [Part] = []
        for (row, entry) in zip(logs.rows, logs.entries) where parts.count < mostBuilds {
            if let trace = entry.traceID, known.contains(trace) { continue }
            let key = streamKey(entry)
            var stream = streams.removeValue(forKey: key) ?? Stream()
            if stream.open.count < mostEntries { stream.open.append(entry) }
            if ends[row.template], let result = end(entry.line) {
                if result == "SUCCESS" { stream.good = stream.open }
                if badResults.contains(result), window.contains(entry.at) {
                    parts.append(Part(entries: stream.open, reference: stream.good, result: result))
                }
                stream.open = []
            }
            streams[key] = stream
        }
        return parts
    }

    /// What tells builds apart, as far as anything does.
    private static func streamKey(_ entry: LogEntry) -> String {
        if let run = BuildNotes.run(of: entry) { return "\(run.job) #\(run.number)" }
        if let trace = entry.traceID { return trace.description }
        return entry.labels.filter { !changing.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    /// Labels that differ from line to line of one build.
    private static let changing: Set<String> = ["level", "detected_level", "severity"]

    /// The result in Jenkins' last line of a build.
    private static func end(_ line: String) -> String? {
        guard line.utf8.count <= longestEnd, let mark = line.firstRange(of: endMark) else { return nil }
        let word = line[mark.upperBound...].prefix { $0.isUppercase || $0 == "_" }
        return word.isEmpty ? nil : String(word)
    }

    private static let endMark = "Finished: "
    /// With a time stamp before it; a longer line is something else.
    private static let longestEnd = 120
}
