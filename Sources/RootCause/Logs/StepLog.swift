import BuildLogs
import Telemetry

/// The log of a build's failed step, and the lines of it that explain the failure.
struct StepLog: Sendable {
    struct Line: Hashable, Sendable {
        let entry: LogEntry
        /// As it reads without colours and the build server's prefix.
        let text: String
        /// A short phrase: `Maven names the failed goal`.
        let why: String
    }

    let traceID: TraceID
    /// The best first.
    let lines: [Line]

    /// Builds that fail at the same time mostly fail alike: nobody reads more of their logs.
    private static let mostBuilds = 5
    private static let mostLines = 20
    /// More than any message shows; keeps a log of many gigabytes that arrived anyway from being read whole.
    private static let mostEntries = 200_000

    /// - Parameter builds: all of the evidence; those that failed in the window are looked at, a job once at first.
    static func all(of builds: [Build], logs: LogTable, spans table: SpanTable) -> [StepLog] {
        let failed = builds.filter { $0.population == .window && $0.isFailure }
        var jobs: Set<String> = []
        let first = failed.filter { jobs.insert($0.job).inserted }.prefix(mostBuilds)
        let chosen = first + failed.lazy.filter { !first.contains($0) }.prefix(mostBuilds - first.count)
        guard !chosen.isEmpty else { return [] }
        let wanted = Set(chosen.map(\.traceID)).union(
            chosen.compactMap { goodBuild(like: $0, among: builds)?.traceID })
        var entries: [TraceID: [LogEntry]] = [:]
        for entry in logs.entries.prefix(mostEntries) {
            guard let trace = entry.traceID, wanted.contains(trace) else { continue }
            entries[trace, default: []].append(entry)
        }
        return chosen.compactMap { build in
            guard let own = entries[build.traceID] else { return nil }
            let step = ofStep(build, own, spans: table).flatMap(written)
            let good = goodBuild(like: build, among: builds).flatMap { entries[$0.traceID] }
            let excerpt = Excerpt(
                of: BuildLog(lines: step.map(\.text)), reference: good.map { BuildLog(lines: $0.map(\.line)) },
                maximumLines: mostLines)
            let lines = excerpt.lines.map { Line(entry: step[$0.number - 1].entry, text: $0.text, why: $0.why) }
            return lines.isEmpty ? nil : StepLog(traceID: build.traceID, lines: lines)
        }
    }

    /// The lines that were written with an entry: shippers put a whole stack trace into one, and what a progress bar wrote
    /// over and over.
    static func written(with entry: LogEntry) -> [(text: String, entry: LogEntry)] {
        let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        guard entry.line.utf8.contains(where: { $0 == lineFeed || $0 == carriageReturn }) else {
            return [(entry.line, entry)]
        }
        return entry.line.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd).map {
            (String($0), entry)
        }
    }

    /// The last build of the same job that went well.
    private static func goodBuild(like build: Build, among builds: [Build]) -> Build? {
        builds.last { $0.job == build.job && $0.outcome == .success && $0.end <= build.end }
    }

    /// The lines of the failed step, by the step's id or its span; all of the build's when none names it.
    private static func ofStep(_ build: Build, _ entries: [LogEntry], spans table: SpanTable) -> [LogEntry] {
        guard let step = build.step else { return entries }
        let span = table.span(of: step.row)
        let id = span.attributes.text("jenkins.pipeline.step.id")
        let own = entries.filter {
            let named = $0.value(of: "jenkins.pipeline.step.id", "jenkins_pipeline_step_id")
            return (named != nil && named == id) || $0.spanID == span.id
        }
        return own.isEmpty ? entries : own
    }
}

extension Character {
    /// As a build's log is cut into lines.
    fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
