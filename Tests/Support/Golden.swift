import FoundationEssentials

/// Comparison with committed reference outputs under `Tests/Fixtures/Golden`.
package enum Golden {
    /// Compares `actual` with `Tests/Fixtures/Golden/<name>`.
    ///
    /// With `SABUESO_UPDATE_GOLDEN=1` in the environment the file is written instead; read the difference in git before
    /// it is committed.
    package static func check(_ actual: String, _ name: String) throws {
        let relative = "Tests/Fixtures/Golden/\(name)"
        if ProcessInfo.processInfo.environment["SABUESO_UPDATE_GOLDEN"] == "1" {
            let url = URL(filePath: Repository.path(relative))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(actual.utf8).write(to: url)
            return
        }
        guard let expected = try? Repository.text(relative) else {
            let hint = "SABUESO_UPDATE_GOLDEN=1 make test writes it"
            throw TestFailure("\(relative) does not exist; \(hint). It would be:\n\(actual)")
        }
        guard expected != actual else { return }
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(expectedLines, actualLines).prefix { $0 == $1 }.count
        throw TestFailure(
            """
            \(relative) differs from line \(line + 1) on.
            expected: \(line < expectedLines.count ? expectedLines[line] : "<end>")
            actual:   \(line < actualLines.count ? actualLines[line] : "<end>")
            whole output:
            \(actual)
            """)
    }
}
