import Dispatch
import Glibc
import TestSupport

/// A connection whose client sends half of a notification and then nothing more.
struct HalfRequest: Sendable {
    private let descriptor: Int32

    /// Returns when the server has begun to read the notification: it has answered the request in front of it, which came
    /// with the same bytes.
    static func begin(port: Int) async throws -> HalfRequest {
        let half = try HalfRequest()
        do {
            try half.connect(to: port)
            try half.send(
                "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nPOST /webhooks/alertmanager HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"version\":")
            guard await half.receive() > 0 else { throw TestFailure("no answer") }
        } catch {
            half.close()
            throw error
        }
        return half
    }

    /// Returns when the server has closed.
    func readToEnd() async {
        while await receive() > 0 {}
    }

    private init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestFailure("no socket: \(errno)") }
    }

    func close() { Glibc.close(descriptor) }

    private func connect(to port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw TestFailure("not connected: \(errno)") }
    }

    private func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count == bytes.count else { throw TestFailure("not sent: \(errno)") }
    }

    /// Waits without a thread: the server in this process needs all there are.
    private func receive() async -> Int {
        await withCheckedContinuation { continuation in
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
            source.setEventHandler { source.cancel() }
            source.setCancelHandler { continuation.resume() }
            source.resume()
        }
        var buffer = [UInt8](repeating: 0, count: 4096)
        return unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
    }
}
