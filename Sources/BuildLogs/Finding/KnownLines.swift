/// The lines of a build that went well: what it says too explains no failure.
struct KnownLines {
    private var fingerprints: Set<UInt64> = []

    /// Different lines that are remembered; a good log of tens of megabytes has fewer.
    private static let maximum = 1_000_000

    init(of log: BuildLog) {
        var line = CleanLine()
        var fingerprints: Set<UInt64> = []
        log.forEachLine { _, range in
            guard fingerprints.count < Self.maximum else { return }
            line.read(log.bytes, range)
            if !line.isEmpty { fingerprints.insert(LineFingerprint.of(line)) }
        }
        self.fingerprints = fingerprints
    }

    /// Whether they have all lines of another log.
    func hasAll(of log: BuildLog) -> Bool {
        var line = CleanLine()
        for number in 1...max(log.lineCount, 1) {
            line.read(log.bytes, log.range(ofLine: number))
            if !line.isEmpty, !contains(line) { return false }
        }
        return true
    }

    func contains(_ line: CleanLine) -> Bool { fingerprints.contains(LineFingerprint.of(line)) }
}
