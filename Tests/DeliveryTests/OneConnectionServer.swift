import Dispatch
import Glibc

/// A server on 127.0.0.1 that takes one request, gives one answer, and is gone.
struct OneConnectionServer {
    struct Failure: Error {
        let step: String
        let code: Int32
    }

    let port: Int
    private let listener: Int32

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(listener, pointer, length) == 0 && getsockname(listener, pointer, &length) == 0
            }
        }
        guard isBound, listen(listener, 1) == 0 else {
            close(listener)
            throw Failure(step: "bind", code: errno)
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Stops listening: connections are refused from now on, and who waits for one gets an error.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The request as it came, head and body, once it has been answered.
    func answer(_ response: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    return continuation.resume(throwing: Failure(step: "accept", code: errno))
                }
                defer { close(connection) }
                var request: [UInt8] = []
                while !Self.isComplete(request) {
                    var buffer = [UInt8](repeating: 0, count: 65_536)
                    let count = unsafe buffer.withUnsafeMutableBytes {
                        unsafe recv(connection, $0.baseAddress, $0.count, 0)
                    }
                    guard count > 0 else { return continuation.resume(throwing: Failure(step: "receive", code: errno)) }
                    request += buffer[..<count]
                }
                let bytes = Array(response.utf8)
                let sent = unsafe bytes.withUnsafeBytes {
                    unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent == bytes.count else {
                    return continuation.resume(throwing: Failure(step: "send", code: errno))
                }
                continuation.resume(returning: String(decoding: request, as: UTF8.self))
            }
        }
    }

    private static func isComplete(_ request: [UInt8]) -> Bool {
        let text = String(decoding: request, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst("content-length: ".count)) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }
}
