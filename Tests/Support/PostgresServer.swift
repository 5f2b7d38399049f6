import Foundation  // NSUserName: FoundationEssentials has no owner of a process.
import Synchronization

/// A real PostgreSQL on loopback with a password, without any data.
///
/// What it stores is not synced to the disk: nothing of it outlives the test.
package final class PostgresServer: Sendable {
    package let port: Int
    private let folder: TemporaryFolder
    private let programs: String
    /// Another one after a restart.
    private let process: Mutex<ChildProcess>

    static let user = "sabueso"
    package static let password = "a+b/c %"

    /// Runs a test beside a server, and ends the server with it.
    package static func run(_ test: (PostgresServer) async throws -> Void) async throws {
        let server = try await PostgresServer()
        do {
            try await test(server)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private init() async throws {
        port = try FreePort.pick()
        programs = try Self.programs()
        folder = try TemporaryFolder()
        let data = folder.path("data")
        let owner = getuid() == 0 ? "postgres" : NSUserName()
        let password = try folder.write(Self.password, to: "password")
        try await Self.succeed("install", ["-d", "-m", "0700", "-o", owner, data])
        try await Self.succeed(
            "\(programs)/initdb",
            [
                "--pgdata", data, "--username", Self.user, "--pwfile", password, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", "--no-sync",
            ])
        process = Mutex(try Self.start(programs, data, port))
        try await isReady()
    }

    /// The address of a new, empty database.
    package func database(_ name: String) async throws -> String {
        try await Self.succeed("\(programs)/createdb", [address(of: "postgres"), name], maintenance: true)
        return address(of: name)
    }

    package func address(of database: String) -> String {
        "postgresql://\(Self.user):a%2Bb%2Fc%20%25@127.0.0.1:\(port)/\(database)"
    }

    /// Starts it again on its data, after it was stopped.
    package func restart() async throws {
        let next = try Self.start(programs, folder.path("data"), port)
        process.withLock { $0 = next }
        try await isReady()
    }

    /// Ends all its connections at once, and itself; a second call does nothing.
    package func stop() async {
        let process = process.withLock { $0 }
        // Its "fast shutdown"; SIGTERM would wait for the clients.
        if process.isRunning { Glibc.kill(process.id, SIGINT) }
        _ = await process.exitCode()
    }

    private func isReady() async throws {
        let process = process.withLock { $0 }
        _ = try await eventually("PostgreSQL is ready") {
            process.text.contains("database system is ready to accept connections") ? true : nil
        }
    }

    private static func start(_ programs: String, _ data: String, _ port: Int) throws -> ChildProcess {
        let (program, arguments) = asItsUser(
            "\(programs)/postgres",
            [
                "-D", data, "-p", "\(port)", "-h", "127.0.0.1", "-k", "", "-c", "fsync=off", "-c",
                "max_connections=40", "-c", "log_min_messages=log",
            ])
        return try ChildProcess(program, arguments)
    }

    private static func succeed(_ program: String, _ arguments: [String], maintenance: Bool = false) async throws {
        let name = maintenance ? ["--maintenance-db"] : []
        let (program, arguments) =
            program == "install" ? (program, arguments) : asItsUser(program, name + arguments)
        let process = try ChildProcess(program, arguments)
        guard await process.exitCode() == 0 else { throw TestFailure("\(program): \(process.text)") }
    }

    /// PostgreSQL refuses to run as root.
    private static func asItsUser(_ program: String, _ arguments: [String]) -> (String, [String]) {
        guard getuid() == 0 else { return (program, arguments) }
        return ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program] + arguments)
    }

    /// Debian keeps them apart from what is in `PATH`, by version.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        guard let newest = versions.compactMap(Int.init).max() else {
            throw TestFailure("PostgreSQL is not installed: deploy/prerequisites.sh test installs it")
        }
        return "\(root)/\(newest)/bin"
    }
}
