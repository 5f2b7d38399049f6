/// Tells log lines that report a failure from those that do not, by their words.
enum ErrorWords {
    /// In lower case. `fail` covers failed and failure; Java writes exceptions as words that end in Exception or Error.
    private static let words = Marks(
        [
            "error", "exception", "fail", "fatal", "panic", "refused", "timed out", "timeout", "unreachable", "killed",
            "cannot ", "could not", "unable to", "no such", "denied", "abort", "terminated", "evicted", "preempt",
            "disconnect", "was deleted", "was removed", "traceback", "segfault", "out of memory", "oom",
        ], ignoresCase: true)

    private static let levels: Set<String> = ["error", "err", "fatal", "critical", "crit", "alert", "emerg", "panic"]

    static func isErrorLevel(_ level: String?) -> Bool { level.map(levels.contains) ?? false }

    /// A line's beginning says whether it reports a failure.
    private static let examinedBytes = 2000

    static func areIn(_ text: String) -> Bool { words.areIn(text, limit: examinedBytes) }
}
