import Delivery
import Glibc

/// A program that gets bytes on its standard input and gives bytes on its standard output, once.
struct ChildProgram: Sendable {
    let path: String
    let arguments: [String]

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Blocks the thread until the program has ended, by itself or by this.
    func output(of input: [UInt8], within limit: Duration, atMost maximumSize: Int) throws(PictureError) -> [UInt8] {
        // One socket is both standard input and output: writing to it after the program's end is an error, where it
        // would be a deadly signal with a pipe.
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw failure("no socket for it") }
        let own = ends[0]
        defer { close(own) }
        let process = try start(talkingOver: ends[1])
        let deadline = ContinuousClock.now + limit
        let status: Int32
        let output: [UInt8]
        do throws(PictureError) {
            output = try exchange(input, over: own, until: deadline, atMost: maximumSize)
            status = try wait(for: process, until: deadline)
        } catch {
            // Nobody has waited for its end yet, so its id is still its own, whether it runs or not.
            kill(process, SIGKILL)
            _ = waitpid(process, nil, 0)
            throw error
        }
        guard status == 0 else { throw failure("it ended with status \(status)") }
        return output
    }

    // MARK: - Start

    /// It knows nothing of the environment but where programs and fonts are. This process's end of the socket closes by
    /// itself when the program starts; the program's end is closed here, so that its last byte can be told.
    private func start(talkingOver socket: Int32) throws(PictureError) -> pid_t {
        defer { close(socket) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) }
        let settings = unsafe Self.environment.map { unsafe strdup($0) }
        defer { unsafe (words + settings).forEach { unsafe free($0) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(&process, path, &actions, nil, words + [nil], settings + [nil])
        guard code == 0 else { throw failure("it cannot be started, error \(code)") }
        return process
    }

    private static let passedOn = ["PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE"]

    private static var environment: [String] {
        passedOn.compactMap { name in unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" } }
            + ["LC_ALL=C.UTF-8"]
    }

    // MARK: - Talk

    private func exchange(
        _ input: [UInt8], over socket: Int32, until deadline: ContinuousClock.Instant, atMost maximumSize: Int
    ) throws(PictureError) -> [UInt8] {
        var rest = input[...]
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.piece)
        if rest.isEmpty { shutdown(socket, Int32(SHUT_WR)) }
        while true {
            let events = Int16(POLLIN) | (rest.isEmpty ? 0 : Int16(POLLOUT))
            var watched = pollfd(fd: socket, events: events, revents: 0)
            let left = Self.milliseconds(until: deadline)
            guard left > 0 else { throw failure("it took too long") }
            guard unsafe poll(&watched, 1, left) >= 0 || errno == EINTR else { throw failure("waiting for it failed") }
            if watched.revents & Int16(POLLOUT) != 0, !rest.isEmpty {
                let sent = unsafe rest.withUnsafeBytes { bytes in
                    unsafe send(socket, bytes.baseAddress, bytes.count, Self.neitherWaitingNorSignalling)
                }
                // What it does not want to read any more, its output or its status explains.
                rest = sent >= 0 ? rest.dropFirst(sent) : errno == EAGAIN || errno == EINTR ? rest : []
                if rest.isEmpty { shutdown(socket, Int32(SHUT_WR)) }
            }
            guard watched.revents & (Int16(POLLIN) | Int16(POLLHUP) | Int16(POLLERR)) != 0 else { continue }
            let received = unsafe recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if received < 0, errno == EAGAIN || errno == EINTR { continue }
            // A program that ends with unread input resets the connection: its end all the same.
            guard received > 0 else { return output }
            output += buffer[..<received]
            guard output.count <= maximumSize else { throw failure("it wrote more than \(maximumSize) bytes") }
        }
    }

    private static let piece = 64 << 10
    private static let neitherWaitingNorSignalling = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)

    // MARK: - End

    /// - Returns: 0 for success; what it said, or the signal that ended it, otherwise.
    private func wait(for process: pid_t, until deadline: ContinuousClock.Instant) throws(PictureError) -> Int32 {
        while true {
            var status: Int32 = 0
            let ended = unsafe waitpid(process, &status, WNOHANG)
            if ended == process { return status & 0x7F == 0 ? (status >> 8) & 0xFF : status & 0x7F }
            // Somebody else has waited for it: its id may be another's by now.
            guard ended == 0 || errno == EINTR else { return -1 }
            guard Self.milliseconds(until: deadline) > 0 else { throw failure("it took too long") }
            // It has closed its output: it is about to end.
            _ = poll(nil, 0, Self.pause)
        }
    }

    /// In milliseconds.
    private static let pause: Int32 = 2

    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return 0 }
        return Int32(clamping: left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1)
    }

    private func failure(_ what: String) -> PictureError { PictureError("\(name): \(what)") }

    // MARK: - Place

    /// The full path of a program.
    static func path(of program: String, in folders: String) -> String? {
        folders.split(separator: ":").map { "\($0)/\(program)" }.first { unsafe access($0, X_OK) == 0 }
    }
}
