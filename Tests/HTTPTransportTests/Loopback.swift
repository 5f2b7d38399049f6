import Glibc

/// Blocking TCP on 127.0.0.1.
enum Loopback {
    struct Failure: Error {
        let description: String
    }

    /// A listening socket and the port that the kernel chose.
    static func listen() throws -> (socket: Int32, port: Int) {
        let (socket, port) = try bind()
        guard Glibc.listen(socket, SOMAXCONN) == 0 else {
            Glibc.close(socket)
            throw Failure(description: "listen: errno \(errno)")
        }
        return (socket, port)
    }

    /// A port that refuses connections for as long as the body runs: bound, and nobody listens.
    static func withRefusingPort<Result>(_ body: (Int) async throws -> Result) async throws -> Result {
        let (socket, port) = try bind()
        defer { Glibc.close(socket) }
        return try await body(port)
    }

    private static func bind() throws -> (socket: Int32, port: Int) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe Glibc.bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
            }
        }
        guard isBound else {
            Glibc.close(socket)
            throw Failure(description: "bind: errno \(errno)")
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    static func close(_ socket: Int32) { _ = Glibc.close(socket) }

    /// Appends what comes next; false at the end of the connection.
    static func receive(_ socket: Int32, into bytes: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return false }
        bytes += buffer[..<count]
        return true
    }

    /// Sends as much as the other side takes.
    static func send(_ socket: Int32, _ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes `close` drop the connection with a reset instead of an orderly end.
    static func resetWhenClosed(_ socket: Int32) {
        let linger = linger(l_onoff: 1, l_linger: 0)
        unsafe withUnsafeBytes(of: linger) { bytes in
            unsafe _ = setsockopt(socket, SOL_SOCKET, SO_LINGER, bytes.baseAddress, socklen_t(bytes.count))
        }
    }
}
