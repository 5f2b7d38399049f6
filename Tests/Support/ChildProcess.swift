import Foundation  // Process: FoundationEssentials has none.
import Synchronization

/// A program that a test started; the test ends it, by its id.
///
/// Nothing here blocks a thread: there are as many as processors, and a test that waits on one would starve all others.
package final class ChildProcess: Sendable {
    private struct State {
        var exitCode: Int32?
        var waiting: [CheckedContinuation<Int32, Never>] = []

        mutating func takeWaiting() -> (code: Int32, waiting: [CheckedContinuation<Int32, Never>])? {
            guard let exitCode else { return nil }
            defer { waiting = [] }
            return (exitCode, waiting)
        }
    }

    private let process: Process
    private let state = Mutex(State())
    private let folder: TemporaryFolder
    private let outputPath: String

    /// Starts a program; its standard output and standard error are kept together for the test to read.
    ///
    /// They go to a file and not through a pipe: a process that another test starts at the same moment may inherit the
    /// pipe, which then does not end with this process.
    ///
    /// - Parameter program: a path, or a name that is looked up in `PATH`.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil
    ) throws {
        self.folder = try TemporaryFolder()
        outputPath = try self.folder.write("", to: "output")
        process = Process()
        process.executableURL = URL(filePath: program.contains("/") ? program : try ChildProcess.find(program))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        guard let output = FileHandle(forWritingAtPath: outputPath) else {
            throw TestFailure("\(outputPath) cannot be written")
        }
        defer { try? output.close() }
        process.standardOutput = output
        process.standardError = output
        process.terminationHandler = { [weak self] process in
            let code = process.terminationStatus
            self?.change { $0.exitCode = code }
        }
        try process.run()
    }

    deinit {
        // The last resort for a test that failed before it could end what it had started.
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    }

    private func change(_ change: (inout State) -> Void) {
        let ended = state.withLock { state in
            change(&state)
            return state.takeWaiting()
        }
        for continuation in ended?.waiting ?? [] { continuation.resume(returning: ended?.code ?? -1) }
    }

    package var id: Int32 { process.processIdentifier }

    package var isRunning: Bool { process.isRunning }

    /// What it has written so far.
    package var text: String {
        (try? Data(contentsOf: URL(filePath: outputPath))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Waits for its end.
    package func exitCode() async -> Int32 {
        await withCheckedContinuation { continuation in
            let ended = state.withLock { state in
                state.waiting.append(continuation)
                return state.takeWaiting()
            }
            for continuation in ended?.waiting ?? [] { continuation.resume(returning: ended?.code ?? -1) }
        }
    }

    /// Asks it to end (SIGTERM), without waiting for it.
    package func terminate() {
        if process.isRunning { process.terminate() }
    }

    /// Asks it to end (SIGTERM), and waits until it has.
    ///
    /// - Returns: its exit code.
    @discardableResult
    package func stop() async -> Int32 {
        terminate()
        return await exitCode()
    }

    /// Ends it at once, without a chance to clean up (SIGKILL), as a crash would.
    package func kill() async {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
        _ = await exitCode()
    }

    /// The full path of a program in `PATH`.
    package static func find(_ program: String) throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") + ["/usr/bin"]
        for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)") {
            return "\(folder)/\(program)"
        }
        throw TestFailure("\(program) is not installed: deploy/prerequisites.sh test installs it")
    }
}
