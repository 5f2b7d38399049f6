import Telemetry

/// What test runs print that is no failure: tests ask hosts that do not exist, with passwords that are wrong, and are well.
struct TestOutput {
    private let logs: LogTable

    private static let causes: Set<Cause> = [
        .credentialFailure, .scmFailure, .dependencyDownloadFailure, .dnsFailure, .certificateExpired,
    ]
    /// What Surefire, Gradle, pytest, Jest, Vitest, Mocha, go test, Cargo and GoogleTest print of tests that pass.
    private static let passes = Marks([
        ", Failures: 0, Errors: 0", " PASSED", "PASS ", "--- PASS", "ok  \t", " ... ok", "\u{2713} ", "\u{2714} ",
        "[       OK ]",
    ])

    init(_ logs: LogTable) {
        self.logs = logs
    }

    /// Failures of which a build only speaks within the output of tests: after them tests passed, and others failed.
    ///
    /// Where no test passes any more, the quoted error may well be why they fail.
    func provoked(in build: Int, among failures: [Int], of found: [KnownFailure]) -> Set<Int> {
        let summaries = failures.filter {
            found[$0].cause == .testFailure
                && (found[$0].claims[build]?.bearing.share ?? 0) >= KnownFailure.leastShareToName
        }.flatMap { number in found[number].signs.filter { $0.builds.contains(build) } }
        var ends: [StepOrigin: Timestamp] = [:]
        for summary in summaries {
            guard let origin = summary.origin, let at = summary.at else { continue }
            ends[origin] = max(ends[origin] ?? at, at)
        }
        guard !ends.isEmpty else { return [] }
        return Set(
            failures.filter { number in
                Self.causes.contains(found[number].cause)
                    && found[number].signs.filter { $0.builds.contains(build) }.allSatisfy { sign in
                        guard sign.source == .logs, let origin = sign.origin, let at = sign.at, let end = ends[origin],
                            at < end
                        else { return false }
                        return passed(in: origin, from: at, to: end)
                    }
            })
    }

    private func passed(in origin: StepOrigin, from start: Timestamp, to end: Timestamp) -> Bool {
        logs.entries.contains { entry in
            entry.at > start && entry.at < end && entry.traceID == origin.trace && StepOrigin(entry) == origin
                && Self.passes.areIn(entry.line)
        }
    }
}
