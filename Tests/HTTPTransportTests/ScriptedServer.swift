import Glibc
import Synchronization

@testable import HTTPTransport

/// An HTTP/1.1 server on a free loopback port that answers as its script says, byte by byte, and tells what it saw.
final class ScriptedServer: Sendable {
    enum Answer: Sendable {
        /// Sends this and waits for the next request.
        case send([UInt8])
        /// Sends this and then nothing more, until the client goes away.
        case hold([UInt8])
        /// Sends this and closes.
        case close([UInt8])
        /// Drops the connection with a TCP reset.
        case reset
    }

    let port: Int
    /// Connections accepted.
    let connected = Milestone()
    /// Requests that have come in full.
    let asked = Milestone()
    /// Connections whose client has gone away, or that the server has closed.
    let disconnected = Milestone()
    private let listener: Int32
    private let ended = Milestone()
    private let state = Mutex(State())

    private struct State {
        var requests: [ReceivedRequest] = []
        var sockets: Set<Int32> = []
        var isClosing = false
        var connections = 0
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var authority: String { "127.0.0.1:\(port)" }
    /// The first thousand.
    var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    private init(_ script: @escaping @Sendable (ReceivedRequest) -> Answer) throws {
        (listener, port) = try Loopback.listen()
        guard DetachedThread.start({ [self] in accept(script) }) else {
            throw Loopback.Failure(description: "no thread for the server")
        }
    }

    /// Runs a server for as long as the body runs.
    @discardableResult
    static func run<Result>(
        _ script: @escaping @Sendable (ReceivedRequest) -> Answer, _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let server = try ScriptedServer(script)
        do {
            let result = try await body(server)
            await server.close()
            return result
        } catch {
            await server.close()
            throw error
        }
    }

    /// Ends its threads and closes its sockets; returns when that is done.
    private func close() async {
        let connections = state.withLock { state in
            state.isClosing = true
            for socket in state.sockets { _ = shutdown(socket, Int32(SHUT_RDWR)) }
            return state.connections
        }
        _ = shutdown(listener, Int32(SHUT_RDWR))
        await ended.reached(connections + 1)
    }

    private func accept(_ script: @escaping @Sendable (ReceivedRequest) -> Answer) {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            guard socket >= 0 else { break }
            // A process that another test starts must not keep the connection open.
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            let isWelcome = state.withLock { state in
                guard !state.isClosing else { return false }
                state.sockets.insert(socket)
                state.connections += 1
                return true
            }
            guard isWelcome else {
                _ = Glibc.close(socket)
                break
            }
            connected.happened()
            if !DetachedThread.start({ [self] in serve(socket, script) }) { leave(socket) }
        }
        _ = Glibc.close(listener)
        ended.happened()
    }

    private func serve(_ socket: Int32, _ script: @Sendable (ReceivedRequest) -> Answer) {
        defer { leave(socket) }
        var bytes: [UInt8] = []
        while true {
            guard let request = ReceivedRequest(takenFrom: &bytes) else {
                guard Loopback.receive(socket, into: &bytes) else { return }
                continue
            }
            state.withLock { if $0.requests.count < 1000 { $0.requests.append(request) } }
            asked.happened()
            switch script(request) {
            case .send(let answer): Loopback.send(socket, answer)
            case .hold(let answer):
                Loopback.send(socket, answer)
                while Loopback.receive(socket, into: &bytes) {}
                return
            case .close(let answer):
                Loopback.send(socket, answer)
                return
            case .reset:
                Loopback.resetWhenClosed(socket)
                return
            }
        }
    }

    private func leave(_ socket: Int32) {
        state.withLock { state in
            state.sockets.remove(socket)
            _ = Glibc.close(socket)
        }
        disconnected.happened()
        ended.happened()
    }
}
