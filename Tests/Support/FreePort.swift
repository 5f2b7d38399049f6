import Foundation

/// A TCP port on loopback that nobody listens on.
package enum FreePort {
    /// Asks the kernel for one. For programs that cannot take port 0 themselves; another process may take it meanwhile,
    /// which such a program reports when it starts.
    package static func pick() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(socket, pointer, length) != 0 || getsockname(socket, pointer, &length) != 0
            }
        }
        guard !failed else { throw TestFailure("no free port on 127.0.0.1: errno \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
