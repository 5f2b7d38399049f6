import Foundation  // Process: FoundationEssentials has none.
import Synchronization

/// A program that a test started; the test ends it, by its id, with `stop()`.
package final class ChildProcess: Sendable {
    private let process: Process
    private let output: Mutex<[UInt8]> = Mutex([])
    private let name: String

    /// Starts a program; its standard output and standard error are kept together for the test to read.
    ///
    /// - Parameter program: a path, or a name that is looked up in `PATH`.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil
    )
        throws
    {
        name = program
        process = Process()
        let path = program.contains("/") ? program : try ChildProcess.find(program)
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
            } else {
                self?.output.withLock { $0.append(contentsOf: data) }
            }
        }
        try process.run()
    }

    package var id: Int32 { process.processIdentifier }

    package var isRunning: Bool { process.isRunning }

    package var text: String { String(decoding: output.withLock { $0 }, as: UTF8.self) }

    /// Asks it to end (SIGTERM), and waits until it has.
    ///
    /// - Returns: its exit code.
    @discardableResult
    package func stop() -> Int32 {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it at once, without a chance to clean up (SIGKILL), as a crash would.
    package func kill() {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Waits for its own end.
    package func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
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
