import Glibc

/// One HTTP exchange over a socket of its own, as bytes: tests see what really went over the wire.
///
/// Blocks its thread for the length of the exchange, which on loopback is nothing; run it off the cooperative threads.
struct RawHTTP {
    struct Failure: Error {
        let call: String
        let number: Int32
    }

    /// What came until the server closed, or the error that ended it.
    struct Outcome {
        let text: String
        /// `errno` of the read that failed; nil after an orderly end.
        let error: Int32?

        var head: String { text.components.head }
        var body: String { text.components.body }
        var status: Int? { head.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
    }

    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", number: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            Glibc.close(descriptor)
            throw Failure(call: "connect", number: number)
        }
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count == bytes.count else { throw Failure(call: "send", number: errno) }
    }

    func readToEnd() -> Outcome {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                bytes += buffer.prefix(count)
            } else {
                return Outcome(text: String(decoding: bytes, as: UTF8.self), error: count < 0 ? errno : nil)
            }
        }
    }

    func close() { Glibc.close(descriptor) }

    /// A request and all that comes back, on a thread of its own.
    static func exchange(
        _ method: String, _ target: String, port: Int, headers: [String] = [], body: String = ""
    ) async throws -> Outcome {
        let connection = try RawHTTP(port: port)
        defer { connection.close() }
        let lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        try connection.send((lines + length).joined(separator: "\r\n") + "\r\n\r\n" + body)
        return await withCheckedContinuation { continuation in
            BlockingThread.run { continuation.resume(returning: connection.readToEnd()) }
        }
    }
}

extension String {
    fileprivate var components: (head: String, body: String) {
        let lines = split(separator: "\r\n", omittingEmptySubsequences: false)
        let head = lines.prefix { !$0.isEmpty }
        return (head.joined(separator: "\n"), lines.dropFirst(head.count + 1).joined(separator: "\r\n"))
    }
}

/// A thread for one call that blocks.
enum BlockingThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, work)
        guard status == 0 else {
            // Without a thread the call blocks where it stands, which is slow and still right.
            unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
            return
        }
        pthread_detach(thread)
    }
}
